"""Taking back a step that was a mistake: by who took it or the coordinator, within some days."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from models import Match, MatchStep
from models.match_life import HOLDING, UNDO_WITHIN, may_follow
from models.states import MatchStatus
from web.services import match_mail
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.cover import cover_of
from web.services.errors import ConflictError, ForbiddenError
from web.services.match_life.answers import take_back
from web.services.match_life.moving import move, standing, steps_of
from web.services.match_life.taking import (
    check_seen,
    may_coordinate,
    own_sides,
    ranked_and_locked,
    steps_as,
)
from web.services.need_state import OPEN_NEED, settle_need
from web.services.promises import check_still_free


def undoable(
    actor: Actor, match: Match, steps: Sequence[MatchStep], moment: datetime
) -> MatchStep | None:
    """Return the last step if this person may take it back at this moment."""
    kept = standing(steps)
    if not kept or not may_follow(match.status, kept[-1].from_status):
        return None
    last = kept[-1]
    mine = last.side in own_sides(actor, match) or may_coordinate(actor, match)
    return last if mine and moment - last.at <= UNDO_WITHIN else None


def undo_step(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    match_id: int,
    *,
    seen_version: int | None,
    moment: datetime,
) -> Match:
    """Bring a match back to where it came from.

    Raises `ConflictError`: `nothing_to_undo`, or for what fell through `need_covered` when another
    offer took its place, `need_closed` when the asker took the need back and `promised` when its
    people were promised to somebody else.
    """
    on: date = moment.date()
    match, fresh = ranked_and_locked(session, catalogue, actor, match_id, on)
    side = steps_as(actor, match)
    check_seen(match, seen_version)
    steps = steps_of(session, match.id)
    step = undoable(actor, match, steps, moment)
    if step is None:
        kept = standing(steps)
        if kept and may_follow(match.status, kept[-1].from_status) and _in_time(kept[-1], moment):
            raise ForbiddenError("not_yours")
        raise ConflictError("nothing_to_undo")
    fell = match.status is MatchStatus.FELL_THROUGH
    if fell and match.need.status not in OPEN_NEED:
        raise ConflictError("need_closed")
    if fell and cover_of(session, match.need).covered:
        raise ConflictError("need_covered")
    back_to = step.from_status
    if match.status not in HOLDING and back_to in HOLDING:
        check_still_free(session, match)
    if fell and back_to is MatchStatus.APPROVED:
        take_back(session, actor, match)
    move(session, actor, match, side, back_to, undoes=True)
    if fell:
        settle_need(session, actor, match.need, fresh)
    match_mail.tell_undone(session, match, side)
    return match


def _in_time(step: MatchStep, moment: datetime) -> bool:
    return moment - step.at <= UNDO_WITHIN
