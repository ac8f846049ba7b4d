"""Whatever is typed gets a clear message or is kept as text; nothing half-done is stored."""

import pytest
from sqlalchemy import Engine, func, select

from models import Need, session_factory
from models.states import NeedStatus
from tests.web.buyer.browser import Browser, form_in
from tests.web.buyer.steps import ENCLAVE, SERVICE, WEEDS, stored, write

NASTY = [
    "'; DROP TABLE need; --",
    '<script>alert("x")</script> & <b>vet</b>',
    "Onkruid 🌱🌿 wieden 👩‍🌾",
    "nul \x00 bel \x07 en \u202e omgekeerd",
    "%s %(name)s {{ 7 * 7 }} {% raw %}",
]


def count(engine: Engine) -> int:
    with session_factory(engine)() as session:
        return session.scalar(select(func.count()).select_from(Need)) or 0


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01\x02"])
def test_words_are_required(ann: Browser, engine: Engine, text: str) -> None:
    answer = ann.send("/vragen/nieuw", "words", "next", text=text)
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text
    assert count(engine) == 0


def test_a_megabyte_of_text_is_refused_and_given_back(ann: Browser, engine: Engine) -> None:
    huge = "onkruid " * 131_072
    answer = ann.send("/vragen/nieuw", "words", "next", text=huge)
    assert answer.status_code == 422
    assert "Dit is te lang" in answer.text
    assert huge[:100_000] in answer.text
    assert count(engine) == 0


@pytest.mark.parametrize("place", ["9999", "Atlantis", "<script>", "🌍", "x" * 5000, "3460 Gent"])
def test_an_unknown_place_is_told_and_the_words_are_kept(
    ann: Browser, engine: Engine, place: str
) -> None:
    answer = ann.send("/vragen/nieuw", "words", "next", text=WEEDS, place=place)
    assert answer.status_code == 422
    assert 'id="place-error"' in answer.text
    assert form_in(answer, "words")["text"] == [WEEDS]
    assert count(engine) == 0


@pytest.mark.parametrize("nasty", NASTY)
def test_odd_words_are_kept_as_text_in_every_field(
    ann: Browser, engine: Engine, nasty: str
) -> None:
    number = write(ann, nasty)
    path = f"/vragen/{number}/antwoorden"
    lines = ("title", "duration", "budget", "quality", "frequency", "users", "permits", "cpv")
    answer = ann.send(path, "details", "publish", **{**SERVICE, **dict.fromkeys(lines, nasty)})
    assert answer.status_code == 303
    need = stored(engine, number)
    expected = " ".join("".join(c for c in nasty if c.isprintable() or c == "\u200d").split())
    assert need.title == expected
    assert need.details["quality"] == expected
    page = ann.get(f"/vragen/{number}").text
    assert "<script>alert" not in page
    assert "<b>vet" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "-5"),
        ("quantity", "99999999999999999999"),
        ("quantity", "NaN"),
        ("quantity", "veel"),
        ("quantity", "1,5"),
        ("people_min", "0"),
        ("people_min", "501"),
        ("start_date", "31/02/2027"),
        ("start_date", "gisteren"),
        ("start_date", "0001-01-01"),
        ("title", "x" * 161),
        ("budget", "x" * 5000),
        ("quality", "x" * 501),
        ("quantity_unit", "lichtjaar"),
        ("urgency", "<script>"),
        ("contact_id", "4"),
        ("contact_id", "vier"),
        ("schedule", "nooit"),
    ],
)
def test_an_impossible_answer_is_told_at_its_field(
    ann: Browser, engine: Engine, field: str, value: str
) -> None:
    number = write(ann)
    before = stored(engine, number).version
    answers = {**SERVICE, field: value, "duration": "twee weken"}
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "publish", **answers)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert form_in(answer, "details")["duration"] == ["twee weken"]
    assert stored(engine, number).version == before


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("2020-01-01", "", "start_date"),
        ("2099-06-01", "2099-05-01", "end_date"),
        ("", "2020-01-01", "end_date"),
    ],
)
def test_days_that_are_past_or_out_of_order_keep_a_need_a_draft(
    ann: Browser, engine: Engine, start: str, end: str, field: str
) -> None:
    number = write(ann)
    answers = {**SERVICE, "start_date": start, "end_date": end}
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "publish", **answers)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert stored(engine, number).status is NeedStatus.DRAFT


def test_more_people_at_least_than_at_most_is_told(ann: Browser, engine: Engine) -> None:
    number = write(ann, kind="enclave")
    answers = {**ENCLAVE, "people_min": "8", "people_max": "3"}
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "save", **answers)
    assert answer.status_code == 422
    assert 'id="people_max-error"' in answer.text


def test_unknown_activities_and_kinds_are_left_out(ann: Browser, engine: Engine) -> None:
    odd = {
        "activity": ["bestaat-niet", "<b>"],
        "added": ["bestaat-niet", "<b>"],
        "kind": "zotteklap",
    }
    need = stored(engine, write(ann, **odd))
    assert {link.activity_id for link in need.activities} == {"onkruid", "begraafplaatsen"}


def test_an_organisation_that_is_not_ones_own_is_refused(ann: Browser, engine: Engine) -> None:
    answer = ann.send("/vragen/nieuw", "words", "next", text=WEEDS, organisation_id="2")
    assert answer.status_code == 422
    assert count(engine) == 0


def test_an_odd_version_counts_as_an_old_one(ann: Browser, engine: Engine) -> None:
    number = write(ann)
    for version in ("", "x", "-1", "9" * 30, "²"):
        path = f"/vragen/{number}/antwoorden"
        answer = ann.send(path, "details", "save", title=f"Titel {version}", version=version)
        assert answer.status_code == 409
