"""After an approval: who sees the introduction, and what it tells."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.vocabulary import NeedKind, OfferKind, WorkForm
from models import Membership, Need, Offer, OutboxMail, session_factory
from models.states import MatchStatus
from tests.support import builders as build
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Decide, Scene
from web.services.catalogue import stamp


@pytest.fixture
def sides(engine: Engine, scene: Scene) -> dict[str, int]:
    """Members of the asker, of the supplier and of another supplier."""
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        offers = [session.get_one(Offer, offer) for offer in scene.offers]
        organisations = {
            "asker": need.organisation_id,
            "supplier": offers[0].organisation_id,
            "other": offers[1].organisation_id,
        }
        found = {}
        for name, organisation in organisations.items():
            person = build.user(session, name=name)
            session.add(Membership(user_id=person.id, organisation_id=organisation))
            found[name] = person.id
        return found


def test_each_side_finds_the_others_contact(
    deciding: Decide, app: Flask, engine: Engine, scene: Scene, sides: dict[str, int]
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    with session_factory(engine)() as session:
        asked, offered = session.get_one(Need, scene.need), session.get_one(Offer, scene.offers[0])
        assert asked.contact
        assert offered.contact
        contacts = [asked.contact.email, offered.contact.email]
    for side in ("asker", "supplier"):
        person = Person(app, sides[side])
        text = person.get(page).text
        assert all(contact in text for contact in contacts)
        assert "Woorden die overeenkomen" in text
        assert "Gras maaien" in person.get("/kennismakingen").text


def test_nobody_else_finds_it(
    deciding: Decide, app: Flask, scene: Scene, sides: dict[str, int]
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    for outsider in (sides["other"], scene.stranger):
        person = Person(app, outsider)
        assert person.get(page).status_code == 404
        assert "Gras maaien" not in person.get("/kennismakingen").text
    assert Person(app, None).get(page).status_code == 303
    assert Person(app, scene.colleague).get(page).status_code == 200


def test_before_the_approval_and_after_the_undo_there_is_no_introduction(
    deciding: Decide, app: Flask, scene: Scene, sides: dict[str, int], rita: Person
) -> None:
    match = deciding(0, MatchStatus.SET_ASIDE)
    asker = Person(app, sides["asker"])
    page = f"/kennismakingen/{match.id}"
    assert asker.get(page).status_code == 404
    deciding(0, seen_version=match.version)
    assert asker.get(page).status_code == 200
    rita.send(f"/regie/vragen/{scene.need}", "/ongedaan/")
    assert asker.get(page).status_code == 404
    assert "zodra een regisseur" in asker.get("/kennismakingen").text.lower()


def test_both_sides_hear_that_an_introduction_is_taken_back(
    deciding: Decide, rita: Person, engine: Engine, scene: Scene
) -> None:
    deciding(0)
    rita.send(f"/regie/vragen/{scene.need}", "/ongedaan/")
    with session_factory(engine)() as session:
        subjects = session.scalars(select(OutboxMail.subject).order_by(OutboxMail.id)).all()
    assert [subject.split(":")[0] for subject in subjects] == [
        "Kennismaking",
        "Kennismaking",
        "Kennismaking ingetrokken",
        "Kennismaking ingetrokken",
    ]


def test_the_steps_before_an_enclave_are_listed_for_an_enclave_only(
    app: Flask, engine: Engine, scene: Scene, deciding: Decide, rita: Person
) -> None:
    steps = ("schriftelijke overeenkomst", "minstens één dag vooraf", "geen werkgeversgezag")
    other = deciding(1, words="Eerst dit.").id
    assert not any(step in rita.get(f"/kennismakingen/{other}").text for step in steps)
    with session_factory(engine).begin() as session:
        need, offer = session.get_one(Need, scene.need), session.get_one(Offer, scene.offers[0])
        need.kind, need.core_activity = NeedKind.ENCLAVE, True
        offer.kind, offer.organisation.work_form = OfferKind.ENCLAVE_TEAM, WorkForm.MAATWERKBEDRIJF
        stamp(session, need, offer)
    text = rita.get(f"/kennismakingen/{deciding(0, also=True).id}").text
    assert all(step in text for step in steps)
    assert "gekwalificeerde begeleider" in text
    assert "veiligheidsonthaal" in text


def test_once_they_spoke_the_coordinator_can_no_longer_undo(
    deciding: Decide, app: Flask, rita: Person, scene: Scene, sides: dict[str, int]
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    asker = Person(app, sides["asker"])
    assert "Zij hebben elkaar gesproken" in rita.get(page).text
    assert "Wij hebben elkaar gesproken" in asker.get(page).text
    assert asker.send(page, "/gesproken").status_code == 303
    assert "U hebt" not in rita.get(page).text
    assert "U hebt elkaar gesproken" in asker.get(page).text
    answer = rita.send(f"/regie/vragen/{scene.need}", "/ongedaan/")
    assert "blijft staan" in rita.get(answer.location).text
    assert asker.get(page).status_code == 200


def test_the_list_is_narrowed_and_sorted_in_the_address(
    deciding: Decide, app: Flask, scene: Scene, sides: dict[str, int]
) -> None:
    match = deciding(0)
    rita, page = Person(app, scene.coordinator), "/kennismakingen"
    for shown in ("", "?q=gras", "?soort=service", "?gesproken=no", "?volgorde=oldest"):
        assert f'id="match-{match.id}"' in rita.get(page + shown).text, shown
    for hidden in ("?q=zzzz", "?soort=enclave", "?gesproken=yes"):
        text = rita.get(page + hidden).text
        assert f'id="match-{match.id}"' not in text, hidden
        assert "Niets past bij deze filter" in text
    Person(app, sides["asker"]).send(f"{page}/{match.id}", "gesproken")
    assert f'id="match-{match.id}"' in rita.get(f"{page}?gesproken=yes").text
    assert f'id="match-{match.id}"' not in rita.get(f"{page}?gesproken=no").text
