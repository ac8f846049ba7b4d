"""Introductions: an approved match, seen by its two organisations and the region's coordinators."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, cast, false, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from matcher.vocabulary import NeedKind
from models import Event, Match, Need, Offer, Organisation, User
from models.match_life import CHOSEN, PUT_TO_SIDES
from web.services import events, mail
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.errors import NotFoundError

#: Where the pages of `web.views.introductions` stand, for the links in mails.
PATH = "kennismakingen"
CONTACTED = "contact_made"


def announce(session: Session, match: Match, need: Need, offer: Offer) -> None:
    """Mail the contacts of both sides that they may meet."""
    for contact, other in _sides(need, offer):
        mail.write_to(
            session, "introduction", contact, other=other, need=need, path=f"/{PATH}/{match.id}"
        )


def withdraw(session: Session, need: Need, offer: Offer) -> None:
    """Mail the contacts of both sides that the coordinator took the introduction back."""
    for contact, other in _sides(need, offer):
        mail.write_to(
            session, "introduction_withdrawn", contact, other=other, need=need, path=f"/{PATH}"
        )


def _sides(need: Need, offer: Offer) -> list[tuple[User, str]]:
    """Return each side's contact with the name of the other."""
    sides = ((need.contact, offer.organisation.name), (offer.contact, need.organisation.name))
    return [(contact, other) for contact, other in sides if contact is not None]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Condition on a match joined with its need and offer: approved, and the actor's concern."""
    mine: list[ColumnElement[bool]] = [false()]
    if actor.organisation_ids:
        mine.append(Need.organisation_id.in_(actor.organisation_ids))
        mine.append(Offer.organisation_id.in_(actor.organisation_ids))
    if actor.coordinator_regions:
        mine.append(Need.region_id.in_(actor.coordinator_regions))
    return or_(*mine) & Match.status.in_(PUT_TO_SIDES)


class Order(StrEnum):
    """How a list of introductions is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"


class Talk(StrEnum):
    """Whether the two sides said that they spoke."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class IntroductionFilter:
    """What a list of introductions is narrowed to; None or empty leaves it as it is."""

    words: str = ""
    kind: NeedKind | None = None
    talk: Talk | None = None
    order: Order = Order.NEWEST

    @property
    def narrows(self) -> bool:
        """Tell whether anything but the order was asked."""
        return bool(self.words or self.kind or self.talk)


_ORDERS = {
    Order.NEWEST: (Match.updated_at.desc(), Match.id.desc()),
    Order.OLDEST: (Match.updated_at, Match.id),
}


def narrowed(chosen: Select[Match], wanted: IntroductionFilter) -> Select[Match]:
    """Narrow and sort a query for approved matches joined with their needs."""
    if wanted.words:
        asker = Need.organisation.has(_named(wanted.words))
        supplier = Match.offer.has(Offer.organisation.has(_named(wanted.words)))
        about = Need.title.icontains(wanted.words, autoescape=True)
        chosen = chosen.where(or_(about, asker, supplier))
    if wanted.kind:
        chosen = chosen.where(Need.kind == wanted.kind)
    if wanted.talk:
        chosen = chosen.where(unspoken() if wanted.talk is Talk.NO else ~unspoken())
    return chosen.order_by(None).order_by(*_ORDERS[wanted.order])


def _named(words: str) -> ColumnElement[bool]:
    return Organisation.name.icontains(words, autoescape=True)


def introductions_of(actor: Actor) -> Select[Match]:
    """Return the query for the actor's introductions, newest first."""
    return (
        select(Match)
        .join(Match.need)
        .join(Match.offer)
        .where(visible_to(actor))
        .order_by(*_ORDERS[Order.NEWEST])
        .options(
            contains_eager(Match.need).options(*NEED_PARTS, joinedload(Need.contact)),
            contains_eager(Match.offer).options(*OFFER_PARTS, joinedload(Offer.contact)),
            selectinload(Match.decisions),
        )
    )


def introduction(session: Session, actor: Actor, match_id: int) -> Match:
    """Return an introduction; raises `NotFoundError` for whom it does not concern."""
    match = session.scalar(introductions_of(actor).where(Match.id == match_id))
    if match is None:
        raise NotFoundError
    return match


def unspoken() -> ColumnElement[bool]:
    """Condition on a match: approved, and neither side said yet that they spoke."""
    told = select(Event.id).where(
        Event.subject_type == "match",
        Event.subject_id == cast(Match.id, String),
        Event.action == CONTACTED,
    )
    return Match.status.in_(CHOSEN) & ~told.exists()


def spoken_among(session: Session, match_ids: Collection[int]) -> set[int]:
    """Return those of these approved matches of which the sides spoke."""
    chosen = select(Event.subject_id).where(
        Event.subject_type == "match",
        Event.subject_id.in_([str(number) for number in match_ids]),
        Event.action == CONTACTED,
    )
    return {int(number) for number in session.scalars(chosen)}


def contact_made(session: Session, match_id: int) -> bool:
    """Tell whether one of the sides said that they spoke, since the match was last approved."""
    chosen = (
        select(Event.action)
        .where(Event.subject_type == "match", Event.subject_id == str(match_id))
        .where(Event.action.in_((CONTACTED, "undone")))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.scalar(chosen) == CONTACTED


def make_contact(session: Session, actor: Actor, match_id: int) -> Match:
    """Record that the two sides spoke; from then on the approval can no longer be undone."""
    match = introduction(session, actor, match_id)
    if not contact_made(session, match.id):
        after = {"need": match.need_id, "offer": match.offer_id}
        region = match.need.region_id
        events.record(session, actor, "match", match.id, CONTACTED, region_id=region, after=after)
    return match
