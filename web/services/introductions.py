"""Introductions: an approved match, seen by its two organisations and the region's coordinators.

What happens to one stands in `web.services.match_life`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from matcher.vocabulary import NeedKind
from models import Agreement, Answer, Decision, Match, Need, Offer, Organisation
from models.match_life import CHOSEN, PUT_TO_SIDES
from models.states import AnswerKind, MatchStatus, Side
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.errors import NotFoundError
from web.services.visibility import needs_of, offers_of

#: What an earlier Brug wrote in the record once the two sides spoke.
CONTACTED = "contact_made"


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


class Turn(StrEnum):
    """Whose turn it is."""

    MINE = "mine"


@dataclass(frozen=True, slots=True)
class IntroductionFilter:
    """What a list of introductions is narrowed to; None or empty leaves it as it is."""

    words: str = ""
    kind: NeedKind | None = None
    status: MatchStatus | None = None
    turn: Turn | None = None
    order: Order = Order.NEWEST

    @property
    def narrows(self) -> bool:
        """Tell whether anything but the order was asked."""
        return bool(self.words or self.kind or self.status or self.turn)


_ORDERS = {
    Order.NEWEST: (Match.updated_at.desc(), Match.id.desc()),
    Order.OLDEST: (Match.updated_at, Match.id),
}


def narrowed(
    chosen: Select[Match], wanted: IntroductionFilter, actor: Actor, on: date
) -> Select[Match]:
    """Narrow and sort a query for matches joined with their needs and offers."""
    if wanted.words:
        asker = Need.organisation.has(_named(wanted.words))
        supplier = Match.offer.has(Offer.organisation.has(_named(wanted.words)))
        about = Need.title.icontains(wanted.words, autoescape=True)
        chosen = chosen.where(or_(about, asker, supplier))
    if wanted.kind:
        chosen = chosen.where(Need.kind == wanted.kind)
    if wanted.status:
        chosen = chosen.where(Match.status == wanted.status)
    if wanted.turn is Turn.MINE:
        chosen = chosen.where(asks_of(actor, on))
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


def put_of_offers(session: Session, actor: Actor, *, need_id: int | None = None) -> Sequence[Match]:
    """Return the chosen matches of the actor's offers, of one need if asked, the newest first."""
    chosen = (
        select(Match)
        .join(Match.need)
        .join(Match.offer)
        .where(offers_of(actor), Match.status.in_(CHOSEN))
        .order_by(*_ORDERS[Order.NEWEST])
        .options(contains_eager(Match.need))
    )
    return session.scalars(chosen.where(Match.need_id == need_id) if need_id else chosen).all()


def asks_of(actor: Actor, on: date) -> ColumnElement[bool]:
    """Condition on a match joined with its need and offer: one of the actor's sides can go on.

    It did not answer yet; both are introduced and agreed nothing; the day of the start or the end
    is there.
    """
    need, offer = needs_of(actor), offers_of(actor)
    starts = and_(Match.status == MatchStatus.AGREED, _agreed_until(Agreement.start_date, on))
    ends = and_(Match.status == MatchStatus.RUNNING, _agreed_until(Agreement.end_date, on))
    unanswered = or_(
        and_(need, ~_answered(Side.NEED)),
        and_(offer, ~_answered(Side.OFFER)),
    )
    return or_(
        and_(Match.status == MatchStatus.APPROVED, unanswered),
        and_(or_(need, offer), or_(Match.status == MatchStatus.INTRODUCED, starts, ends)),
    )


def _agreed_until(day: ColumnElement[date | None] | Any, on: date) -> ColumnElement[bool]:
    return select(Agreement.id).where(Agreement.match_id == Match.id, day <= on).exists()


def _answered(side: Side) -> ColumnElement[bool]:
    """Condition: the last yes or no of a side to the last approval stands."""
    approval = (
        select(func.max(Decision.id))
        .where(Decision.match_id == Match.id, Decision.to_status == MatchStatus.APPROVED)
        .correlate(Match)
        .scalar_subquery()
    )
    last = (
        select(Answer.kind)
        .where(Answer.decision_id == approval, Answer.side == side)
        .order_by(Answer.id.desc())
        .limit(1)
        .correlate(Match)
        .scalar_subquery()
    )
    return func.coalesce(last, AnswerKind.TAKEN_BACK.value) != AnswerKind.TAKEN_BACK.value
