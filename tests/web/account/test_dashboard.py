"""Mijn Brug: what waits for each kind of person."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from models import Decision, Match, Need, Offer, Region, now
from models.states import MatchStatus, NeedStatus, OfferStatus
from tests.web.account.visitors import (
    Visitor,
    coordinator,
    organisation,
    read,
    reading,
    user,
    writing,
)
from web.services.actor import Actor
from web.services.staff import appoint_policy_officer


def _need(app: Flask, **values: Any) -> None:
    found, ann = organisation(app), user(app, "ann@korst.example")
    with writing(app) as session:
        region = session.query(Region).one_or_none()
        need = Need(
            organisation_id=found.id,
            contact_id=ann.id,
            region_id=region.id if region else None,
            kind="service",
            title="Strijken",
            text="Wie strijkt onze schorten?",
            municipality_nis="24008",
            postcode="3460",
            start_to_agree=True,
            published_at=now(),
            details={},
        )
        for name, value in values.items():
            setattr(need, name, value)
        session.add(need)


def _offer(app: Flask, **values: Any) -> None:
    found, ann = organisation(app), user(app, "ann@korst.example")
    with writing(app) as session:
        offer = Offer(
            organisation_id=found.id,
            contact_id=ann.id,
            kind="service",
            title="Strijkatelier",
            text="Wij strijken.",
            municipality_nis="24008",
            published_at=now(),
            valid_until=now().date(),
            details={},
        )
        for name, value in values.items():
            setattr(offer, name, value)
        session.add(offer)


def test_a_buyer_sees_his_drafts_and_what_is_online(visitor: Visitor) -> None:
    visitor.join()
    _need(visitor.app, status=NeedStatus.DRAFT)
    _need(visitor.app, status=NeedStatus.DRAFT)
    _need(visitor.app, status=NeedStatus.PUBLISHED)
    page = read(visitor.get("/mijn-brug"))
    waits, runs = page.split("Hoe het staat")
    assert "2 vragen zijn nog een concept" in waits
    assert "1 vraag staat online" in runs
    assert 'href="/vragen?status=draft"' in visitor.get("/mijn-brug").text


def test_a_supplier_sees_what_to_confirm_and_finds_it_behind_the_link(visitor: Visitor) -> None:
    visitor.join(side="aanbieder", work_form="maatwerkbedrijf")
    _offer(visitor.app, status=OfferStatus.PUBLISHED)
    long_ago = now() - timedelta(days=365)
    _offer(visitor.app, status=OfferStatus.PUBLISHED, published_at=long_ago, title="Oud aanbod")
    _offer(visitor.app, status=OfferStatus.DRAFT, title="Half aanbod")
    page = read(visitor.get("/mijn-brug"))
    assert "1 aanbod vraagt bevestiging: klopt het nog?" in page
    assert "1 aanbod is nog een concept" in page
    to_confirm = visitor.get("/mijn-aanbod?toon=to_confirm").text
    assert 'href="/mijn-aanbod?toon=to_confirm"' in visitor.get("/mijn-brug").text
    assert "Oud aanbod" in to_confirm
    assert "Strijkatelier" not in to_confirm


def test_a_coordinator_sees_who_waits_for_him(visitor: Visitor) -> None:
    rita = coordinator(visitor.app)
    assert "Er wacht niets op u" in rita.get("/mijn-brug").text
    visitor.join(side="aanbieder", work_form="maatwerkbedrijf")
    _need(visitor.app, status=NeedStatus.PUBLISHED)
    page = read(rita.get("/mijn-brug"))
    assert "1 nieuwe aanbieder wacht op u" in page
    assert "1 vraag wacht op een beslissing" in page


def test_a_policy_officer_sees_the_open_needs_of_his_municipality(visitor: Visitor) -> None:
    coordinator(visitor.app)
    visitor.join()
    with writing(visitor.app) as session:
        appoint_policy_officer(session, Actor(), "ann@korst.example", "hageland", "Bekkevoort")
    _need(visitor.app, status=NeedStatus.PUBLISHED)
    assert "1 open vraag in uw gemeente" in read(visitor.get("/mijn-brug"))


def test_a_new_buyer_is_told_where_to_begin(visitor: Visitor) -> None:
    visitor.join()
    page = read(visitor.get("/mijn-brug"))
    assert "Er wacht niets op u" in page
    assert 'href="/vragen/nieuw"' in visitor.get("/mijn-brug").text


def test_both_sides_of_an_approved_match_find_their_introduction(visitor: Visitor) -> None:
    visitor.join(side="aanbieder", work_form="maatwerkbedrijf")
    _need(visitor.app, status=NeedStatus.APPROVED)
    _offer(visitor.app, status=OfferStatus.PUBLISHED)
    with writing(visitor.app) as session:
        need, offer = session.query(Need).one(), session.query(Offer).one()
        match = Match(need_id=need.id, offer_id=offer.id, score=1.0, weights_version="test")
        before, after = MatchStatus.SUGGESTED, MatchStatus.APPROVED
        ann = user(visitor.app, "ann@korst.example").id
        match.decisions = [Decision(actor_id=ann, from_status=before, to_status=after)]
        session.add(match)
        session.flush()
        match.status = MatchStatus.APPROVED
        number = match.id
    page = read(visitor.get("/mijn-brug"))
    assert "1 kennismaking wacht op u" in page
    assert "Wacht op uw antwoord" in visitor.get("/kennismakingen").text
    visitor.press(f"/kennismakingen/{number}", f"/kennismakingen/{number}/ja")
    assert 'href="/kennismakingen"' in visitor.get("/mijn-brug").text


def test_a_visitor_is_asked_to_log_in(visitor: Visitor) -> None:
    assert visitor.get("/mijn-brug").location == "/aanmelden?next=/mijn-brug"


@pytest.mark.parametrize("count", [1, 12])
def test_more_to_do_costs_no_more_queries(visitor: Visitor, count: int) -> None:
    visitor.join(side="aanbieder", work_form="maatwerkbedrijf")
    for _time in range(count):
        _need(visitor.app, status=NeedStatus.DRAFT)
        _offer(visitor.app, status=OfferStatus.PUBLISHED)
    with reading(visitor.app) as session:
        engine = session.get_bind()
    queries: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: queries.append(args[2]))
    visitor.get("/mijn-brug")
    selects = [query for query in queries if query.lstrip().startswith("SELECT")]
    assert 0 < len(selects) <= 10
