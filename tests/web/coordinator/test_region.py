"""The region: suppliers that wait, colleagues, and interests."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.vocabulary import OrganisationType, WorkForm
from models import DeclaredInterest, Event, Membership, Organisation, now, session_factory
from models.states import OrganisationStatus
from tests.support import builders as build
from tests.support.encoders import HashedGrams
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Scene
from web.jobs.encoding import EncodingJob
from web.services.catalogue import Catalogue

REGION = "/regie/werkingsgebied"


@pytest.fixture
def waiting(engine: Engine, scene: Scene) -> int:
    with session_factory(engine).begin() as session:
        organisation = build.organisation(
            session,
            name="De Wachter vzw",
            type=OrganisationType.SOCIAL_ECONOMY,
            work_form=WorkForm.MAATWERKBEDRIJF,
            is_supplier=True,
            status=OrganisationStatus.PENDING,
            region_id=scene.region,
        )
        person = build.user(session, email_confirmed_at=now())
        session.add(Membership(user_id=person.id, organisation_id=organisation.id))
        return organisation.id


def status(engine: Engine, organisation_id: int) -> OrganisationStatus:
    with session_factory(engine)() as session:
        return session.get_one(Organisation, organisation_id).status


def test_the_page_shows_numbers_colleagues_and_municipalities(rita: Person) -> None:
    text = rita.get(REGION).text
    assert "Karel Collega" in text
    assert "Elke Elders" not in text
    assert "Bekkevoort" in text


def test_the_page_says_what_compares_texts_and_how_many_wait(
    rita: Person, app: Flask, engine: Engine
) -> None:
    assert "Teksten worden alleen op hun woorden vergeleken." in rita.get(REGION).text
    encoder = HashedGrams()
    catalogue = Catalogue(encoder)
    app.extensions["brug_catalogue"] = catalogue
    page = rita.get(REGION).text
    assert "op hun woorden en op hun betekenis vergeleken (hashed-grams)" in page
    with session_factory(engine)() as session, catalogue.open(session) as shelf:
        count = len(shelf.waiting)
    assert f"{count} teksten wachten daar nog op" in page
    encoder.failing = True
    assert "werkt op dit moment niet" in rita.get(REGION).text
    job = EncodingJob(app.extensions["brug_sessions"], catalogue, encoder)
    while job.step():
        pass
    assert "wachten daar nog op" not in rita.get(REGION).text


def test_a_waiting_supplier_is_let_in(rita: Person, engine: Engine, waiting: int) -> None:
    assert "De Wachter vzw" in rita.get(REGION).text
    assert rita.send(REGION, "/toelaten").status_code == 303
    assert status(engine, waiting) is OrganisationStatus.APPROVED


def test_keeping_a_supplier_out_asks_a_reason(rita: Person, engine: Engine, waiting: int) -> None:
    action = f"/aanbieders/{waiting}/weigeren"
    assert rita.send(REGION, action, reason=" ").status_code == 422
    assert status(engine, waiting) is OrganisationStatus.PENDING
    assert rita.send(REGION, action, reason="Geen erkenning.").status_code == 303
    assert status(engine, waiting) is OrganisationStatus.REFUSED


def test_the_second_decision_on_a_supplier_is_told_what_happened(
    rita: Person, karel: Person, engine: Engine, waiting: int
) -> None:
    address, fields = karel.form(REGION, "/weigeren")
    rita.send(REGION, "/toelaten")
    answer = karel.post(address, fields, reason="Toch niet.")
    assert "Over deze organisatie is al beslist" in karel.get(answer.location).text
    assert status(engine, waiting) is OrganisationStatus.APPROVED


def test_a_supplier_of_another_region_is_not_found(
    app: Flask, scene: Scene, rita: Person, waiting: int
) -> None:
    stranger = Person(app, scene.stranger)
    assert "De Wachter" not in stranger.get(REGION).text
    token = stranger.form("/regie", "afmelden")[1]["csrf_token"]
    path = f"/regie/aanbieders/{waiting}/toelaten"
    assert stranger.client.post(path, data={"csrf_token": token}).status_code == 404


def test_who_declared_an_interest_cannot_let_the_supplier_in(
    rita: Person, engine: Engine, scene: Scene, waiting: int
) -> None:
    address, fields = rita.form(REGION, "/toelaten")
    rita.send("/regie/belangen?q=wachter", f"/belangen/{waiting}", note="Bestuur")
    assert "/toelaten" not in rita.get(REGION).text
    rita.post(address, fields)
    assert status(engine, waiting) is OrganisationStatus.PENDING


def test_an_interest_is_declared_once_and_withdrawn_on_the_record(
    rita: Person, engine: Engine, scene: Scene, waiting: int
) -> None:
    address, fields = rita.form("/regie/belangen?q=De+Wachter", f"/belangen/{waiting}")
    rita.post(address, dict(fields), note="Zetelt in het bestuur")
    rita.post(address, dict(fields), note="Voorzitter")
    assert "Voorzitter" in rita.get("/regie/belangen").text
    assert rita.send("/regie/belangen", "/intrekken").status_code == 303
    with session_factory(engine)() as session:
        assert session.scalars(select(DeclaredInterest)).all() == []
        chosen = select(Event.action).where(Event.subject_type == "organisation")
        actions = session.scalars(chosen.order_by(Event.id)).all()
    assert actions == ["interest_declared", "interest_changed", "interest_withdrawn"]


def test_nobody_withdraws_anothers_interest(
    rita: Person, karel: Person, engine: Engine, scene: Scene, waiting: int
) -> None:
    rita.send("/regie/belangen?q=wachter", f"/belangen/{waiting}", note="")
    with session_factory(engine)() as session:
        interest = session.scalars(select(DeclaredInterest.id)).one()
    token = karel.form("/regie", "afmelden")[1]["csrf_token"]
    path = f"/regie/belangen/{interest}/intrekken"
    assert karel.client.post(path, data={"csrf_token": token}).status_code == 404
    unknown = karel.client.post("/regie/belangen/999999", data={"csrf_token": token})
    assert unknown.status_code == 404


def test_an_organisation_is_found_by_its_number_and_nonsense_finds_none(
    rita: Person, engine: Engine, waiting: int
) -> None:
    with session_factory(engine)() as session:
        kbo = session.get_one(Organisation, waiting).kbo
    assert "De Wachter" in rita.get(f"/regie/belangen?q=BE+{kbo[:4]}.{kbo[4:7]}.{kbo[7:]}").text
    for words in ("%", "_", "<script>", "\x00", "z" * 4000):
        answer = rita.client.get("/regie/belangen", query_string={"q": words})
        assert answer.status_code == 200
        assert "De Wachter" not in answer.text
