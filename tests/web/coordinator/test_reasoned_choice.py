"""The reasoned choice, to print for the file: from the record of the decision, not from today."""

from sqlalchemy import Engine

from models import Offer, session_factory
from models.states import OfferStatus, RefusalReason
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Scene, action
from web.services.catalogue import stamp


def approve_past_the_first(rita: Person, page: str, scene: Scene) -> str:
    rita.send(page, action(scene, 1, "goedkeuren"), words="Zij kennen het terrein al.")
    return rita.get(f"{page}/motivering").text


def test_without_an_approval_it_says_what_will_stand_there(rita: Person, page: str) -> None:
    text = rita.get(f"{page}/motivering").text
    assert "Voor deze vraag is niets goedgekeurd" in text
    assert "motivering" not in rita.get(page).text


def test_the_choice_stands_with_all_it_was_chosen_among(
    rita: Person, scene: Scene, page: str
) -> None:
    text = approve_past_the_first(rita, page, scene)
    assert "Rita Regisseur" in text
    assert "Zij kennen het terrein al." in text
    assert "2 van 3 aanbiedingen die in aanmerking kwamen" in text
    assert "Een match is geen gunning van een overheidsopdracht." in text
    assert text.count("<tr") == 1 + len(scene.offers)
    assert f"{page}/motivering" in rita.get(page).text


def test_it_stays_what_it_was_when_the_offers_change(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    before = approve_past_the_first(rita, page, scene)
    with session_factory(engine).begin() as session:
        first = session.get_one(Offer, scene.offers[0])
        first.status = OfferStatus.PAUSED
        stamp(session, first)
    after = rita.get(f"{page}/motivering").text
    assert "2 van 3 aanbiedingen die in aanmerking kwamen" in after
    assert after.count("<tr") == before.count("<tr")


def test_what_was_refused_before_stands_with_its_reason(
    rita: Person, scene: Scene, page: str
) -> None:
    rita.send(page, action(scene, 0, "weigeren"), refusal_reason=RefusalReason.TOO_FAR.value)
    rita.send(page, action(scene, 1, "goedkeuren"))
    text = rita.get(f"{page}/motivering").text
    assert "Eerder geweigerd" in text
    assert "Te ver" in text
    assert "Over elk aanbod dat hoger stond, was al beslist." in text


def test_an_approval_that_was_undone_is_no_choice(rita: Person, scene: Scene, page: str) -> None:
    approve_past_the_first(rita, page, scene)
    rita.send(page, action(scene, 1, "ongedaan"))
    assert "Voor deze vraag is niets goedgekeurd" in rita.get(f"{page}/motivering").text
