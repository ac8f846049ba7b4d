"""What a decision leaves behind: the moved match, the decision itself, and an event."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models import Decision, Match, Need, Offer
from models.states import MatchStatus
from web.services import events
from web.services.actor import Actor
from web.services.errors import ConflictError
from web.services.pair_marks import marks
from web.services.queue import handed_by
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
        **_handed(session, actor, need),
    }
    if standing and verdict.to is MatchStatus.APPROVED:
        after |= standing.choice.recorded()
        after |= _interest(session, actor, standing)
    tell(session, actor, need, match, action, before=was, after=after, reason=reason)


def _handed(session: Session, actor: Actor, need: Need) -> dict[str, Any]:
    """Return who handed the need to the actor, if somebody did."""
    giver, receiver = handed_by(session, need.id)
    handed = giver is not None and receiver == actor.user_id
    return {"handed_by": giver.id} if giver is not None and handed else {}


def _interest(session: Session, actor: Actor, standing: Standing) -> dict[str, Any]:
    """Return in which other offers, that could have been chosen, who chose has an interest."""
    if not actor.interest_ids:
        return {}
    considered = [offer_id for offer_id, _score in standing.choice.considered]
    chosen = select(Offer.organisation_id).distinct()
    chosen = chosen.where(Offer.id.in_(considered), Offer.organisation_id.in_(actor.interest_ids))
    found = sorted(session.scalars(chosen))
    return {"interest_in": found} if found else {}


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
