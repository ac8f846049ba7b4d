"""The sides ask and answer before they meet; what is public, all who are invited read."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Attachment, Question, session_factory
from models.states import MatchStatus, Side
from tests.web.conversation.test_files import SMALL_PDF, docx
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import actor
from tests.web.match_life.life import NO, YES, Life
from web.services.conversation import questions
from web.services.conversation.questions import MOST_OPEN, Typed
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError

SIDES = {"asker": Side.NEED, "supplier": Side.OFFER}


def ask(life: Life, who: str, words: str = "Zijn er kleedkamers?", **values: Any) -> int:
    with life.session() as session:
        person = actor(session, life.people[who])
        side = values.pop("side", SIDES.get(who, Side.NEED))
        return questions.ask(session, person, life.match_id, side, Typed(words, **values)).id


def answer(
    life: Life, who: str, question_id: int, words: str = "Ja.", *, public: bool = False
) -> None:
    with life.session() as session:
        person = actor(session, life.people[who])
        seen = session.get_one(Question, question_id).version
        questions.answer(
            session, person, question_id, Typed(words), public=public, seen_version=seen
        )


def stored(life: Life, question_id: int) -> Question:
    with session_factory(life.engine)() as session:
        return session.get_one(Question, question_id)


def page(life: Life) -> str:
    return f"/kennismakingen/{life.match_id}/overleg"


@pytest.fixture
def supplier(app: Flask, life: Life) -> Person:
    return Person(app, life.people["supplier"])


@pytest.fixture
def asker(app: Flask, life: Life) -> Person:
    return Person(app, life.people["asker"])


def test_a_question_is_passed_on_and_answered_once(life: Life) -> None:
    question_id = ask(life, "supplier")
    assert life.mails()[-1].startswith("Vraag van")
    answer(life, "asker", question_id, "Ja, met douches.")
    assert life.mails()[-1].startswith("Antwoord van")
    assert stored(life, question_id).answer == "Ja, met douches."
    with pytest.raises(ConflictError, match="answered"):
        answer(life, "asker", question_id, "Nee.")
    assert stored(life, question_id).answer == "Ja, met douches."
    assert life.actions()[-2:] == ["question_asked", "question_answered"]


def test_either_side_may_ask_and_only_the_other_answers(life: Life) -> None:
    question_id = ask(life, "asker", "Met hoeveel komt u?")
    with pytest.raises(ForbiddenError):
        answer(life, "asker", question_id)
    answer(life, "supplier", question_id, "Met vier.")
    assert stored(life, question_id).answer == "Met vier."


@pytest.mark.parametrize("who", ["rita", "second", "stranger", "ina"])
def test_nobody_else_asks_for_a_side(life: Life, who: str) -> None:
    with pytest.raises((ForbiddenError, NotFoundError)):
        ask(life, who, side=Side.OFFER)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Write something first."),
        ("   \n ", "Write something first."),
        ("x" * 10_001, "This text is too long."),
        ("Bel mij op 0478 12 34 56.", "Leave out phone numbers"),
        ("Mail naar jan@voorbeeld.be", "Leave out phone numbers"),
    ],
)
def test_a_question_that_cannot_be_sent_says_why(life: Life, words: str, told: str) -> None:
    with pytest.raises(InvalidError) as refused:
        ask(life, "supplier", words)
    assert refused.value.problems["words"].startswith(told)


def test_once_both_said_yes_a_phone_number_may_be_told(life: Life) -> None:
    life.say("asker", YES)
    life.say("supplier", YES)
    question_id = ask(life, "supplier", "Bel mij op 0478 12 34 56.")
    assert stored(life, question_id).words.startswith("Bel mij")


def test_after_it_fell_through_nothing_is_asked_any_more(life: Life) -> None:
    life.say("supplier", NO)
    assert life.status is MatchStatus.FELL_THROUGH
    with pytest.raises(ConflictError, match="closed"):
        ask(life, "asker")


def test_a_double_click_asks_once(life: Life) -> None:
    first, second = (ask(life, "supplier", key="a-key") for _ in range(2))
    assert first == second
    assert life.actions().count("question_asked") == 1


def test_nobody_is_flooded_with_questions(life: Life) -> None:
    for number in range(MOST_OPEN):
        ask(life, "supplier", f"Vraag {number}?")
    with pytest.raises(InvalidError):
        ask(life, "supplier", "Nog een?")


def test_a_public_answer_is_read_by_all_who_are_invited_without_who_asked(life: Life) -> None:
    question_id = ask(life, "supplier", "Is er een lift?")
    first = life.match_id
    life.approve(1, also=True)
    with life.session() as session:
        match = questions.introduction(session, actor(session, life.people["asker"]), life.match_id)
        assert questions.public_questions(session, match) == []
    life.match_id = first
    answer(life, "asker", question_id, "Ja, tot de derde verdieping.", public=True)
    assert "Nieuw antwoord voor alle genodigden" in life.mails()
    with life.session() as session:
        second = session.scalars(select(Question.match_id).where(Question.id == question_id)).one()
        assert second == first
    life.approve(1, also=True)
    with life.session() as session:
        match = questions.introduction(session, actor(session, life.people["asker"]), life.match_id)
        shared = questions.public_questions(session, match)
        assert [one.answer for one in shared] == ["Ja, tot de derde verdieping."]


def test_only_a_question_of_a_supplier_becomes_public(life: Life) -> None:
    question_id = ask(life, "asker", "Met hoeveel komt u?")
    answer(life, "supplier", question_id, "Met vier.", public=True)
    assert not stored(life, question_id).is_public


def test_the_page_carries_a_question_with_its_file_to_the_answer(
    life: Life, supplier: Person, asker: Person
) -> None:
    sent = supplier.send(
        page(life),
        "overleg/vraag",
        words="Zijn er kleedkamers?",
        files=[(io.BytesIO(SMALL_PDF), "plan.pdf")],
    )
    assert sent.status_code == 303, sent.text
    shown = asker.get(page(life)).text
    assert "Zijn er kleedkamers?" in shown
    assert "plan.pdf" in shown
    assert "Wacht op antwoord" in shown
    sent = asker.send(page(life), "/antwoord", words="Ja.", public="y")
    assert sent.status_code == 303, sent.text
    shown = supplier.get(page(life)).text
    assert "Alle genodigden lezen dit" in shown


def test_a_file_is_sent_to_be_kept_and_never_shown_as_a_page(
    life: Life, supplier: Person, asker: Person, app: Flask
) -> None:
    content = docx()
    supplier.send(
        page(life),
        "overleg/vraag",
        words="Past dit?",
        files=[(io.BytesIO(content), '../plan;x="y".docx')],
    )
    with session_factory(life.engine)() as session:
        number = session.scalars(select(Attachment.id)).one()
    path = f"/kennismakingen/overleg/bestanden/{number}"
    got = asker.get(path)
    assert got.data == content
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert "no-store" in got.headers["Cache-Control"]
    assert ".." not in got.headers["Content-Disposition"]
    assert Person(app, None).get(path).status_code == 303


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("virus.pdf", b"MZ\x90\x00", "Alleen PDF, Word (docx) en beelden"),
        ("leeg.pdf", b"", "Dit bestand is leeg."),
    ],
)
def test_a_refused_file_is_named_and_what_was_typed_is_kept(
    life: Life, supplier: Person, name: str, content: bytes, told: str
) -> None:
    sent = supplier.send(
        page(life),
        "overleg/vraag",
        words="Past dit plan?",
        files=[(io.BytesIO(content), name)],
    )
    assert sent.status_code == 422
    assert f"{name}: {told}" in sent.text
    assert "Past dit plan?" in sent.text
    with session_factory(life.engine)() as session:
        assert session.scalars(select(Question)).all() == []


def test_a_wrong_answer_keeps_what_was_typed_in_its_own_form(life: Life, asker: Person) -> None:
    ask(life, "supplier")
    sent = asker.send(page(life), "/antwoord", words="Bel 0478 12 34 56")
    assert sent.status_code == 422
    assert "Bel 0478 12 34 56" in sent.text
    assert "die krijgt u zodra u beiden ja zegt" in sent.text


def test_two_who_answer_at_once_overwrite_nothing(life: Life, asker: Person) -> None:
    question_id = ask(life, "supplier")
    address, fields = asker.form(page(life), "/antwoord")
    answer(life, "asker", question_id, "Eerste.")
    sent = asker.post(address, fields, words="Tweede.")
    assert sent.status_code == 409
    assert "Iemand beantwoordde deze vraag intussen" in sent.text
    assert stored(life, question_id).answer == "Eerste."


def test_sharing_can_be_taken_back(life: Life, asker: Person) -> None:
    question_id = ask(life, "supplier")
    answer(life, "asker", question_id)
    assert asker.send(page(life), "/delen").status_code == 303
    assert stored(life, question_id).is_public
    assert asker.send(page(life), "/niet-delen").status_code == 303
    assert not stored(life, question_id).is_public


def test_a_text_and_a_file_that_are_both_wrong_are_told_at_once(
    life: Life, supplier: Person
) -> None:
    sent = supplier.send(
        page(life),
        "overleg/vraag",
        words="Bel 0478 12 34 56",
        files=[(io.BytesIO(b"MZ"), "x.pdf")],
    )
    assert sent.status_code == 422
    assert "x.pdf: Alleen PDF" in sent.text
    assert "die krijgt u zodra u beiden ja zegt" in sent.text
