"""The coordinator's queue: which needs ask for a decision, and which first.

Every point of urgency has a cause that the page shows; `URGENCY` lists them. The same causes are
counted in the database, so that a page of twenty costs the same in a region with thousands.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from matcher.vocabulary import NeedKind
from models import (
    Event,
    Match,
    Municipality,
    Need,
    Offer,
    Organisation,
    RegionMunicipality,
    User,
    now,
)
from models.states import MatchStatus, NeedStatus, Urgency
from web.services.actor import Actor
from web.services.matching import by_rank

HANDED_OVER = "handed_over"
SOON = timedelta(days=14)
LONG = timedelta(days=10)
#: Log-odds of a chance of one in five: what scores less is no answer worth a coordinator's time.
GOOD_SCORE = math.log(0.25)


class QueueState(StrEnum):
    """Which part of the needs somebody looks at."""

    OPEN = "open"
    WITHOUT = "without"
    LATER = "later"
    DECIDED = "decided"


class QueueOrder(StrEnum):
    """In which order."""

    URGENT = "urgent"
    WAITING = "waiting"
    NEWEST = "newest"
    START = "start"


class Cause(StrEnum):
    """Why a need stands high in the queue."""

    HANDED = "handed"
    FELL_THROUGH = "fell_through"
    URGENT = "urgent"
    STARTED = "started"
    STARTS_SOON = "starts_soon"
    WAITS_LONG = "waits_long"
    NOTHING = "nothing"


#: Points of each cause; a need has the sum of its causes.
URGENCY: dict[Cause, int] = {
    Cause.HANDED: 50,
    Cause.URGENT: 40,
    Cause.STARTED: 35,
    Cause.STARTS_SOON: 30,
    Cause.WAITS_LONG: 20,
    Cause.FELL_THROUGH: 15,
    Cause.NOTHING: 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What somebody asks of the queue; an empty part asks nothing."""

    state: QueueState = QueueState.OPEN
    kind: NeedKind | None = None
    nis: str | None = None
    text: str = ""
    order: QueueOrder = QueueOrder.URGENT


@dataclass(slots=True)
class QueueRow:
    """A need with what its row shows."""

    need: Need
    suggestions: int = 0
    promising: int = 0
    best: Match | None = None
    causes: list[Cause] = field(default_factory=list)


def queue(actor: Actor, wanted: QueueFilter, moment: datetime) -> Select[Need]:
    """Return the query for the needs in the coordinator's regions that a filter asks for."""
    chosen = select(Need).where(Need.region_id.in_(actor.coordinator_regions))
    chosen = chosen.where(_in_state(wanted.state, moment))
    if wanted.kind is not None:
        chosen = chosen.where(Need.kind == wanted.kind)
    if wanted.nis is not None:
        chosen = chosen.where(Need.municipality_nis == wanted.nis)
    if wanted.text:
        asker = Need.organisation.has(Organisation.name.icontains(wanted.text, autoescape=True))
        columns = (Need.title, Need.text)
        found = (column.icontains(wanted.text, autoescape=True) for column in columns)
        chosen = chosen.where(or_(*found, asker))
    parts = (joinedload(Need.organisation), joinedload(Need.municipality))
    return chosen.options(*parts).order_by(*_order(actor, wanted.order, moment))


def counts(session: Session, actor: Actor, moment: datetime) -> dict[QueueState, int]:
    """Return how many needs each state holds."""
    mine = Need.region_id.in_(actor.coordinator_regions)
    columns = [func.count().filter(_in_state(state, moment)) for state in QueueState]
    row = session.execute(select(*columns).select_from(Need).where(mine)).one()
    return dict(zip(QueueState, row, strict=True))


def rows(session: Session, actor: Actor, needs: Sequence[Need], moment: datetime) -> list[QueueRow]:
    """Return the rows of one page, with the number of suggestions, the best, and the causes."""
    ids = [need.id for need in needs]
    found = {need.id: QueueRow(need) for need in needs}
    suggested = and_(Match.need_id.in_(ids), Match.status == MatchStatus.SUGGESTED)
    good = func.count().filter(Match.score >= GOOD_SCORE)
    counted = select(Match.need_id, func.count(), good).where(suggested).group_by(Match.need_id)
    for need_id, number, promising in session.execute(counted):
        found[need_id].suggestions, found[need_id].promising = number, promising
    for match in sorted(_best(session, suggested), key=by_rank, reverse=True):
        found[match.need_id].best = match
    handed = set(session.scalars(handed_to(actor).where(_handed_need().in_(ids))))
    fell = set(session.scalars(_fell_through().where(Match.need_id.in_(ids))))
    for row in found.values():
        number = row.need.id
        row.causes = causes(row.need, row.promising, number in handed, number in fell, moment)
    return list(found.values())


def causes(need: Need, promising: int, handed: bool, fell: bool, moment: datetime) -> list[Cause]:
    """Return why a need is urgent, the weightiest first; the same tests as `_points`."""
    start, published = need.start_date, need.published_at or moment
    today = moment.date()
    holds = {
        Cause.HANDED: handed,
        Cause.FELL_THROUGH: fell,
        Cause.URGENT: need.urgency is Urgency.HIGH,
        Cause.STARTED: start is not None and start <= today,
        Cause.STARTS_SOON: start is not None and today < start <= today + SOON,
        Cause.WAITS_LONG: published <= moment - LONG,
        Cause.NOTHING: promising == 0,
    }
    return [cause for cause in URGENCY if holds[cause]]


def handed_to(actor: Actor) -> Select[int]:
    """Return the query for the numbers of needs whose last hand-over is to the actor."""
    newest = (
        select(func.max(Event.id))
        .where(Event.subject_type == "need", Event.action == HANDED_OVER)
        .group_by(Event.subject_id)
    )
    to = Event.after["to"].as_integer()
    return select(_handed_need()).where(Event.id.in_(newest), to == actor.user_id)


def _fell_through() -> Select[int]:
    """Return the query for the numbers of needs of which a proposal did not go through."""
    return select(Match.need_id).where(Match.status == MatchStatus.FELL_THROUGH)


def _handed_need() -> ColumnElement[int]:
    return cast(Event.subject_id, Integer)


def _in_state(state: QueueState, moment: datetime) -> ColumnElement[bool]:
    if state is QueueState.DECIDED:
        return Need.status == NeedStatus.APPROVED
    waiting = or_(Need.postponed_until.is_(None), Need.postponed_until <= moment)
    published = Need.status == NeedStatus.PUBLISHED
    match state:
        case QueueState.LATER:
            return and_(published, Need.postponed_until > moment)
        case QueueState.WITHOUT:
            return and_(published, waiting, ~_has_good_suggestion())
        case QueueState.OPEN:
            return and_(published, waiting)


def _has_good_suggestion() -> ColumnElement[bool]:
    open_match = and_(Match.need_id == Need.id, Match.status == MatchStatus.SUGGESTED)
    return exists().where(open_match, Match.score >= GOOD_SCORE)


def _order(actor: Actor, order: QueueOrder, moment: datetime) -> tuple[Any, ...]:
    oldest = (Need.published_at.asc(), Need.id.asc())
    match order:
        case QueueOrder.URGENT:
            return (_points(actor, moment).desc(), *oldest)
        case QueueOrder.WAITING:
            return oldest
        case QueueOrder.NEWEST:
            return (Need.published_at.desc(), Need.id.desc())
        case QueueOrder.START:
            return (Need.start_date.is_(None), Need.start_date.asc(), *oldest)


def _points(actor: Actor, moment: datetime) -> ColumnElement[int]:
    today: date = moment.date()
    tests = {
        Cause.HANDED: Need.id.in_(handed_to(actor)),
        Cause.FELL_THROUGH: Need.id.in_(_fell_through()),
        Cause.URGENT: Need.urgency == Urgency.HIGH,
        Cause.STARTED: Need.start_date <= today,
        Cause.STARTS_SOON: and_(Need.start_date > today, Need.start_date <= today + SOON),
        Cause.WAITS_LONG: Need.published_at <= moment - LONG,
        Cause.NOTHING: ~_has_good_suggestion(),
    }
    points = [case((test, URGENCY[cause]), else_=0) for cause, test in tests.items()]
    total: ColumnElement[int] = sum(points[1:], start=points[0])
    return total


def _best(session: Session, suggested: ColumnElement[bool]) -> Sequence[Match]:
    """Return the suggestions of the highest score of each need; several where they tie."""
    place = func.rank().over(partition_by=Match.need_id, order_by=Match.score.desc())
    ranked = select(Match.id.label("id"), place.label("place")).where(suggested).subquery()
    first = select(ranked.c.id).where(ranked.c.place == 1)
    parts = joinedload(Match.offer).joinedload(Offer.organisation)
    return session.scalars(select(Match).where(Match.id.in_(first)).options(parts)).all()


def places_of(session: Session, actor: Actor) -> Sequence[Municipality]:
    """Return the municipalities of the coordinator's regions, by name."""
    mine = RegionMunicipality.region_id.in_(actor.coordinator_regions)
    on = RegionMunicipality.municipality_nis == Municipality.nis
    chosen = select(Municipality).join(RegionMunicipality, on).where(mine)
    return session.scalars(chosen.order_by(Municipality.name)).all()


def handed_by(session: Session, need_id: int) -> tuple[User | None, int | None]:
    """Return who last handed a need over, and the number of the user he gave it to."""
    chosen = (
        select(Event)
        .where(
            Event.subject_type == "need",
            Event.subject_id == str(need_id),
            Event.action == HANDED_OVER,
        )
        .order_by(Event.id.desc())
        .limit(1)
        .options(joinedload(Event.actor))
    )
    event = session.scalar(chosen)
    return (event.actor, event.after["to"]) if event else (None, None)


def today() -> tuple[datetime, date]:
    """Return this moment and its day, taken together."""
    moment = now()
    return moment, moment.date()
