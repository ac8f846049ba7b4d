"""After an approval: who sees the introduction, and what it tells."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.vocabulary import NeedKind, OfferKind, WorkForm
from models import Match, Membership, Need, Offer, OutboxMail, session_factory
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


def test_each_side_finds_the_others_contact_once_both_said_yes(
    deciding: Decide,
    app: Flask,
    engine: Engine,
    scene: Scene,
    sides: dict[str, int],
    rita: Person,
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    with session_factory(engine)() as session:
        asked, offered = session.get_one(Need, scene.need), session.get_one(Offer, scene.offers[0])
        assert asked.contact
        assert offered.contact
        theirs = {"supplier": asked.contact.email, "asker": offered.contact.email}
    people = {side: Person(app, sides[side]) for side in theirs}
    for side, person in people.items():
        text = person.get(page).text
        assert theirs[side] not in text
        assert "Wilt u kennismaken?" in text
        assert "Woorden die overeenkomen" in text
        assert "Gras maaien" in person.get("/kennismakingen").text
        assert person.send(page, "/ja").status_code == 303
    assert all(contact in rita.get(page).text for contact in theirs.values())
    for side, person in people.items():
        text = person.get(page).text
        assert theirs[side] in text
        assert "noteer hier wat u afspreekt" in text


def test_the_coordinator_sees_whom_to_call_from_the_start(
    deciding: Decide, engine: Engine, scene: Scene, rita: Person
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    with session_factory(engine)() as session:
        contact = session.get_one(Need, scene.need).contact
        assert contact
    assert contact.email in rita.get(page).text


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
        "Voorstel",
        "Voorstel",
        "Voorstel ingetrokken",
        "Voorstel ingetrokken",
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


def test_once_both_said_yes_the_coordinator_can_no_longer_undo(
    deciding: Decide, app: Flask, rita: Person, scene: Scene, sides: dict[str, int]
) -> None:
    page, desk = f"/kennismakingen/{deciding(0).id}", f"/regie/vragen/{scene.need}"
    undo, fields = rita.form(desk, "/ongedaan/")
    for side in ("asker", "supplier"):
        Person(app, sides[side]).send(page, "/ja")
    assert "/ongedaan/" not in rita.get(desk).text
    answer = rita.post(undo, fields)
    assert "kennen elkaars contactgegevens" in rita.get(answer.location).text
    assert Person(app, sides["asker"]).get(page).status_code == 200


def test_the_list_is_narrowed_and_sorted_in_the_address(
    deciding: Decide, app: Flask, scene: Scene, sides: dict[str, int]
) -> None:
    match = deciding(0)
    rita, page = Person(app, scene.coordinator), "/kennismakingen"
    for shown in ("", "?q=gras", "?soort=service", "?stand=approved", "?volgorde=oldest"):
        assert f'id="match-{match.id}"' in rita.get(page + shown).text, shown
    for hidden in ("?q=zzzz", "?soort=enclave", "?stand=done"):
        text = rita.get(page + hidden).text
        assert f'id="match-{match.id}"' not in text, hidden
        assert "Niets past bij deze filter" in text
    # A state that no page of introductions shows asks nothing.
    assert f'id="match-{match.id}"' in rita.get(f"{page}?stand=refused").text


def test_what_waits_for_me_is_a_filter_and_a_task(
    deciding: Decide, app: Flask, sides: dict[str, int]
) -> None:
    match, page = deciding(0), "/kennismakingen"
    asker = Person(app, sides["asker"])
    assert "kennismaking wacht op u" in asker.get("/mijn-brug").text
    assert "Wacht op uw antwoord" in asker.get(f"{page}?wacht=mine").text
    asker.send(f"{page}/{match.id}", "/ja")
    assert "Niets past bij deze filter" in asker.get(f"{page}?wacht=mine").text
    assert "Wacht op de andere kant" in asker.get(page).text
    assert "wacht op u" not in asker.get("/mijn-brug").text
    supplier = Person(app, sides["supplier"])
    assert f'id="match-{match.id}"' in supplier.get(f"{page}?wacht=mine").text


def test_what_was_typed_with_a_no_is_kept_when_the_reason_is_missing(
    deciding: Decide, app: Flask, sides: dict[str, int]
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    supplier = Person(app, sides["supplier"])
    answer = supplier.send(page, "/nee", reason="", words="Alles is volzet.")
    assert answer.status_code == 422
    assert "Kies waarom het niet past" in answer.text
    assert "Alles is volzet." in answer.text
    assert supplier.send(page, "/nee", reason="price", words="Te duur.").status_code == 303
    asker = Person(app, sides["asker"])
    text = asker.get(page).text
    assert "Niet doorgegaan" in text
    assert "Geen akkoord over de prijs" in text
    assert "/ongedaan" not in text
    assert "Laatste stap terugdraaien" in supplier.get(page).text


def test_an_answer_to_what_was_decided_meanwhile_is_told_so(
    deciding: Decide, app: Flask, sides: dict[str, int]
) -> None:
    page = f"/kennismakingen/{deciding(0).id}"
    asker, supplier = Person(app, sides["asker"]), Person(app, sides["supplier"])
    yes, fields = asker.form(page, "/ja")
    supplier.send(page, "/nee", reason="price")
    answer = asker.post(yes, fields)
    assert answer.status_code == 409
    assert "wacht niet meer op een antwoord" in answer.text


def test_people_of_the_other_side_are_not_named_before_both_said_yes(
    deciding: Decide, app: Flask, sides: dict[str, int]
) -> None:
    match = deciding(0)
    page = f"/kennismakingen/{match.id}"
    supplier = Person(app, sides["supplier"])
    supplier.send(f"{page}/overleg", "/overleg/vraag", words="Hebt u machines?")
    asker = Person(app, sides["asker"])
    text = asker.get(f"{page}/overleg").text
    assert "Hebt u machines?" in text
    assert "supplier" not in text
    assert "supplier" not in asker.get(page).text
    supplier.send(page, "/nee", reason="price")
    # The need is open again, and its page tells so without a name either.
    assert "supplier" not in asker.get(f"/vragen/{match.need_id}").text


def test_the_coordinator_writes_down_what_a_side_told_him(
    deciding: Decide, app: Flask, engine: Engine, sides: dict[str, int], rita: Person
) -> None:
    match = deciding(0)
    page = f"/kennismakingen/{match.id}"
    address, fields = rita.form(page, "/namens")
    fields["for-reason"] = ""
    for missing in ({}, {"side": "offer"}, {"side": "offer", "said": "yes"}):
        answer = rita.post(address, dict(fields), **missing)
        assert answer.status_code == 422, missing
    for odd in ({"side": "coordinator", "said": "yes"}, {"side": "offer", "said": "taken_back"}):
        assert rita.post(address, dict(fields), words="Gehoord.", **odd).status_code == 409
    told = {"side": "offer", "said": "yes", "words": "Sam zei ja aan de telefoon."}
    assert rita.post(address, dict(fields), **told).status_code == 303
    Person(app, sides["asker"]).send(page, "/ja")
    with session_factory(engine)() as session:
        assert session.get_one(Match, match.id).status is MatchStatus.INTRODUCED
    assert "De regisseur, namens" in rita.get(page).text
