"""What the page asks while somebody types: nothing is stored, and no write lock is taken."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from models import Need, session_factory
from tests.web.buyer.browser import Browser
from tests.web.buyer.conftest import Scene
from tests.web.buyer.steps import WEEDS, write


def test_typing_gets_activities_a_kind_and_a_count(ann: Browser, engine: Engine) -> None:
    form = {**ann.form("/vragen/nieuw", "words"), "text": WEEDS}
    seen = ann.post("/vragen/herken", form).json
    assert seen is not None
    assert (seen["kind"], seen["fitting"]) == ("service", 1)
    assert 'value="onkruid"' in seen["html"]
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Need)) == 0


def test_typing_goes_on_while_another_process_writes(ann: Browser, engine: Engine) -> None:
    form = {**ann.form("/vragen/nieuw", "words"), "text": WEEDS}
    ann.get("/vragen")
    with session_factory(engine).begin() as session:
        session.add(Need(kind="service", organisation_id=1))
        session.flush()
        assert ann.post("/vragen/herken", form).status_code == 200


@pytest.mark.parametrize("text", ["", "onkruid " * 131_072, "\x00 <script> 🌱 '; --"])
def test_any_text_gets_an_answer(ann: Browser, text: str) -> None:
    form = {**ann.form("/vragen/nieuw", "words"), "text": text}
    answer = ann.post("/vragen/herken", form)
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_it_knows_only_ones_own_needs(
    ann: Browser, scene: Scene, as_person: Callable[[int], Browser]
) -> None:
    stranger = as_person(scene.stranger)
    values = {"need_id": write(ann), "text": WEEDS}
    assert stranger.post("/vragen/herken", values).status_code == 404


def test_it_refuses_who_has_no_token_or_no_login(ann: Browser) -> None:
    assert ann.post("/vragen/herken", {"csrf_token": ""}).status_code == 400
    assert Browser(ann.app).get("/vragen/nieuw").status_code == 303


def test_an_activity_is_found_by_another_name(ann: Browser) -> None:
    found = ann.get("/vragen/activiteiten?q=onkr").json
    assert found is not None
    assert "label" in found["items"][0]
    assert ann.get("/vragen/activiteiten?q=" + "x" * 3000).json == {"items": []}
