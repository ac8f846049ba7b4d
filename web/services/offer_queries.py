"""What a supplier's pages show of his offers."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind
from models import Municipality, Offer, Organisation, RegionMunicipality, now
from models.states import OfferStatus
from web.services.actor import Actor
from web.services.catalogue import OFFER_PARTS
from web.services.visibility import offers_of

#: After so long a supplier is asked whether an offer is still right: about four months.
ASK_AFTER = timedelta(days=122)


class Show(StrEnum):
    """Which offers a list shows."""

    CURRENT = "current"
    DRAFT = "draft"
    PUBLISHED = "published"
    TO_CONFIRM = "to_confirm"
    EXPIRED = "expired"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class Order(StrEnum):
    """How a list of offers is sorted."""

    CHANGED = "changed"
    VALID = "valid"
    TITLE = "title"
    KIND = "kind"


_ORDERS = {
    Order.CHANGED: (Offer.updated_at.desc(), Offer.id.desc()),
    Order.VALID: (Offer.valid_until.is_(None), Offer.valid_until, Offer.id),
    Order.TITLE: (func.lower(Offer.title), Offer.id),
    Order.KIND: (Offer.kind, func.lower(Offer.title), Offer.id),
}


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """What a list of offers is narrowed to; None or empty leaves it as it is."""

    show: Show = Show.CURRENT
    kind: OfferKind | None = None
    words: str = ""
    order: Order = Order.CHANGED

    @property
    def narrows(self) -> bool:
        """Tell whether anything but the order was asked."""
        return bool(self.show is not Show.CURRENT or self.kind or self.words)


def is_to_confirm(offer: Offer, on: date) -> bool:
    """Tell whether to ask if a published offer is still right: too long ago, or run out."""
    if offer.status is not OfferStatus.PUBLISHED:
        return False
    asked = (offer.confirmed_at or offer.published_at or now()).date()
    return asked < on - ASK_AFTER or (offer.valid_until or date.max) < on


def _to_confirm(on: date) -> ColumnElement[bool]:
    asked = func.coalesce(Offer.confirmed_at, Offer.published_at)
    long_ago = asked < now() - ASK_AFTER
    return and_(Offer.status == OfferStatus.PUBLISHED, or_(long_ago, Offer.valid_until < on))


def _shown(show: Show, on: date) -> ColumnElement[bool]:
    match show:
        case Show.CURRENT:
            return Offer.status != OfferStatus.WITHDRAWN
        case Show.TO_CONFIRM:
            return _to_confirm(on)
        case Show.EXPIRED:
            return and_(Offer.status == OfferStatus.PUBLISHED, Offer.valid_until < on)
        case Show.PUBLISHED:
            return and_(Offer.status == OfferStatus.PUBLISHED, Offer.valid_until >= on)
        case Show.DRAFT | Show.PAUSED | Show.WITHDRAWN:
            return Offer.status == OfferStatus(show.value)


def own_offers(actor: Actor, wanted: OfferFilter, on: date) -> Select[Offer]:
    """Return the query for the offers of the actor's organisations."""
    chosen = select(Offer).where(offers_of(actor), _shown(wanted.show, on))
    if wanted.kind:
        chosen = chosen.where(Offer.kind == wanted.kind)
    for word in wanted.words.split():
        held = [column.icontains(word, autoescape=True) for column in (Offer.title, Offer.text)]
        held.append(Offer.pseudonym.icontains(word, autoescape=True))
        chosen = chosen.where(or_(*held))
    return chosen.options(*OFFER_PARTS).order_by(*_ORDERS[wanted.order])


def count_to_confirm(session: Session, actor: Actor, on: date) -> int:
    """Return how many published offers wait to be confirmed."""
    chosen = select(func.count()).select_from(Offer).where(offers_of(actor), _to_confirm(on))
    return session.scalar(chosen) or 0


def supplier_organisations(session: Session, actor: Actor) -> list[Organisation]:
    """Return the actor's organisations that may list offers, the waiting ones too, by name."""
    ids = actor.supplier_ids | actor.pending_ids
    chosen = select(Organisation).where(Organisation.id.in_(ids))
    return list(session.scalars(chosen.order_by(Organisation.name, Organisation.id)))


def region_municipalities(session: Session, region_id: int | None) -> list[Municipality]:
    """Return the municipalities of a region by name."""
    chosen = (
        select(Municipality)
        .join(RegionMunicipality, RegionMunicipality.municipality_nis == Municipality.nis)
        .where(RegionMunicipality.region_id == region_id)
        .order_by(Municipality.name)
    )
    return list(session.scalars(chosen))


def municipality_names(session: Session, nis: frozenset[str]) -> dict[str, str]:
    """Return the names of some municipalities by their code, in the order of their names."""
    chosen = select(Municipality.nis, Municipality.name).where(Municipality.nis.in_(nis))
    return {row[0]: row[1] for row in session.execute(chosen.order_by(Municipality.name))}
