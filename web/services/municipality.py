"""What concerns a policy officer's municipalities: needs there, offers that reach it, matches."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, lazyload

from matcher.geography import great_circle
from matcher.vocabulary import OfferKind
from models import Match, Municipality, Need, Offer, Organisation
from models.match_life import CHOSEN
from models.states import NeedStatus
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.errors import NotFoundError
from web.services.need_queries import NeedFilter, filtered
from web.services.visibility import OPEN_TO_OTHERS, current_offers, offers_visible_to

#:
SERVING = (OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM)


class OfferOrder(StrEnum):
    """How the list of offers is sorted."""

    TITLE = "title"
    NEWEST = "newest"


_ORDERS = {
    OfferOrder.TITLE: (func.lower(Offer.title), Offer.id),
    OfferOrder.NEWEST: (Offer.published_at.desc(), Offer.id.desc()),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is, for the top of the page."""

    open_needs: int
    approved_needs: int
    offers: int
    matches: int


def municipalities_of(session: Session, actor: Actor) -> list[Municipality]:
    """Return the officer's municipalities by name."""
    chosen = select(Municipality).where(Municipality.nis.in_(actor.policy_municipalities))
    return list(session.scalars(chosen.order_by(Municipality.name)))


def _needs_there(actor: Actor) -> ColumnElement[bool]:
    in_place = Need.municipality_nis.in_(actor.policy_municipalities)
    return in_place & Need.status.in_(OPEN_TO_OTHERS)


def needs_there(actor: Actor, wanted: NeedFilter) -> Select[Need]:
    """Return the query for the open and answered needs in the municipalities."""
    return filtered(select(Need).where(_needs_there(actor)).options(*NEED_PARTS), wanted)


def need_there(session: Session, actor: Actor, need_id: int) -> Need:
    """Return such a need; raises `NotFoundError` for any other one."""
    chosen = select(Need).where(Need.id == need_id, _needs_there(actor)).options(*NEED_PARTS)
    need = session.scalar(chosen)
    if need is None:
        raise NotFoundError
    return need


def offers_reaching(
    session: Session,
    actor: Actor,
    kind: OfferKind | None = None,
    words: str = "",
    order: OfferOrder = OfferOrder.TITLE,
) -> Select[Offer]:
    """Return the query for the current offers that serve one of the municipalities.

    As the matcher sees it: by the listed municipalities or by the radius; an offer that states
    neither is shown where it is at home. Workplaces and profiles are no services to a place.
    """
    own = actor.policy_municipalities
    unstated = Offer.radius_km.is_(None) & ~Offer.service_area.any()
    reached = or_(
        Offer.service_area.any(Municipality.nis.in_(own)),
        Offer.id.in_(_by_radius(session, actor)),
        unstated & Offer.municipality_nis.in_(own),
    )
    shown = select(Offer).where(current_offers(), offers_visible_to(actor), reached)
    shown = shown.where(Offer.kind.in_([kind] if kind in SERVING else SERVING))
    by_name = Offer.organisation.has(Organisation.name.icontains(words, autoescape=True))
    if words:
        held = (column.icontains(words, autoescape=True) for column in (Offer.title, Offer.text))
        shown = shown.where(or_(*held, by_name))
    return shown.options(*OFFER_PARTS).order_by(*_ORDERS[order])


def _by_radius(session: Session, actor: Actor) -> list[int]:
    """Return the offers whose circle holds one of the municipalities."""
    places = municipalities_of(session, actor)
    chosen = (
        select(Offer.id, Offer.radius_km, Municipality.latitude, Municipality.longitude)
        .join(Offer.municipality)
        .where(current_offers(), Offer.radius_km.is_not(None))
    )
    return [
        number
        for number, radius, latitude, longitude in session.execute(chosen)
        if any(
            great_circle(latitude, longitude, place.latitude, place.longitude) <= (radius or 0)
            for place in places
        )
    ]


def matches_there(actor: Actor) -> Select[Match]:
    """Return the query for the approved matches of needs there, the latest first."""
    return (
        select(Match)
        .join(Match.need)
        .where(Match.status.in_(CHOSEN), _needs_there(actor))
        .order_by(Match.updated_at.desc(), Match.id.desc())
        .options(
            contains_eager(Match.need).options(*NEED_PARTS),
            joinedload(Match.offer).joinedload(Offer.organisation),
        )
    )


def figures_of(session: Session, actor: Actor) -> Figures:
    """Count what concerns the municipalities."""
    by_status = select(Need.status, func.count()).where(_needs_there(actor)).group_by(Need.status)
    needs: dict[NeedStatus, int] = {row[0]: row[1] for row in session.execute(by_status)}
    return Figures(
        open_needs=needs.get(NeedStatus.PUBLISHED, 0),
        approved_needs=needs.get(NeedStatus.APPROVED, 0),
        offers=_count(session, offers_reaching(session, actor)),
        matches=_count(session, matches_there(actor)),
    )


def _count(session: Session, chosen: Select[Any]) -> int:
    ids = chosen.options(lazyload("*")).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0
