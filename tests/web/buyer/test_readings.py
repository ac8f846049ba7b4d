"""What a buyer sees of the conditions that are read in his words, without JavaScript."""

from typing import Any

import pytest
from sqlalchemy import Engine

from tests.web.buyer.browser import Browser, form_in
from tests.web.buyer.steps import SERVICE, problems, stored, write

WORDS = "Onkruid wieden op het kerkhof, enkel in het weekend, met 3 à 4 mensen. VCA is een plus."


def answer(browser: Browser, number: int, action: str, **changes: Any) -> str:
    """Press a button on the page of the questions and return the page that follows."""
    answered = browser.send(f"/vragen/{number}/antwoorden", "details", action, **changes)
    assert answered.status_code in (200, 303), problems(answered)
    return answered.text


def test_the_words_are_quoted_while_one_types(ann: Browser) -> None:
    form = {**ann.form("/vragen/nieuw", "words"), "text": WORDS}
    seen = ann.post("/vragen/herken", form).json
    assert seen is not None
    assert "3–4" in seen["html"]
    assert ">3 à 4 mensen</q>" in seen["html"]
    assert 'value="schedule"' in seen["html"]


def test_what_is_ticked_becomes_an_answer(ann: Browser, engine: Engine) -> None:
    need = stored(engine, write(ann, WORDS, confirmed=["schedule", "certificates"]))
    assert need.schedule == ["weekend"]
    assert need.details["wished"] == ["vca-basis"]
    assert need.people_min is None


def test_a_reading_stands_beside_its_question_and_is_taken_over_at_once(
    ann: Browser, engine: Engine
) -> None:
    number = write(ann, WORDS)
    page = ann.get(f"/vragen/{number}/antwoorden").text
    assert ">3 à 4 mensen</q>" in page
    taken = answer(ann, number, "take-people", title="Mijn titel")
    assert 'value="3"' in taken
    assert 'value="Mijn titel"' in taken
    assert ">3 à 4 mensen</q>" not in taken
    assert stored(engine, number).people_min is None
    answer(ann, number, "save", people_min="3", **SERVICE)
    assert stored(engine, number).people_min == 3


def test_everything_is_taken_over_with_one_button(ann: Browser) -> None:
    number = write(ann, WORDS)
    form = {**ann.form(f"/vragen/{number}/antwoorden", "details"), "action": "take-all"}
    page = ann.post(f"/vragen/{number}/antwoorden", form)
    assert 'data-reading="' not in page.text
    filled = form_in(page, "details")
    assert (filled["schedule"], filled["wished"]) == (["weekend"], ["vca-basis"])


def test_what_was_read_wrongly_is_no_longer_used_until_the_words_change(
    ann: Browser, engine: Engine
) -> None:
    number = write(ann, WORDS)
    wrong = answer(ann, number, "wrong-people", **SERVICE)
    assert 'value="right-people"' in wrong
    answer(ann, number, "save", unread=["people"], **SERVICE)
    assert stored(engine, number).details["unread"] == ["people"]
    right = answer(ann, number, "right-people", **SERVICE)
    assert 'name="unread" value="people" disabled' in right
    write_again = ann.send(f"/vragen/{number}/woorden", "words", "next", text=f"{WORDS} Graag.")
    assert write_again.status_code == 303
    assert "unread" not in stored(engine, number).details


def test_an_answer_of_ones_own_stays_when_a_reading_is_ticked(ann: Browser, engine: Engine) -> None:
    number = write(ann, WORDS)
    answer(ann, number, "save", people_min="7", **SERVICE)
    again = ann.send(f"/vragen/{number}/woorden", "words", "next", confirmed=["people"])
    assert again.status_code == 303
    assert stored(engine, number).people_min == 7


@pytest.mark.parametrize("family", ["", "x" * 5000, "<script>", "people-x", "\x00"])
def test_an_odd_button_changes_nothing(ann: Browser, engine: Engine, family: str) -> None:
    number = write(ann, WORDS)
    for verb in ("take", "wrong", "right"):
        page = answer(ann, number, f"{verb}-{family}")
        assert "<script>alert" not in page
    answer(ann, number, "save", unread=[family], confirmed=[family])
    assert "unread" not in stored(engine, number).details
