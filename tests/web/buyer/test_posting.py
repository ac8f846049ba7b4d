"""From one's own words to a published need, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from matcher.vocabulary import NeedKind
from models import Event, Match, Need, Offer, session_factory
from models.states import ActivityOrigin, NeedStatus
from tests.web.buyer.browser import Browser, form_in
from tests.web.buyer.conftest import Scene
from tests.web.buyer.steps import ENCLAVE, SERVICE, WEEDS, publish, stored, write


def test_words_alone_become_a_published_need_with_suggestions(
    ann: Browser, engine: Engine, scene: Scene
) -> None:
    number = publish(ann)
    need = stored(engine, number)
    assert need.status is NeedStatus.PUBLISHED
    assert need.title == "Iemand om onkruid te wieden op het kerkhof, twee keer per jaar"
    assert need.region_id == scene.region
    assert {link.activity_id for link in need.activities} >= {"onkruid"}
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).where(Match.need_id == number)) == 1
    page = ann.get(f"/vragen/{number}").text
    assert "De Groene Hand" in page
    assert "1 aanbod past" in page


def test_a_look_shows_activities_a_kind_and_offers_and_stores_nothing(
    ann: Browser, engine: Engine
) -> None:
    answer = ann.send("/vragen/nieuw", "words", "look", text=WEEDS)
    assert answer.status_code == 200
    form = form_in(answer, "words")
    assert "onkruid" in form["activity"]
    assert form["kind"] == ["service"]
    assert '<span class="fit-count">1</span>' in answer.text
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Need)) == 0


def test_a_rejected_activity_stays_away_and_a_looked_up_one_stays(
    ann: Browser, engine: Engine
) -> None:
    seen = form_in(ann.send("/vragen/nieuw", "words", "look", text=WEEDS), "words")
    kept = [name for name in seen["activity"] if name != "onkruid"]
    looked_up = ann.post(
        "/vragen/nieuw", {**seen, "activity": kept, "add": "strijken", "action": "add"}
    )
    form = form_in(looked_up, "words")
    assert "onkruid" not in form["activity"]
    assert "strijken" in form["activity"]
    answer = ann.post("/vragen/nieuw", {**form, "action": "next"})
    need = stored(engine, int(answer.location.split("/")[-2]))
    origins = {link.activity_id: link.origin for link in need.activities}
    assert origins["onkruid"] is ActivityOrigin.REJECTED
    assert origins["strijken"] is ActivityOrigin.CHOSEN


def test_rejecting_every_activity_does_not_bring_them_back_at_publishing(
    ann: Browser, engine: Engine
) -> None:
    seen = form_in(ann.send("/vragen/nieuw", "words", "look", text=WEEDS), "words")
    answer = ann.post("/vragen/nieuw", {**seen, "activity": [], "action": "next"})
    ann.send(answer.location, "details", "publish", **SERVICE)
    need = stored(engine, int(answer.location.split("/")[-2]))
    assert need.status is NeedStatus.PUBLISHED
    assert {link.origin for link in need.activities} == {ActivityOrigin.REJECTED}


def test_a_kind_that_was_picked_is_kept_when_the_words_speak_of_another(ann: Browser) -> None:
    form = form_in(ann.send("/vragen/nieuw", "words", "look", text=WEEDS), "words")
    again = ann.post("/vragen/nieuw", {**form, "kind": "vacancy", "action": "look"})
    assert form_in(again, "words")["kind"] == ["vacancy"]


def test_a_proposed_kind_follows_the_words(ann: Browser) -> None:
    form = form_in(ann.send("/vragen/nieuw", "words", "look", text=WEEDS), "words")
    changed = "Vacature: voltijds medewerker met vast contract, 38 uur per week"
    again = ann.post("/vragen/nieuw", {**form, "text": changed, "action": "look"})
    assert form_in(again, "words")["kind"] == ["vacancy"]


def test_only_an_ocmw_can_ask_for_a_placement(
    ann: Browser, engine: Engine, scene: Scene, as_person: Callable[[int], Browser]
) -> None:
    assert 'value="placement"' not in ann.get("/vragen/nieuw").text
    assert 'value="placement"' in as_person(scene.ocmw_worker).get("/vragen/nieuw").text
    assert stored(engine, write(ann, kind="placement")).kind is not NeedKind.PLACEMENT


def test_an_enclave_outside_the_core_activity_is_explained_and_becomes_a_service(
    ann: Browser, engine: Engine
) -> None:
    number = write(ann, kind="enclave")
    path = f"/vragen/{number}/antwoorden"
    answer = ann.send(path, "details", "publish", **{**ENCLAVE, "core_activity": "no"})
    assert answer.status_code == 422
    assert "Dan past een dienst beter bij u." in answer.text
    assert re.search(r'id="not-core"[^>]* autofocus', answer.text)
    assert stored(engine, number).status is NeedStatus.DRAFT
    switched = ann.post(path, {**form_in(answer, "details"), "action": "service"})
    assert switched.status_code == 303
    need = stored(engine, number)
    assert need.kind is NeedKind.SERVICE
    assert need.people_min == 4
    assert need.schedule == ["day"]
    assert need.start_to_agree
    # What only an enclave asks is kept aside, for who changes his mind.
    back = ann.send(f"/vragen/{number}/woorden", "words", "next", kind="enclave")
    form = ann.form(back.location, "details")
    assert form["hours_per_week"] == ["38"]
    assert form["work_conditions"] == ["standing"]


def test_who_insists_publishes_his_enclave_all_the_same(ann: Browser, engine: Engine) -> None:
    number = write(ann, kind="enclave")
    answers = {**ENCLAVE, "core_activity": "no"}
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "publish-anyway", **answers)
    assert answer.status_code == 303
    assert stored(engine, number).status is NeedStatus.PUBLISHED
    assert stored(engine, number).core_activity is False


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("service", ["start_date", "quantity_unit"]),
        ("enclave", ["core_activity", "people_min", "schedule", "work_conditions", "tariff"]),
        ("vacancy", ["hours_per_week", "schedule", "contract", "language_level"]),
    ],
)
def test_publishing_asks_what_its_kind_must_say_and_keeps_the_draft(
    ann: Browser, engine: Engine, kind: str, asked: list[str]
) -> None:
    number = write(ann, kind=kind)
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "publish", title="Mijn titel")
    assert answer.status_code == 422
    assert form_in(answer, "details")["title"] == ["Mijn titel"]
    for name in asked:
        assert f'id="{name}-error"' in answer.text
    assert stored(engine, number).status is NeedStatus.DRAFT


def test_an_authority_states_its_procurement_route_for_a_service(
    engine: Engine, scene: Scene, as_person: Callable[[int], Browser]
) -> None:
    clerk = as_person(scene.town_clerk)
    number = write(clerk)
    path = f"/vragen/{number}/antwoorden"
    answer = clerk.send(path, "details", "publish", **SERVICE)
    assert answer.status_code == 422
    assert 'id="legal_route-error"' in answer.text
    assert clerk.send(path, "details", "publish", **SERVICE, legal_route="to_decide").location
    assert stored(engine, number).details["legal_route"] == "to_decide"


def test_a_draft_may_lack_everything_but_its_words(ann: Browser, engine: Engine) -> None:
    number = write(ann)
    answer = ann.send(f"/vragen/{number}/antwoorden", "details", "save")
    assert answer.status_code == 303
    assert stored(engine, number).status is NeedStatus.DRAFT


def test_sending_the_words_twice_makes_one_need(ann: Browser, engine: Engine) -> None:
    form = ann.form("/vragen/nieuw", "words")
    values = {**form, "text": WEEDS, "kind": "service", "action": "next"}
    first, second = ann.post("/vragen/nieuw", values), ann.post("/vragen/nieuw", values)
    assert first.location == second.location
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Need)) == 1


def test_who_goes_back_and_writes_something_else_keeps_his_words_and_his_answers(
    ann: Browser, engine: Engine
) -> None:
    words = {**ann.form("/vragen/nieuw", "words"), "kind": "service", "action": "next"}
    first = ann.post("/vragen/nieuw", {**words, "text": WEEDS})
    ann.send(first.location, "details", "save", quantity="2000")
    second = ann.post("/vragen/nieuw", {**words, "text": "Toch liever de haag scheren."})
    assert second.location == first.location
    need = stored(engine, int(first.location.split("/")[-2]))
    assert need.text == "Toch liever de haag scheren."
    assert need.details["quantity"] == 2000


def test_publishing_twice_lands_on_the_same_need_with_one_event(
    ann: Browser, engine: Engine
) -> None:
    number = write(ann)
    path = f"/vragen/{number}/antwoorden"
    values = {**ann.form(path, "details"), **SERVICE, "action": "publish"}
    assert ann.post(path, values).status_code == 303
    assert ann.post(path, values).status_code == 303
    with session_factory(engine)() as session:
        events = session.scalars(select(Event.action).where(Event.subject_id == str(number)))
        assert list(events).count("published") == 1


def test_a_title_that_brug_proposed_follows_the_words_and_a_written_one_stays(
    ann: Browser, engine: Engine
) -> None:
    number = write(ann)
    ann.send(f"/vragen/{number}/woorden", "words", "next", text="Het gras moet af.")
    assert stored(engine, number).title == "Het gras moet af"
    ann.send(f"/vragen/{number}/antwoorden", "details", "save", title="Onze titel")
    ann.send(f"/vragen/{number}/woorden", "words", "next", text="De haag moet af.")
    assert stored(engine, number).title == "Onze titel"


def test_who_comes_from_a_search_or_an_offer_goes_on_from_there(
    ann: Browser, engine: Engine
) -> None:
    searched = form_in(ann.get("/vragen/nieuw?tekst=haag+scheren&plaats=3290+Diest"), "words")
    assert (searched["text"], searched["place"]) == (["haag scheren"], ["3290 Diest"])
    with session_factory(engine)() as session:
        offer_id = session.scalar(select(Offer.id))
    seen = form_in(ann.get(f"/vragen/nieuw?aanbod={offer_id}"), "words")
    assert seen["text"] == ["Wij zoeken iets zoals “Onkruid wieden”."]
    for nonsense in ("999999", "9" * 40, "-1", "x"):
        assert form_in(ann.get(f"/vragen/nieuw?aanbod={nonsense}"), "words")["text"] == [""]
