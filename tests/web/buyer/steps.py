"""What a buyer does on the pages, in one call each."""

import re
from typing import Any

from sqlalchemy import Engine
from werkzeug.test import TestResponse

from models import Need, session_factory
from tests.web.buyer.browser import Browser
from web.services.catalogue import NEED_PARTS

WEEDS = "Wij zoeken iemand om onkruid te wieden op het kerkhof, twee keer per jaar."
SERVICE = {"quantity_unit": "m2", "quantity": "2.000", "start_to_agree": "y"}
ENCLAVE = {
    "core_activity": "yes",
    "people_min": "4",
    "hours_per_week": "38",
    "schedule": ["day"],
    "work_conditions": ["standing"],
    "tariff": "hour",
    "start_to_agree": "y",
}


def problems(answer: TestResponse) -> str:
    """Return what a page complains about."""
    return str(re.findall(r'id="([a-z_]+)-error">([^<]*)<', answer.text))


def write(browser: Browser, text: str = WEEDS, **changes: Any) -> int:
    """Write a draft's words and return its number."""
    values = {"text": text, "kind": "service", **changes}
    answer = browser.send("/vragen/nieuw", "words", "next", **values)
    assert answer.status_code == 303, problems(answer)
    return int(answer.location.split("/")[-2])


def publish(browser: Browser, **changes: Any) -> int:
    """Write a service and publish it; return its number."""
    number = write(browser)
    answer = browser.send(
        f"/vragen/{number}/antwoorden", "details", "publish", **SERVICE, **changes
    )
    assert answer.status_code == 303, problems(answer)
    assert answer.location.endswith("/gepubliceerd")
    return number


def stored(engine: Engine, number: int) -> Need:
    """Return a need as it is stored now."""
    with session_factory(engine)() as session:
        need = session.get_one(Need, number, options=NEED_PARTS)
        session.expunge_all()
        return need
