"""The offers and needs of the demo region, written and published by their own organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind, Phase, WorkSite
from models import Municipality, Need, Offer, Organisation, Region
from models.states import ActivityOrigin, NeedStatus, OfferStatus, Recurrence, Urgency, Visibility
from seed.demo.people import place_of
from seed.demo.steps import Steps, actor_for, external_id, known_ids, user_of
from seed.files import read_yaml
from web.services import needs, offers
from web.services.need_draft import NeedDraft
from web.services.offer_drafts import OfferDraft

OFFER_FILES = ("demo/offers_1.yaml", "demo/offers_2.yaml", "demo/offers_3.yaml")
NEED_FILES = ("demo/needs_1.yaml", "demo/needs_2.yaml")


@dataclass(frozen=True, slots=True)
class Home:
    """The organisation behind an entry: who writes for it, and where it is."""

    kbo: str
    email: str
    place: str


def load_offers(steps: Steps) -> list[str]:
    """Add and publish the missing offers; returns their keys."""
    stored, homes = known_ids(steps.session, Offer), _homes()
    fresh = [e for e in _entries(OFFER_FILES, "offers") if external_id(e["key"]) not in stored]
    for entry in fresh:
        _load_offer(steps, entry, homes[entry["organisation"]])
    return [entry["key"] for entry in fresh]


def load_needs(steps: Steps) -> list[str]:
    """Add and publish the missing needs, which suggests offers for them; returns their keys."""
    stored, homes = known_ids(steps.session, Need), _homes()
    fresh = [e for e in _entries(NEED_FILES, "needs") if external_id(e["key"]) not in stored]
    for entry in fresh:
        _load_need(steps, entry, homes[entry["organisation"]])
    return [entry["key"] for entry in fresh]


def _entries(files: Iterable[str], name: str) -> list[dict[str, Any]]:
    return [entry for file in files for entry in read_yaml(file)[name]]


def _homes() -> dict[str, Home]:
    return {
        entry["key"]: Home(entry["kbo"], entry["contact"]["email"], entry["place"])
        for entry in read_yaml("demo/organisations.yaml")["organisations"]
    }


def _load_offer(steps: Steps, entry: dict[str, Any], home: Home) -> None:
    status = OfferStatus(entry.get("status", OfferStatus.PUBLISHED))
    # Published on its own day: one that ran out meanwhile was right when it was written.
    day = steps.on - timedelta(days=entry.get("age", 0))
    with steps.next() as session:
        actor = actor_for(session, home.email)
        offer = offers.create_offer(session, actor, _offer_draft(steps, session, entry, home))
        if status is OfferStatus.DRAFT:
            return
        offers.publish_offer(session, steps.catalogue, actor, offer, day)
        published = steps.days_ago(entry["age"])
        offer.created_at = offer.published_at = offer.confirmed_at = published
    if status is OfferStatus.PUBLISHED:
        return
    with steps.next() as session:
        offer = session.scalars(select(Offer).where(Offer.id == offer.id)).one()
        end = offers.pause_offer if status is OfferStatus.PAUSED else offers.withdraw_offer
        end(session, steps.catalogue, actor, offer, steps.on)


def _offer_draft(steps: Steps, session: Session, entry: dict[str, Any], home: Home) -> OfferDraft:
    place = place_of(session, entry.get("place", home.place))
    return OfferDraft(
        kind=OfferKind(entry["kind"]),
        organisation_id=_organisation_id(session, home),
        contact_id=user_of(session, home.email).id,
        title=entry["title"],
        text=entry["text"],
        municipality_nis=place.nis,
        postcode=place.postcode,
        radius_km=entry.get("radius"),
        service_nis=_area(session, entry.get("area", [])),
        start_date=steps.day(entry.get("start")),
        end_date=steps.day(entry.get("end")),
        valid_until=steps.day(entry.get("valid")),
        fields=_fields(entry),
        activities=_chosen(entry),
        external_id=external_id(entry["key"]),
        is_demo=True,
    )


def _load_need(steps: Steps, entry: dict[str, Any], home: Home) -> None:
    status = NeedStatus(entry.get("status", NeedStatus.PUBLISHED))
    with steps.next() as session:
        actor = actor_for(session, home.email)
        need = needs.create_need(session, actor, _need_draft(steps, session, entry, home))
        if status is NeedStatus.DRAFT:
            return
        needs.publish_need(session, steps.catalogue, actor, need, steps.on)
        need.created_at = need.published_at = steps.days_ago(entry["age"])
    if status is NeedStatus.WITHDRAWN:
        with steps.next() as session:
            need = session.scalars(select(Need).where(Need.id == need.id)).one()
            needs.withdraw_need(session, actor, need, version=need.version)


def _need_draft(steps: Steps, session: Session, entry: dict[str, Any], home: Home) -> NeedDraft:
    place = place_of(session, entry["place"])
    recurrence = entry.get("recurrence")
    return NeedDraft(
        kind=NeedKind(entry["kind"]),
        organisation_id=_organisation_id(session, home),
        contact_id=user_of(session, home.email).id,
        title=entry["title"],
        text=entry["text"],
        municipality_nis=place.nis,
        postcode=place.postcode,
        start_date=steps.day(entry.get("start")),
        start_to_agree=entry.get("start_to_agree", False),
        end_date=steps.day(entry.get("end")),
        recurrence=Recurrence(recurrence) if recurrence else None,
        urgency=Urgency(entry.get("urgency", Urgency.NORMAL)),
        budget=entry.get("budget"),
        visibility=Visibility(entry.get("visibility", Visibility.REGION)),
        core_activity=entry.get("fields", {}).get("core_activity"),
        fields=_fields(entry),
        activities=_chosen(entry),
        external_id=external_id(entry["key"]),
        is_demo=True,
    )


def _organisation_id(session: Session, home: Home) -> int:
    return session.scalars(select(Organisation.id).where(Organisation.kbo == home.kbo)).one()


def _area(session: Session, names: list[str]) -> frozenset[str]:
    """Return the codes of municipalities of the demo region; raises `KeyError` for another."""
    chosen = select(Municipality).join(Region.municipalities).where(Region.is_demo)
    known = {municipality.name: municipality.nis for municipality in session.scalars(chosen)}
    return frozenset(known[name] for name in names)


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    fields = dict(entry.get("fields", {}))
    if "site" in fields:
        fields["site"] = WorkSite(fields["site"])
    if "phase" in fields:
        fields["phase"] = Phase(fields["phase"])
    return fields


def _chosen(entry: dict[str, Any]) -> dict[str, ActivityOrigin]:
    return dict.fromkeys(entry.get("activities", []), ActivityOrigin.CHOSEN)
