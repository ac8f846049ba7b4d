"""What a decision leaves behind: the moved match, the decision itself, and an event."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models import Decision, Match, Need
from models.states import MatchStatus
from web.services import events
from web.services.actor import Actor
from web.services.errors import ConflictError
from web.services.pair_marks import marks
from web.services.verdicts import Standing, Verdict


def record_decision(
    session: Session,
    actor: Actor,
    need: Need,
    match: Match,
    verdict: Verdict,
    standing: Standing | None,
    action: str,
) -> None:
    """Move the match; write the decision, and an event that keeps score and reasons of now.

    That of an approval keeps among what was chosen, too. standing: None when it is undone.
    """
    position = standing.position if standing else None
    assert actor.user_id is not None
    before, match.status = match.status, verdict.to
    match.decisions.append(
        Decision(
            actor_id=actor.user_id,
            from_status=before,
            to_status=verdict.to,
            refusal_reason=verdict.refusal_reason,
            words=verdict.words,
            position=position,
        )
    )
    flush(session)
    was, reason = {"status": before.value}, verdict.words
    after = {
        **snapshot(match),
        "position": position,
        "refusal": verdict.refusal_reason,
        "marks": marks(need, match.offer),
    }
    if standing and verdict.to is MatchStatus.APPROVED:
        after |= standing.choice.recorded()
    tell(session, actor, need, match, action, before=was, after=after, reason=reason)


def tell(
    session: Session, actor: Actor, need: Need, match: Match, action: str, **facts: Any
) -> None:
    """Write an event about a match in the region of its need."""
    region = need.region_id
    events.record(session, actor, "match", match.id, action, region_id=region, **facts)


def snapshot(match: Match) -> dict[str, Any]:
    """Return what the match looked like, since a later ranking may renew it after an undo."""
    return {
        "need": match.need_id,
        "offer": match.offer_id,
        "status": match.status.value,
        "score": match.score,
        "reasons": match.reasons,
        "cautions": match.cautions,
        "weights_version": match.weights_version,
    }


def flush(session: Session) -> None:
    """Write what is pending; raises `ConflictError` when somebody else was first."""
    try:
        session.flush()
    except (IntegrityError, StaleDataError) as error:
        raise ConflictError("stale") from error
