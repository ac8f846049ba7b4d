"""Mijn Brug: what waits for each kind of person."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from models import Need, Offer, Region, now
from models.states import NeedStatus, OfferStatus
from tests.web.account.visitors import (
    Visitor,
    coordinator,
    organisation,
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
    page = visitor.get("/mijn-brug").text
    assert "2 vragen zijn nog een concept" in page
    assert "1 vraag staat online" in page
    assert 'href="/vragen?status=draft"' in page


def test_a_supplier_sees_what_runs_out(visitor: Visitor) -> None:
    visitor.join(side="aanbieder", work_form="maatwerkbedrijf")
    _offer(visitor.app, status=OfferStatus.PUBLISHED)
    _offer(visitor.app, status=OfferStatus.DRAFT)
    page = visitor.get("/mijn-brug").text
    assert "1 aanbod loopt af: klopt het nog?" in page
    assert "1 aanbod is nog een concept" in page


def test_a_coordinator_sees_who_waits_for_him(visitor: Visitor) -> None:
    rita = coordinator(visitor.app)
    assert "Er wacht niets op u" in rita.get("/mijn-brug").text
    visitor.join(side="aanbieder", work_form="maatwerkbedrijf")
    _need(visitor.app, status=NeedStatus.PUBLISHED)
    page = rita.get("/mijn-brug").text
    assert "1 nieuwe aanbieder wacht op u" in page
    assert "1 vraag wacht op een beslissing" in page


def test_a_policy_officer_sees_the_open_needs_of_his_municipality(visitor: Visitor) -> None:
    coordinator(visitor.app)
    visitor.join()
    with writing(visitor.app) as session:
        appoint_policy_officer(session, Actor(), "ann@korst.example", "hageland", "Bekkevoort")
    _need(visitor.app, status=NeedStatus.PUBLISHED)
    assert "1 open vraag in uw gemeente" in visitor.get("/mijn-brug").text


def test_a_new_buyer_is_told_where_to_begin(visitor: Visitor) -> None:
    visitor.join()
    page = visitor.get("/mijn-brug").text
    assert "Er wacht niets op u" in page
    assert 'href="/vragen/nieuw"' in page


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
