"""The page of one need before somebody who may not decide, or hands it to a colleague."""

from flask import Flask
from sqlalchemy import Engine

from models import DeclaredInterest, Need, Offer, User, session_factory
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Scene, action, status


def take_interest(engine: Engine, scene: Scene, organisation_id: int) -> None:
    with session_factory(engine).begin() as session:
        person = scene.coordinator
        session.add(DeclaredInterest(user_id=person, organisation_id=organisation_id))


def test_with_an_interest_the_page_offers_a_colleague_and_no_buttons(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = rita.form(page, action(scene, 0, "goedkeuren"))
    with session_factory(engine)() as session:
        asker = session.get_one(Need, scene.need).organisation_id
    take_interest(engine, scene, asker)
    text = rita.get(page).text
    assert "U hebt een belang bij de vrager" in text
    assert "/goedkeuren" not in text
    assert "Aan Karel Collega" in text
    answer = rita.post(address, fields)
    assert answer.status_code == 403
    assert "Een collega moet over deze match beslissen" in answer.text
    assert status(engine, scene, 0) is None


def test_an_interest_in_one_offer_bars_from_that_one_only(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine)() as session:
        supplier = session.get_one(Offer, scene.offers[0]).organisation_id
    take_interest(engine, scene, supplier)
    text = rita.get(page).text
    assert action(scene, 0, "goedkeuren") not in text
    assert action(scene, 1, "goedkeuren") in text


def test_handing_over_puts_the_need_on_top_of_the_colleagues_queue(
    rita: Person, karel: Person, engine: Engine, scene: Scene, page: str
) -> None:
    answer = rita.send(page, "/overdragen", colleague=str(scene.colleague), words="Kijk jij?")
    assert answer.status_code == 303
    assert "Aan u overgedragen" in karel.get("/regie").text
    assert "Aan u overgedragen" not in rita.get("/regie").text
    assert "Rita Regisseur droeg deze vraag aan u over" in karel.get(page).text
    assert "Kijk jij?" in karel.get(page).text


def test_a_need_is_handed_only_to_a_coordinator_of_its_region(
    rita: Person, scene: Scene, page: str
) -> None:
    address, fields = rita.form(page, "/overdragen")
    for who in (scene.stranger, scene.coordinator, 0, "niemand", "-1", ""):
        assert rita.post(address, {**fields, "colleague": str(who)}).status_code == 404, who


def test_without_a_colleague_the_page_says_how_to_appoint_one(
    app: Flask, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine).begin() as session:
        session.get_one(User, scene.colleague).is_active = False
    assert "brug people coordinator" in Person(app, scene.coordinator).get(page).text
