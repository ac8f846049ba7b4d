"""Moving a match from state to state, and the rows that remember it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Match, MatchStep
from models.match_life import HOLDING, may_follow
from models.states import FallReason, MatchStatus, Side
from web.services.actor import Actor
from web.services.catalogue import stamp
from web.services.decision_record import flush, tell
from web.services.errors import ConflictError

#: The action of the record that brings a match to a state.
ACTIONS = {
    MatchStatus.INTRODUCED: "introduced",
    MatchStatus.AGREED: "agreed",
    MatchStatus.RUNNING: "began",
    MatchStatus.DONE: "ended",
    MatchStatus.FELL_THROUGH: "fell_through",
}
UNDONE = "step_undone"


def move(
    session: Session,
    actor: Actor,
    match: Match,
    side: Side,
    to: MatchStatus,
    *,
    reason: FallReason | None = None,
    words: str | None = None,
    undoes: bool = False,
    facts: dict[str, Any] | None = None,
) -> MatchStep:
    """Bring a match to another state; write the step and the event.

    Raises `ConflictError` where the table of steps knows no such one. words stay out of the
    record: it keeps for ever what somebody may want forgotten.
    """
    before = match.status
    if not may_follow(before, to):
        raise ConflictError("stale")
    match.status = to
    if (before in HOLDING) is not (to in HOLDING):
        stamp(session, match.offer)
    step = MatchStep(
        match_id=match.id,
        actor_id=actor.user_id,
        side=side,
        from_status=before,
        to_status=to,
        reason=reason,
        words=words,
    )
    session.add(step)
    flush(session)
    note(
        session,
        actor,
        match,
        UNDONE if undoes else ACTIONS[to],
        before={"status": before.value},
        after={"status": to.value, "side": side.value, "why": reason, **(facts or {})},
    )
    return step


def note(
    session: Session,
    actor: Actor,
    match: Match,
    action: str,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> None:
    """Write an event about a match, with its need and offer."""
    pair = {"need": match.need_id, "offer": match.offer_id}
    tell(session, actor, match.need, match, action, before=before, after={**pair, **after})


def steps_of(session: Session, match_id: int) -> Sequence[MatchStep]:
    """Return the steps of a match, the oldest first."""
    chosen = select(MatchStep).where(MatchStep.match_id == match_id).order_by(MatchStep.id)
    return session.scalars(chosen.options(joinedload(MatchStep.actor))).all()


def standing(steps: Sequence[MatchStep]) -> list[MatchStep]:
    """Return the steps that were not taken back."""
    kept: list[MatchStep] = []
    for step in steps:
        if (
            kept
            and kept[-1].to_status is step.from_status
            and kept[-1].from_status is step.to_status
        ):
            kept.pop()
        else:
            kept.append(step)
    return kept


def repeated(session: Session, actor: Actor, match: Match, to: MatchStatus) -> bool:
    """Tell whether the same person asks the same again, as a double click does."""
    steps = steps_of(session, match.id)
    return match.status is to and bool(steps) and steps[-1].actor_id == actor.user_id
