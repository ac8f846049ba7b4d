"""Visits are proposed by one side, accepted by the other, and stand in any calendar."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from models import Visit, now, session_factory
from tests.web.conversation.test_questions import page
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import actor
from tests.web.match_life.life import NO, Life
from web.services.conversation import visits
from web.services.conversation.visits import BRUSSELS, Proposal
from web.services.errors import ConflictError, InvalidError

SOON = (now() + timedelta(days=9)).replace(hour=9, minute=30, second=0, microsecond=0, tzinfo=None)


def propose(life: Life, who: str = "asker", **values: Any) -> int:
    wanted = Proposal(**{"starts_at": SOON, "minutes": 90, "place": "Aan de poort", **values})
    with life.session() as session:
        return visits.propose(session, actor(session, life.people[who]), life.match_id, wanted).id


def step(life: Life, who: str, visit_id: int, do: Any) -> None:
    with life.session() as session:
        seen = session.get_one(Visit, visit_id).version
        do(session, actor(session, life.people[who]), visit_id, seen_version=seen)


def stored(life: Life, visit_id: int) -> Visit:
    with session_factory(life.engine)() as session:
        return session.get_one(Visit, visit_id)


def test_a_visit_is_proposed_accepted_and_called_off_and_each_is_told(life: Life) -> None:
    visit_id = propose(life)
    assert life.mails()[-1].startswith("Bezoek voorgesteld: ")
    with pytest.raises(ConflictError):
        step(life, "asker", visit_id, visits.accept)
    step(life, "supplier", visit_id, visits.accept)
    assert life.mails()[-1].startswith("Bezoek gaat door: ")
    step(life, "asker", visit_id, visits.cancel)
    assert life.mails()[-1].startswith("Bezoek afgezegd: ")
    with pytest.raises(ConflictError):
        step(life, "supplier", visit_id, visits.accept)
    assert life.actions()[-3:] == ["visit_proposed", "visit_accepted", "visit_cancelled"]
    assert stored(life, visit_id).sequence == 2


def test_the_hour_is_that_of_brussels(life: Life) -> None:
    visit = stored(life, propose(life))
    assert visit.starts_at.astimezone(BRUSSELS).replace(tzinfo=None) == SOON


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_at": None}, "day"),
        ({"starts_at": SOON - timedelta(days=30)}, "day"),
        ({"starts_at": SOON + timedelta(days=400)}, "day"),
        ({"minutes": 7}, "minutes"),
        ({"place": "  "}, "place"),
        ({"place": "x" * 201}, "place"),
        ({"words": "x" * 10_001}, "words"),
    ],
)
def test_a_visit_that_cannot_be_says_why(life: Life, values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        propose(life, **values)
    assert list(refused.value.problems) == [field]


def test_after_it_fell_through_no_visit_is_planned(life: Life) -> None:
    life.say("supplier", NO)
    with pytest.raises(ConflictError, match="closed"):
        propose(life)


def test_a_double_click_proposes_once(life: Life) -> None:
    assert propose(life, key="one") == propose(life, key="one")
    assert life.actions().count("visit_proposed") == 1


def test_the_page_proposes_and_the_other_takes_it_into_his_calendar(app: Flask, life: Life) -> None:
    asker, supplier = (Person(app, life.people[who]) for who in ("asker", "supplier"))
    sent = asker.send(
        page(life),
        "overleg/bezoek",
        day=SOON.date().isoformat(),
        hour="09:30",
        minutes="90",
        place="Aan de poort; links, “ingang B”",
        words="Breng veiligheidsschoenen mee.\nTot dan.",
    )
    assert sent.status_code == 303, sent.text
    assert "Voorgesteld" in supplier.get(page(life)).text
    assert supplier.send(page(life), "/aanvaarden").status_code == 303
    assert "Gaat door" in asker.get(page(life)).text
    with session_factory(life.engine)() as session:
        number = session.scalars(select(Visit.id)).one()
    got = supplier.get(f"/kennismakingen/overleg/bezoeken/{number}/agenda")
    assert got.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(got.data).walk("VEVENT")
    assert event.decoded("dtstart").replace(tzinfo=None) == SOON
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
    assert str(event["location"]) == "Aan de poort; links, “ingang B”"
    assert str(event["description"]) == "Breng veiligheidsschoenen mee.\nTot dan."
    assert str(event["status"]) == "CONFIRMED"
    uid, sequence = str(event["uid"]), int(event["sequence"])
    assert supplier.send(page(life), "/afzeggen").status_code == 303
    again = Calendar.from_ical(
        supplier.get(f"/kennismakingen/overleg/bezoeken/{number}/agenda").data
    )
    (cancelled,) = again.walk("VEVENT")
    assert (str(again["method"]), str(cancelled["status"])) == ("CANCEL", "CANCELLED")
    assert (str(cancelled["uid"]), int(cancelled["sequence"])) == (uid, sequence + 1)


def test_bad_input_keeps_what_was_typed(app: Flask, life: Life) -> None:
    asker = Person(app, life.people["asker"])
    sent = asker.send(
        page(life), "overleg/bezoek", day="morgen", hour="25:99", place="De poort", minutes="60"
    )
    assert sent.status_code == 422
    assert "De poort" in sent.text
    assert "morgen" in sent.text
