"""A need after it is posted: read, change, copy, withdraw, reopen, delete."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from models import Event, Match, Need, Organisation, now, session_factory
from models.states import MatchStatus, NeedStatus
from tests.web.buyer.browser import Browser, form_in
from tests.web.buyer.conftest import Scene
from tests.web.buyer.steps import publish, stored, write
from web.services.catalogue import stamp

Person = Callable[[int], Browser]


def actions(engine: Engine, number: int) -> list[str]:
    with session_factory(engine)() as session:
        chosen = select(Event.action).where(Event.subject_id == str(number)).order_by(Event.id)
        return list(session.scalars(chosen))


@pytest.mark.parametrize(
    "page", ["", "/woorden", "/antwoorden", "/gepubliceerd", "/intrekken", "/verwijderen"]
)
def test_another_organisations_need_is_not_found(
    ann: Browser, scene: Scene, as_person: Person, page: str
) -> None:
    number = write(ann)
    stranger = as_person(scene.stranger)
    assert stranger.get(f"/vragen/{number}{page}").status_code == 404
    assert stranger.post(f"/vragen/{number}{page}", {}).status_code in (404, 405)


@pytest.mark.parametrize("page", ["/kopieren", "/heropenen"])
def test_a_stranger_changes_nothing(
    ann: Browser, engine: Engine, scene: Scene, as_person: Person, page: str
) -> None:
    number = write(ann)
    assert as_person(scene.stranger).post(f"/vragen/{number}{page}", {}).status_code == 404
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Need)) == 1


def test_a_colleague_reads_and_changes_it_too(
    ann: Browser, scene: Scene, as_person: Person
) -> None:
    number = write(ann)
    bert = as_person(scene.colleague)
    assert bert.get(f"/vragen/{number}").status_code == 200
    assert bert.send(f"/vragen/{number}/antwoorden", "details", "save").status_code == 303


def test_a_stale_edit_overwrites_nothing_and_shows_what_stands(
    ann: Browser, engine: Engine, scene: Scene, as_person: Person
) -> None:
    number = write(ann)
    path = f"/vragen/{number}/antwoorden"
    mine = {**ann.form(path, "details"), "title": "Mijn titel", "action": "save"}
    as_person(scene.colleague).send(path, "details", "save", title="Titel van Bert")
    answer = ann.post(path, mine)
    assert answer.status_code == 409
    stands = answer.text.split("In de vraag staat nu")[1].split("Bewaar nog eens")[0]
    assert "Titel van Bert" in stands
    assert "niets" not in stands
    assert form_in(answer, "details")["title"] == ["Mijn titel"]
    assert stored(engine, number).title == "Titel van Bert"
    again = ann.post(path, {**form_in(answer, "details"), "action": "save"})
    assert again.status_code == 303
    assert stored(engine, number).title == "Mijn titel"


def test_stale_words_overwrite_nothing_either(
    ann: Browser, engine: Engine, scene: Scene, as_person: Person
) -> None:
    number = write(ann)
    path = f"/vragen/{number}/woorden"
    mine = {**ann.form(path, "words"), "text": "Mijn woorden", "action": "next"}
    as_person(scene.colleague).send(path, "words", "next", text="Woorden van Bert")
    answer = ann.post(path, mine)
    assert answer.status_code == 409
    assert "Woorden van Bert" in answer.text
    assert form_in(answer, "words")["text"] == ["Mijn woorden"]
    assert stored(engine, number).text == "Woorden van Bert"


def test_changing_a_published_need_ranks_the_offers_anew(ann: Browser, engine: Engine) -> None:
    number = publish(ann)
    with session_factory(engine)() as session:
        before = session.scalar(select(Match.score).where(Match.need_id == number)) or 0
    text = "Iemand om onze boekhouding te scannen."
    answer = ann.send(f"/vragen/{number}/woorden", "words", "next", text=text, activity=[])
    assert answer.status_code == 303
    with session_factory(engine)() as session:
        after = session.scalar(select(Match.score).where(Match.need_id == number))
    assert after is None or after < before
    assert "changed" in actions(engine, number)


def test_a_published_need_stays_complete(ann: Browser, engine: Engine) -> None:
    number = publish(ann)
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "save", quantity_unit="")
    assert answer.status_code == 422
    assert stored(engine, number).details["quantity_unit"] == "m2"


def test_a_need_that_started_can_still_be_changed(ann: Browser, engine: Engine) -> None:
    number = publish(ann)
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, number)
        need.start_date = now().date().replace(year=now().year - 1, day=1)
        stamp(session, need)
    path = f"/vragen/{number}/antwoorden"
    assert ann.send(path, "details", "save", budget="500 euro").status_code == 303
    assert ann.send(path, "details", "save", start_date="2020-01-01").status_code == 422


def test_withdrawing_asks_first_and_can_be_undone(ann: Browser, engine: Engine) -> None:
    number = publish(ann)
    path = f"/vragen/{number}/intrekken"
    assert "Deze vraag intrekken?" in ann.get(path).text
    assert stored(engine, number).status is NeedStatus.PUBLISHED
    version = stored(engine, number).version
    ann.post(path, {"version": version, "reason": "Elders gevonden"})
    assert stored(engine, number).status is NeedStatus.WITHDRAWN
    page = ann.get(f"/vragen/{number}").text
    assert "Elders gevonden" in page
    ann.post(f"/vragen/{number}/heropenen", {})
    assert stored(engine, number).status is NeedStatus.DRAFT
    assert actions(engine, number) == ["created", "changed", "published", "withdrawn", "reopened"]


def test_withdrawing_what_somebody_just_changed_asks_again(ann: Browser, engine: Engine) -> None:
    number = publish(ann)
    version = stored(engine, number).version
    ann.send(f"/vragen/{number}/antwoorden", "details", "save", budget="500 euro")
    answer = ann.post(f"/vragen/{number}/intrekken", {"version": version})
    assert answer.status_code == 409
    assert stored(engine, number).status is NeedStatus.PUBLISHED


def test_a_need_with_an_approved_match_is_closed_but_can_be_copied(
    ann: Browser, engine: Engine
) -> None:
    number = publish(ann)
    with session_factory(engine).begin() as session:
        match = session.scalars(select(Match).where(Match.need_id == number)).one()
        match.status = MatchStatus.APPROVED
        need = session.get_one(Need, number)
        need.status = NeedStatus.APPROVED
        stamp(session, need)
    assert ann.get(f"/vragen/{number}/antwoorden").status_code == 303
    page = ann.get(f"/vragen/{number}").text
    assert "De regisseur stelt voor" in page
    assert "Wie dit kan doen" not in page
    key = "0b7c6b0e-6f0e-4b6e-9a52-0d7a1d3f2b11"
    first = ann.post(f"/vragen/{number}/kopieren", {"submission_key": key})
    second = ann.post(f"/vragen/{number}/kopieren", {"submission_key": key})
    assert first.location == second.location
    copy = stored(engine, int(first.location.split("/")[-2]))
    assert copy.status is NeedStatus.DRAFT
    assert copy.details == stored(engine, number).details
    withdrawn = {"version": stored(engine, number).version}
    ann.post(f"/vragen/{number}/intrekken", withdrawn)
    ann.post(f"/vragen/{number}/heropenen", {})
    assert stored(engine, number).status is NeedStatus.APPROVED


def test_only_a_draft_that_nobody_saw_can_be_deleted(ann: Browser, engine: Engine) -> None:
    draft, published = write(ann), publish(ann)
    assert ann.get(f"/vragen/{draft}/verwijderen").status_code == 200
    ann.post(f"/vragen/{draft}/verwijderen", {})
    ann.post(f"/vragen/{published}/verwijderen", {})
    with session_factory(engine)() as session:
        assert list(session.scalars(select(Need.id))) == [published]


def test_the_supplier_is_shown_without_a_contact(ann: Browser, engine: Engine) -> None:
    page = ann.get(f"/vragen/{publish(ann)}").text
    assert "De Groene Hand" in page
    assert "@voorbeeld.be" not in page


def test_a_need_far_from_any_region_of_an_asker_without_one_says_so(
    ann: Browser, engine: Engine, scene: Scene
) -> None:
    with session_factory(engine).begin() as session:
        session.get_one(Organisation, scene.company).region_id = None
    number = write(ann, place="8000 Brugge")
    answers = {"quantity_unit": "m2", "start_to_agree": "y"}
    ann.send(f"/vragen/{number}/antwoorden", "details", "publish", **answers)
    assert "werkt nog geen regisseur" in ann.get(f"/vragen/{number}/gepubliceerd").text
