"""Which needs and offers an actor may know of, edit or decide on.

Every page fetches its objects here, so that another's object is simply not found.
"""

from typing import TypeVar

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from matcher.vocabulary import OfferKind
from models import Match, Need, Offer, now
from models.match_life import CHOSEN
from models.organisation import Organisation
from models.states import NeedStatus, OfferStatus, OrganisationStatus, Visibility
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.errors import NotFoundError

Row = TypeVar("Row", Need, Offer, Organisation)

#: What others than its writer may see of a need's life.
OPEN_TO_OTHERS = (NeedStatus.PUBLISHED, NeedStatus.APPROVED)


def needs_of(actor: Actor) -> ColumnElement[bool]:
    """Condition: needs of the actor's own organisations."""
    return Need.organisation_id.in_(actor.organisation_ids) if actor.organisation_ids else false()


def offers_of(actor: Actor) -> ColumnElement[bool]:
    """Condition: offers of the actor's own organisations."""
    return Offer.organisation_id.in_(actor.organisation_ids) if actor.organisation_ids else false()


def needs_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Condition: own needs; drafts and all in one's region for a coordinator; open ones of his
    municipality for a policy officer; for a supplier those open to his region or the network.
    """
    conditions: list[ColumnElement[bool]] = [needs_of(actor)]
    if actor.coordinator_regions:
        conditions.append(
            and_(Need.region_id.in_(actor.coordinator_regions), Need.status != NeedStatus.DRAFT)
        )
    if actor.policy_municipalities:
        conditions.append(
            and_(
                Need.municipality_nis.in_(actor.policy_municipalities),
                Need.status.in_(OPEN_TO_OTHERS),
            )
        )
    if actor.supplier_ids:
        conditions.append(needs_open_to_supplier(actor))
    return or_(*conditions)


def needs_open_to_supplier(actor: Actor) -> ColumnElement[bool]:
    """Condition: published needs that an approved supplier may read, without the contact.

    A need for its own region only is open to suppliers that have their seat in that region, and to
    those whose offer was chosen for it.
    """
    seats = select(Organisation.region_id).where(Organisation.id.in_(actor.supplier_ids))
    invited = (
        select(Match.need_id)
        .join(Match.offer)
        .where(Offer.organisation_id.in_(actor.supplier_ids), Match.status.in_(CHOSEN))
    )
    return or_(
        and_(
            Need.status == NeedStatus.PUBLISHED,
            or_(Need.visibility == Visibility.NETWORK, Need.region_id.in_(seats)),
        ),
        Need.id.in_(invited),
    )


def current_offers() -> ColumnElement[bool]:
    """Condition: offers that may be suggested today, as `web.services.catalogue.is_current`."""
    return and_(Offer.status == OfferStatus.PUBLISHED, Offer.valid_until >= now().date())


def offers_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Condition: current offers of approved organisations for everybody, and one's own.

    Profiles are for coordinators and for people who act for an organisation; they carry no name.
    """
    published = and_(
        current_offers(),
        Offer.organisation.has(Organisation.status == OrganisationStatus.APPROVED),
    )
    if not (actor.organisation_ids or actor.coordinator_regions):
        published = and_(published, Offer.kind != OfferKind.PROFILE)
    conditions: list[ColumnElement[bool]] = [published, offers_of(actor)]
    if actor.coordinator_regions:
        in_region = Organisation.region_id.in_(actor.coordinator_regions)
        conditions.append(
            and_(Offer.organisation.has(in_region), Offer.status != OfferStatus.DRAFT)
        )
    return or_(*conditions)


def organisations_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Condition: approved suppliers for everybody, one's own, and all in a coordinator's region.

    Who only asks has no public page: that somebody looks for help is his own affair.
    """
    conditions: list[ColumnElement[bool]] = [
        and_(Organisation.is_supplier, Organisation.status == OrganisationStatus.APPROVED)
    ]
    if actor.organisation_ids:
        conditions.append(Organisation.id.in_(actor.organisation_ids))
    if actor.coordinator_regions:
        conditions.append(Organisation.region_id.in_(actor.coordinator_regions))
    return or_(*conditions)


def organisation_for(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    """Return an organisation whose page the actor may see; raises `NotFoundError` otherwise."""
    chosen = select(Organisation).where(
        Organisation.id == organisation_id, organisations_visible_to(actor)
    )
    return _found(session.scalar(chosen.options(joinedload(Organisation.municipality))))


def need_for(session: Session, actor: Actor, need_id: int) -> Need:
    """Return a need the actor may see; raises `NotFoundError` otherwise."""
    return _need(session, need_id, needs_visible_to(actor))


def own_need(session: Session, actor: Actor, need_id: int) -> Need:
    """Return a need of the actor's own organisations; raises `NotFoundError` otherwise."""
    return _need(session, need_id, needs_of(actor))


def region_need(session: Session, actor: Actor, need_id: int) -> Need:
    """Return a need in the coordinator's region; raises `NotFoundError` otherwise."""
    mine = Need.region_id.in_(actor.coordinator_regions)
    return _need(session, need_id, and_(mine, Need.status != NeedStatus.DRAFT))


def offer_for(session: Session, actor: Actor, offer_id: int) -> Offer:
    """Return an offer the actor may see; raises `NotFoundError` otherwise."""
    return _offer(session, offer_id, offers_visible_to(actor))


def own_offer(session: Session, actor: Actor, offer_id: int) -> Offer:
    """Return an offer of the actor's own organisations; raises `NotFoundError` otherwise."""
    return _offer(session, offer_id, offers_of(actor))


def _need(session: Session, need_id: int, allowed: ColumnElement[bool]) -> Need:
    chosen = select(Need).where(Need.id == need_id, allowed)
    return _found(session.scalar(chosen.options(*NEED_PARTS, joinedload(Need.contact))))


def _offer(session: Session, offer_id: int, allowed: ColumnElement[bool]) -> Offer:
    chosen = select(Offer).where(Offer.id == offer_id, allowed)
    return _found(session.scalar(chosen.options(*OFFER_PARTS, joinedload(Offer.contact))))


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFoundError
    return row


def interested(actor: Actor, need: Need, offer: Offer | None = None) -> bool:
    """Tell whether the actor has an interest in either side, and so may not decide."""
    sides = {need.organisation_id} | ({offer.organisation_id} if offer else set())
    return bool(sides & actor.interest_ids)
