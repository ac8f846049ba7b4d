"""What pages show of needs: lists, the people behind them, their life and who could help."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from matcher.vocabulary import NeedKind, OrganisationType
from models import Activity, Match, Membership, Need, Offer, Organisation, User
from models.match_life import CHOSEN
from models.states import MatchStatus, NeedStatus
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS
from web.services.matching import by_rank
from web.services.recognition import COULD_FIT
from web.services.visibility import needs_of, offers_visible_to

MOST_LIKELY = 5
#: The same bound as while the words are typed, as a score: log-odds.
_LEAST_SCORE = math.log(COULD_FIT / (1 - COULD_FIT))


class Order(StrEnum):
    """How a list of needs is sorted."""

    NEWEST = "newest"
    CHANGED = "changed"
    START = "start"
    TITLE = "title"


_ORDERS = {
    Order.NEWEST: (Need.created_at.desc(), Need.id.desc()),
    Order.CHANGED: (Need.updated_at.desc(), Need.id.desc()),
    Order.START: (Need.start_date.is_(None), Need.start_date, Need.id),
    Order.TITLE: (func.lower(Need.title), Need.id),
}


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What a list of needs is narrowed to; None or empty leaves it as it is."""

    status: NeedStatus | None = None
    kind: NeedKind | None = None
    words: str = ""
    order: Order = Order.NEWEST


def filtered(chosen: Select[Need], wanted: NeedFilter) -> Select[Need]:
    """Narrow and sort a query for needs."""
    if wanted.status:
        chosen = chosen.where(Need.status == wanted.status)
    if wanted.kind:
        chosen = chosen.where(Need.kind == wanted.kind)
    for word in wanted.words.split():
        held = (column.icontains(word, autoescape=True) for column in (Need.title, Need.text))
        chosen = chosen.where(or_(*held))
    return chosen.order_by(*_ORDERS[wanted.order])


def own_needs(actor: Actor, wanted: NeedFilter) -> Select[Need]:
    """Return the query for the needs of the actor's organisations."""
    return filtered(select(Need).where(needs_of(actor)).options(*NEED_PARTS), wanted)


def suggestion_counts(session: Session, need_ids: Iterable[int]) -> dict[int, int]:
    """Return how many offers could fit each of these needs."""
    counted = (
        select(Match.need_id, func.count())
        .where(Match.need_id.in_(list(need_ids)), _could_fit())
        .group_by(Match.need_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def _could_fit() -> ColumnElement[bool]:
    """Condition: chosen, or suggested with a chance worth telling the asker about."""
    suggested = and_(Match.status == MatchStatus.SUGGESTED, Match.score >= _LEAST_SCORE)
    return or_(Match.status.in_(CHOSEN), suggested)


@dataclass(frozen=True, slots=True)
class Likely:
    """The best standing match of an organisation, and how many others of its offers could fit."""

    match: Match
    others: int


def likely_matches(session: Session, actor: Actor, need: Need) -> list[Likely]:
    """Return the best match of each of the best few organisations."""
    chosen = (
        select(Match)
        .join(Match.offer)
        .where(Match.need_id == need.id, offers_visible_to(actor), _could_fit())
        .options(
            contains_eager(Match.offer).options(
                joinedload(Offer.organisation).joinedload(Organisation.municipality)
            )
        )
    )
    found: dict[int, list[Match]] = {}
    for match in sorted(session.scalars(chosen), key=by_rank):
        found.setdefault(match.offer.organisation_id, []).append(match)
    return [Likely(matches[0], len(matches) - 1) for matches in found.values()][:MOST_LIKELY]


def approved_matches(session: Session, need: Need) -> list[Match]:
    """Return the approved matches of a need with their offers."""
    chosen = (
        select(Match)
        .where(Match.need_id == need.id, Match.status.in_(CHOSEN))
        .order_by(Match.updated_at, Match.id)
        .options(joinedload(Match.offer).joinedload(Offer.organisation))
        .options(joinedload(Match.need), selectinload(Match.decisions))
    )
    return list(session.scalars(chosen))


def contacts_of(session: Session, organisation_id: int) -> list[tuple[int, str]]:
    """Return the people of an organisation by id and name."""
    chosen = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, User.is_active)
        .order_by(User.name, User.id)
    )
    return [(row[0], row[1]) for row in session.execute(chosen)]


def organisations_of(session: Session, actor: Actor) -> list[Organisation]:
    """Return the actor's organisations by name, each with its municipality."""
    chosen = (
        select(Organisation)
        .where(Organisation.id.in_(actor.organisation_ids))
        .order_by(Organisation.name, Organisation.id)
        .options(joinedload(Organisation.municipality))
    )
    return list(session.scalars(chosen))


def types_of(organisations: Iterable[Organisation]) -> set[OrganisationType]:
    """Return the types among some organisations."""
    return {organisation.type for organisation in organisations}


def activity_labels(session: Session) -> dict[str, str]:
    """Return the name of every activity."""
    return {row[0]: row[1] for row in session.execute(select(Activity.id, Activity.label))}
