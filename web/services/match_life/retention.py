"""Whether somebody who was hired is still there after 1, 6 and 12 months."""

import calendar
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from matcher.vocabulary import NeedKind
from models import Agreement, Match, RetentionCheck
from models.states import MatchStatus, StillThere
from web.services.actor import Actor
from web.services.errors import ConflictError
from web.services.match_life.agreements import agreement_of
from web.services.match_life.moving import note
from web.services.match_life.taking import locked, steps_as

MONTHS = (1, 6, 12)
_WHILE = (MatchStatus.RUNNING, MatchStatus.DONE)


@dataclass(frozen=True, slots=True)
class Question:
    """A day on which it is asked, and what was answered."""

    months: int
    due: date
    answer: RetentionCheck | None


def questions(session: Session, match: Match, agreement: Agreement | None) -> list[Question]:
    """Return what is asked of a vacancy that somebody started in; nothing of anything else."""
    if match.need.kind is not NeedKind.VACANCY or match.status not in _WHILE or agreement is None:
        return []
    if agreement.hired is False:
        return []
    chosen = select(RetentionCheck).where(RetentionCheck.match_id == match.id)
    rows = session.scalars(chosen.options(joinedload(RetentionCheck.actor)))
    answers = {one.months: one for one in rows}
    start = agreement.real_start or agreement.start_date
    return [Question(m, months_after(start, m), answers.get(m)) for m in MONTHS]


def months_after(start: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def record_retention(
    session: Session, actor: Actor, match_id: int, months: int, still_there: StillThere, on: date
) -> Match:
    """Note whether the person still works there; a later answer takes the place of an earlier one.

    Raises `ConflictError` (`too_early`) before the day on which it is asked.
    """
    match = locked(session, actor, match_id)
    steps_as(actor, match)
    asked = {one.months: one for one in questions(session, match, agreement_of(session, match.id))}
    if months not in asked:
        raise ConflictError("stale")
    if asked[months].due > on:
        raise ConflictError("too_early")
    stored = asked[months].answer
    before = {"still_there": stored.still_there.value} if stored else {}
    if stored is not None and stored.still_there is still_there:
        return match
    if stored is None:
        stored = RetentionCheck(match_id=match.id, months=months)
        session.add(stored)
    assert actor.user_id is not None
    stored.still_there, stored.actor_id = still_there, actor.user_id
    session.flush()
    after = {"months": months, "still_there": still_there.value}
    note(session, actor, match, "retention", before=before, after=after)
    return match
