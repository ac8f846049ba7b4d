"""The open needs that fit a supplier's offers, and what he may not see of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.vocabulary import OfferKind
from models import Need, Offer, Region, session_factory
from models.states import NeedStatus, Visibility
from tests.support import builders as build
from tests.web.buyer.browser import Browser
from tests.web.supplier.scene import Scene, actor, grass, today
from web.services.actor import VISITOR
from web.services.catalogue import Catalogue, stamp
from web.services.offers import create_offer, publish_offer
from web.services.small_cells import shown_place

LIST = "/passende-vragen"


@pytest.fixture
def maatwerk(app: Flask, scene: Scene) -> Browser:
    return Browser(app, scene.maatwerk)


@pytest.fixture
def published(engine: Engine, scene: Scene, catalogue: Catalogue) -> Callable[..., int]:
    """Publish an offer of the maatwerkbedrijf and return its number."""

    def make(**values: Any) -> int:
        with session_factory(engine).begin() as session:
            who = actor(session, scene.maatwerk)
            offer = create_offer(session, who, grass(scene, **values))
            publish_offer(session, catalogue, who, offer, today())
            return offer.id

    return make


def test_the_best_fitting_need_comes_first_with_the_reason_and_misfits_stay_away(
    maatwerk: Browser, published: Callable[..., int]
) -> None:
    published()
    page = maatwerk.get(LIST).text
    assert page.index("Gras maaien") < page.index("Haag scheren")
    assert "Hemden strijken" not in page
    assert "gras maaien" in page
    assert "In dezelfde gemeente" in page


def test_a_need_is_read_with_reasons_but_without_its_asker(
    maatwerk: Browser, engine: Engine, scene: Scene, published: Callable[..., int]
) -> None:
    published()
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.needs[0])
        need.organisation.name = "Geheime Vrager NV"
        need.contact = build.user(session, name="Geheime Contactpersoon")
    page = maatwerk.get(f"{LIST}/{scene.needs[0]}").text
    assert "elke twee weken gemaaid" in page
    assert "Gras maaien en hagen scheren" in page
    assert "Geheime" not in page


def test_only_a_chosen_offer_kind_and_distance_are_listed(
    maatwerk: Browser, engine: Engine, scene: Scene, published: Callable[..., int]
) -> None:
    mowing = published()
    ironing = published(title="Strijken", text="Wij strijken hemden, lakens en werkkledij.")
    both = maatwerk.get(LIST).text
    assert "Hemden strijken" in both
    assert "Gras maaien" in both
    only = maatwerk.get(f"{LIST}?aanbod={ironing}").text
    assert "Haag scheren" not in only
    assert "Hemden strijken" in only
    assert "Hemden strijken" not in maatwerk.get(f"{LIST}?aanbod={mowing}").text
    assert "Geen open vraag past bij deze keuze" in maatwerk.get(f"{LIST}?soort=vacancy").text
    _move_far_away(engine, scene.needs[0])
    assert f"{LIST}/{scene.needs[0]}" in maatwerk.get(LIST).text
    assert f"{LIST}/{scene.needs[0]}" not in maatwerk.get(f"{LIST}?afstand=20").text
    odd = maatwerk.get(f"{LIST}?aanbod=x&soort=y&afstand=-4&page=zz")
    assert odd.status_code == 200


def _move_far_away(engine: Engine, need_id: int) -> None:
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, need_id)
        need.municipality_nis, need.postcode = "31005", "8000"
        stamp(session, need)


@pytest.mark.parametrize("visibility", [Visibility.REGION, Visibility.NETWORK])
def test_a_need_for_its_own_region_is_hidden_from_suppliers_elsewhere(
    visibility: Visibility,
    maatwerk: Browser,
    engine: Engine,
    scene: Scene,
    published: Callable[..., int],
) -> None:
    published()
    with session_factory(engine).begin() as session:
        elsewhere: Region = build.region(session, slug="elders", nis="24020")
        need = session.get_one(Need, scene.needs[0])
        need.region_id, need.visibility = elsewhere.id, visibility
        stamp(session, need)
    seen = visibility is Visibility.NETWORK
    number = scene.needs[0]
    assert (f"{LIST}/{number}" in maatwerk.get(LIST).text) is seen
    assert maatwerk.get(f"{LIST}/{number}").status_code == (200 if seen else 404)


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.WITHDRAWN])
def test_a_need_that_is_not_open_is_not_found(
    status: NeedStatus, maatwerk: Browser, engine: Engine, scene: Scene
) -> None:
    with session_factory(engine).begin() as session:
        session.get_one(Need, scene.needs[0]).status = status
    assert maatwerk.get(f"{LIST}/{scene.needs[0]}").status_code == 404


def test_who_waits_sees_no_needs(app: Flask, scene: Scene) -> None:
    pending = Browser(app, scene.pending)
    page = pending.get(LIST)
    assert page.status_code == 200
    assert "Wacht op de regisseur" in page.text
    assert pending.get(f"{LIST}/{scene.needs[0]}").status_code == 404


def test_without_a_published_offer_the_page_says_what_to_do(maatwerk: Browser) -> None:
    assert "U hebt nog geen gepubliceerd aanbod" in maatwerk.get(LIST).text


def test_a_need_of_the_own_organisation_says_why_its_offers_cannot_answer(
    maatwerk: Browser, scene: Scene, engine: Engine, published: Callable[..., int]
) -> None:
    published()
    with session_factory(engine).begin() as session:
        offer = session.scalars(select(Offer)).one()
        need = session.get_one(Need, scene.needs[0])
        need.organisation_id = offer.organisation_id
    page = maatwerk.get(f"{LIST}/{scene.needs[0]}").text
    assert "Het is uw eigen vraag" in page


def test_the_municipality_of_a_profile_is_only_for_its_own_organisation_until_both_agree(
    engine: Engine, scene: Scene, published: Callable[..., int]
) -> None:
    profile = published(kind=OfferKind.PROFILE, fields={"hours_per_week": 19})
    service = published()
    with session_factory(engine)() as session:
        hidden, open_ = session.get_one(Offer, profile), session.get_one(Offer, service)
        owner, other = actor(session, scene.maatwerk), actor(session, scene.other)
        own = shown_place(hidden, owner)
        assert own is not None
        assert (own.name, own.is_arrondissement) == ("Bekkevoort", False)
        for stranger in (other, VISITOR):
            seen = shown_place(hidden, stranger)
            assert seen is not None
            assert (seen.name, seen.is_arrondissement) == ("Leuven", True)
            service_place = shown_place(open_, stranger)
            assert service_place is not None
            assert service_place.name == "Bekkevoort"
        agreed = shown_place(hidden, other, agreed=True)
        assert agreed is not None
        assert agreed.name == "Bekkevoort"


def test_a_need_that_is_withdrawn_or_posted_shows_at_once(
    maatwerk: Browser, engine: Engine, scene: Scene, published: Callable[..., int]
) -> None:
    published()
    assert "Gras maaien" in maatwerk.get(LIST).text
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.needs[0])
        need.status = NeedStatus.WITHDRAWN
        posted = build.need(
            session,
            title="Gazon onderhouden",
            text="Wie maait ons gras?",
            region_id=need.region_id,
        )
        stamp(session, need, posted)
    page = maatwerk.get(LIST).text
    assert f"{LIST}/{scene.needs[0]}" not in page
    assert "Gazon onderhouden" in page


def test_the_list_can_be_sorted_by_date_and_distance(
    maatwerk: Browser, engine: Engine, scene: Scene, published: Callable[..., int]
) -> None:
    published()
    first, second = "Gras maaien", "Haag scheren"
    with session_factory(engine).begin() as session:
        grass_need, hedge_need = (session.get_one(Need, number) for number in scene.needs[:2])
        hedge_need.published_at = grass_need.published_at + timedelta(hours=1)
        hedge_need.start_date = today() + timedelta(days=3)
        grass_need.start_date = today() + timedelta(days=30)
        stamp(session, grass_need, hedge_need)
    for order, wanted in (("newest", second), ("start", second), ("zzz", first), ("near", first)):
        page = maatwerk.get(f"{LIST}?volgorde={order}").text
        other = first if wanted == second else second
        assert page.index(f">{wanted}<") < page.index(f">{other}<"), order
