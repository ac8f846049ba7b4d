"""Who takes a step on a match, on whose behalf, and one person at a time."""

from datetime import date

from sqlalchemy.orm import Session

from models import Match
from models.states import Side
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, ForbiddenError
from web.services.introductions import introduction, introductions_of
from web.services.matching import Fresh, rank_fresh
from web.services.need_state import lock_need
from web.services.visibility import interested


def own_sides(actor: Actor, match: Match) -> tuple[Side, ...]:
    """Return the sides for which an actor speaks: none, one, or both."""
    sides = {
        Side.NEED: match.need.organisation_id,
        Side.OFFER: match.offer.organisation_id,
    }
    return tuple(side for side, number in sides.items() if number in actor.organisation_ids)


def speaks_for(actor: Actor, match: Match, side: Side) -> Side:
    """Return as what an actor answers for a side: as that side, or as its coordinator.

    Raises `ForbiddenError` for whoever may only look on.
    """
    return side if side in own_sides(actor, match) else _coordinates(actor, match)


def steps_as(actor: Actor, match: Match) -> Side:
    """Return as what an actor takes a step: as a side, or as the coordinator of both."""
    own = own_sides(actor, match)
    return own[0] if own else _coordinates(actor, match)


def may_coordinate(actor: Actor, match: Match) -> bool:
    """Tell whether an actor may do for the two sides what they told him."""
    return match.need.region_id in actor.coordinator_regions and not interested(
        actor, match.need, match.offer
    )


def _coordinates(actor: Actor, match: Match) -> Side:
    if not may_coordinate(actor, match):
        raise ForbiddenError("interest")
    return Side.COORDINATOR


def locked(session: Session, actor: Actor, match_id: int) -> Match:
    """Return a match of the actor's concern as it is once nobody else is at its need.

    Raises `NotFoundError` where it does not concern him, and `ConflictError` if it does no more.
    """
    lock_need(session, introduction(session, actor, match_id).need)
    chosen = introductions_of(actor).where(Match.id == match_id)
    match = session.scalar(chosen.execution_options(populate_existing=True))
    if match is None:
        raise ConflictError("stale")
    return match


def ranked_and_locked(
    session: Session, catalogue: Catalogue, actor: Actor, match_id: int, on: date
) -> tuple[Match, Fresh]:
    """Return the same, with what to suggest should the need be open again.

    The shelf is lent before the need is locked, as everywhere.
    """
    need = introduction(session, actor, match_id).need
    with catalogue.open(session) as shelf:
        fresh = rank_fresh(session, shelf, need, on)
    return locked(session, actor, match_id), fresh


def check_seen(match: Match, seen_version: int | None) -> None:
    """Refuse what was decided on an older state of the match."""
    if match.version != seen_version:
        raise ConflictError("stale")
