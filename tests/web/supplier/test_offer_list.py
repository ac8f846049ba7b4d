"""The supplier's list of offers, in the real app, without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from matcher.vocabulary import OfferKind
from models import Match, Offer, session_factory
from models.states import OfferStatus
from tests.web.buyer.browser import Browser, form_in
from tests.web.supplier.scene import GRASS, Scene, today
from tests.web.supplier.seen import all_offers

NEW = "/mijn-aanbod/nieuw/dienst"
COMPLETE = {"text": GRASS, "site": "on_site", "radius_km": "30"}
ODD = "\U0001f331 '; DROP TABLE offer;-- <script>alert(1)</script> <b>&amp;"


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("pauzeren", OfferStatus.PAUSED),
        ("klopt-nog", OfferStatus.PUBLISHED),
        ("intrekken", OfferStatus.WITHDRAWN),
    ],
)
def test_one_click_changes_an_offer(
    step: str,
    status: OfferStatus,
    maatwerk: Browser,
    engine: Engine,
    published: Callable[..., int],
) -> None:
    number = published()
    assert maatwerk.post(f"/mijn-aanbod/{number}/{step}", {}).status_code == 303
    assert all_offers(engine)[0].status is status


def test_a_paused_offer_is_shown_again_and_a_copy_is_a_draft(
    maatwerk: Browser, engine: Engine, published: Callable[..., int]
) -> None:
    number = published()
    for step in ("pauzeren", "hervatten"):
        maatwerk.post(f"/mijn-aanbod/{number}/{step}", {})
    for _ in range(2):
        maatwerk.post(f"/mijn-aanbod/{number}/kopieren", {"submission_key": "k" * 36})
    assert [offer.status for offer in all_offers(engine)] == [
        OfferStatus.PUBLISHED,
        OfferStatus.DRAFT,
    ]


def test_opening_the_page_to_withdraw_changes_nothing(
    maatwerk: Browser, engine: Engine, published: Callable[..., int]
) -> None:
    assert maatwerk.get(f"/mijn-aanbod/{published()}/intrekken").status_code == 200
    assert all_offers(engine)[0].status is OfferStatus.PUBLISHED


def test_the_offers_of_another_supplier_are_not_found(
    app: Flask, scene: Scene, engine: Engine, published: Callable[..., int]
) -> None:
    number = published()
    other = Browser(app, scene.other)
    for step in ("klopt-nog", "pauzeren", "hervatten", "kopieren", "intrekken", "wijzigen"):
        assert other.post(f"/mijn-aanbod/{number}/{step}", {}).status_code == 404, step
    assert other.get(f"/mijn-aanbod/{number}/wijzigen").status_code == 404
    assert [offer.status for offer in all_offers(engine)] == [OfferStatus.PUBLISHED]


def test_an_organisation_of_somebody_else_cannot_be_written_for(
    app: Flask, scene: Scene, engine: Engine
) -> None:
    other = Browser(app, scene.other)
    sent = {**COMPLETE, "organisation_id": str(scene.maatwerk_organisation)}
    assert other.send(NEW, "offer", "publish", **sent).status_code == 422
    assert all_offers(engine) == []


def test_an_enclave_team_is_refused_with_the_rule_to_who_is_no_maatwerkbedrijf(
    app: Flask, scene: Scene, engine: Engine
) -> None:
    local = Browser(app, scene.local)
    assert (
        "Alleen een maatwerkbedrijf stuurt een enclave uit" in local.get("/mijn-aanbod/nieuw").text
    )
    answer = local.get("/mijn-aanbod/nieuw/enclaveploeg")
    assert answer.status_code == 403
    assert "kernactiviteit" in answer.text
    assert local.post("/mijn-aanbod/nieuw/enclaveploeg", COMPLETE).status_code == 403
    assert all_offers(engine) == []


def test_who_waits_for_the_coordinator_prepares_drafts_and_cannot_publish(
    app: Flask, scene: Scene, engine: Engine
) -> None:
    pending = Browser(app, scene.pending)
    assert "Wacht op de regisseur" in pending.get("/mijn-aanbod").text
    assert 'value="publish"' not in pending.get(NEW).text
    assert pending.send(NEW, "offer", "save", **COMPLETE).status_code == 303
    answer = pending.send(NEW, "offer", "publish", **COMPLETE)
    assert answer.status_code == 422
    assert "nog niet toegelaten" in answer.text
    assert [offer.status for offer in all_offers(engine)] == [OfferStatus.DRAFT]


PROFILE = {
    "text": "Hij is 34 jaar, werkte drie jaar in onze keuken en heeft epilepsie.",
    "hours_per_week": "19",
}


def test_a_profile_that_gives_somebody_away_is_published_only_after_a_look(
    maatwerk: Browser, engine: Engine
) -> None:
    path = "/mijn-aanbod/nieuw/profiel"
    answer = maatwerk.send(path, "offer", "publish", **PROFILE)
    assert answer.status_code == 422
    assert "<mark>epilepsie</mark>" in answer.text
    assert "<mark>34 jaar</mark>" in answer.text
    assert 'id="looked_over-error"' in answer.text
    lacking = maatwerk.send(path, "offer", "publish", text=PROFILE["text"])
    assert 'id="looked_over-error"' in lacking.text
    assert 'id="hours_per_week-error"' in lacking.text
    assert all_offers(engine) == []
    again = {**form_in(answer, "offer"), "looked_over": "y", "action": "publish"}
    assert maatwerk.post(path, again).status_code == 303
    (offer,) = all_offers(engine)
    assert offer.kind is OfferKind.PROFILE
    assert offer.pseudonym


def test_a_profile_that_gives_nothing_away_needs_no_tick(maatwerk: Browser) -> None:
    sent = {**PROFILE, "text": "Werkte drie jaar in onze keuken, houdt van een vast ritme."}
    answer = maatwerk.send("/mijn-aanbod/nieuw/profiel", "offer", "publish", **sent)
    assert answer.status_code == 303


def test_the_list_is_empty_with_advice_then_filters_by_the_address(
    maatwerk: Browser, published: Callable[..., int]
) -> None:
    assert "Uw eerste aanbod plaatsen" in maatwerk.get("/mijn-aanbod").text
    published(title="Graswerk")
    published(title="Haagwerk")
    assert "Haagwerk" not in maatwerk.get("/mijn-aanbod?q=graswerk").text
    assert "Niets past" in maatwerk.get("/mijn-aanbod?soort=profile").text
    assert maatwerk.get("/mijn-aanbod?toon=onzin&soort=x&volgorde=y&page=-3").status_code == 200
    in_order = maatwerk.get("/mijn-aanbod?volgorde=title").text
    assert in_order.index("Graswerk") < in_order.index("Haagwerk")


def test_an_offer_of_five_months_ago_asks_whether_it_is_still_right(
    maatwerk: Browser, engine: Engine, published: Callable[..., int]
) -> None:
    number = published()
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, number)
        assert offer.confirmed_at is not None
        offer.confirmed_at -= timedelta(days=150)
    assert "niet bevestigd" in maatwerk.get("/mijn-aanbod").text
    maatwerk.post(f"/mijn-aanbod/{number}/klopt-nog", {})
    assert "niet bevestigd" not in maatwerk.get("/mijn-aanbod").text


def test_an_offer_that_ran_out_says_so(
    maatwerk: Browser, engine: Engine, published: Callable[..., int]
) -> None:
    number = published()
    with session_factory(engine).begin() as session:
        session.get_one(Offer, number).valid_until = today() - timedelta(days=1)
    page = maatwerk.get("/mijn-aanbod?toon=expired").text
    assert "niemand krijgt het voorgesteld" in page


def test_the_list_takes_as_many_queries_for_ten_offers_as_for_two(
    maatwerk: Browser, app: Flask, published: Callable[..., int]
) -> None:
    counts = []
    engine = app.extensions["brug_sessions"].engine
    for more in (2, 8):
        for _ in range(more):
            published()
        maatwerk.get("/mijn-aanbod")
        asked: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_rest: Any, asked: list[str] = asked) -> None:
            asked.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        maatwerk.get("/mijn-aanbod")
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] < 25


def test_publishing_leaves_suggestions_for_the_needs(
    maatwerk: Browser, engine: Engine, scene: Scene
) -> None:
    maatwerk.send(NEW, "offer", "publish", **COMPLETE)
    with session_factory(engine)() as session:
        chosen = select(func.count()).where(Match.need_id == scene.needs[0])
        assert session.scalar(chosen) == 1
