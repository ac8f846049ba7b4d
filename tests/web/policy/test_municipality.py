"""The policy officer sees what concerns his municipality, and decides nothing."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.vocabulary import OfferKind
from models import Match, Municipality, Need, UserRole, session_factory
from models.states import MatchStatus, NeedStatus, Role
from tests.support import builders as build
from tests.web.buyer.browser import Browser
from tests.web.buyer.conftest import Scene
from tests.web.buyer.steps import publish, write
from web.services.catalogue import stamp


@pytest.fixture
def officer(app: Flask, engine: Engine, scene: Scene) -> Browser:
    with session_factory(engine).begin() as session:
        role = Role.POLICY_OFFICER
        place = {"region_id": scene.region, "municipality_nis": "24008"}
        session.add(UserRole(user_id=scene.town_clerk, role=role, **place))
    return Browser(app, scene.town_clerk)


def approve(engine: Engine, number: int) -> None:
    with session_factory(engine).begin() as session:
        session.scalars(
            select(Match).where(Match.need_id == number)
        ).one().status = MatchStatus.APPROVED
        need = session.get_one(Need, number)
        need.status = NeedStatus.APPROVED
        stamp(session, need)


def test_an_empty_municipality_says_what_to_do(officer: Browser) -> None:
    page = officer.get("/gemeente").text
    assert "Sociale economie in Bekkevoort" in page
    assert "Er staat hier nu geen vraag open." in page
    assert "Geen vragen om te tonen." in officer.get("/gemeente/vragen").text
    assert "nog geen match goedgekeurd" in officer.get("/gemeente/kennismakingen").text


def test_needs_of_others_there_are_shown_without_their_contact(
    officer: Browser, ann: Browser
) -> None:
    number = publish(ann, title="Onkruid op het kerkhof")
    assert "Onkruid op het kerkhof" in officer.get("/gemeente").text
    assert "Onkruid op het kerkhof" in officer.get("/gemeente/vragen?status=published").text
    page = officer.get(f"/gemeente/vragen/{number}").text
    assert "Koekjes Bekkevoort" in page
    assert "Ann Peeters" not in page


def test_drafts_and_needs_elsewhere_are_not_found(officer: Browser, ann: Browser) -> None:
    draft = write(ann)
    elsewhere = write(ann, place="3290 Diest")
    answers = {"quantity_unit": "m2", "start_to_agree": "y"}
    ann.send(f"/vragen/{elsewhere}/antwoorden", "details", "publish", **answers)
    for number in (draft, elsewhere, 999):
        assert officer.get(f"/gemeente/vragen/{number}").status_code == 404


def test_approved_matches_there_are_listed(officer: Browser, ann: Browser, engine: Engine) -> None:
    approve(engine, publish(ann, title="Onkruid op het kerkhof"))
    page = officer.get("/gemeente/kennismakingen").text
    assert "Onkruid op het kerkhof" in page
    assert "De Groene Hand" in page


def test_offers_that_reach_the_municipality_are_listed(officer: Browser, engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        here = session.get_one(Municipality, "24008")
        far = {"municipality_nis": "31005", "postcode": "8000"}
        build.offer(session, title="Uit Brugge, kleine kring", radius_km=10, **far)
        build.offer(session, title="Uit Brugge, grote kring", radius_km=250, **far)
        build.offer(session, title="Uit Brugge, voor Bekkevoort", service_area=[here], **far)
        build.offer(session, title="Uit Brugge, gebied onbekend", **far)
        build.offer(session, title="Van hier, gebied onbekend")
    page = officer.get("/gemeente/aanbod").text
    for title in ("Uit Brugge, grote kring", "Uit Brugge, voor Bekkevoort", "Van hier, gebied"):
        assert title in page
    for title in ("kleine kring", "Uit Brugge, gebied onbekend"):
        assert title not in page


def found(page: str) -> list[str]:
    """Return the titles of a list, in its order."""
    return re.findall(r'<h2 class="h3 mb-1"[^>]*><a [^>]*>([^<]+)</a></h2>', page)


def test_the_list_of_offers_is_narrowed_and_sorted_in_the_address(
    officer: Browser, engine: Engine
) -> None:
    with session_factory(engine).begin() as session:
        build.offer(session, title="Boeken kaften", text="Wij kaften boeken.")
        build.offer(session, title="Asperges steken", kind=OfferKind.ENCLAVE_TEAM, people_max=4)
    assert found(officer.get("/gemeente/aanbod").text) == [
        "Asperges steken",
        "Boeken kaften",
        "Onkruid wieden",
    ]
    assert found(officer.get("/gemeente/aanbod?q=kaften").text) == ["Boeken kaften"]
    assert found(officer.get("/gemeente/aanbod?soort=enclave_team").text) == ["Asperges steken"]
    newest = found(officer.get("/gemeente/aanbod?volgorde=newest").text)
    assert newest[0] == "Asperges steken"
    assert "Niets past bij deze filter" in officer.get("/gemeente/aanbod?q=zzzz").text
    assert len(found(officer.get("/gemeente/aanbod?soort=zzz&volgorde=zzz").text)) == 3


def test_the_list_of_matches_is_narrowed_and_sorted_in_the_address(
    officer: Browser, ann: Browser, engine: Engine
) -> None:
    for title in ("Onkruid op het kerkhof", "Onkruid op het plein"):
        approve(engine, publish(ann, title=title))
    page = "/gemeente/kennismakingen"
    assert len(found(officer.get(page).text)) == 2
    assert found(officer.get(f"{page}?q=plein").text) == ["Onkruid op het plein"]
    assert found(officer.get(f"{page}?volgorde=oldest").text)[0] == "Onkruid op het kerkhof"
    assert found(officer.get(f"{page}?q=groene+hand").text) != []
    assert "Niets past bij deze filter" in officer.get(f"{page}?soort=enclave").text


def test_the_officer_posts_for_his_municipality(officer: Browser) -> None:
    assert 'href="/vragen/nieuw"' in officer.get("/gemeente").text
    assert officer.get(f"/vragen/{write(officer)}").status_code == 200


def test_others_may_not_look(ann: Browser, scene: Scene) -> None:
    assert ann.get("/gemeente").status_code == 403
    assert Browser(ann.app).get("/gemeente").status_code == 303
