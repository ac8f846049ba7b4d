"""The two sides answer an approval: yes, or no with a reason.

When the last answer of both is yes they are introduced; a no lets the match fall through. Who is
silent leaves it approved. Until both said yes neither sees whom to call at the other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Answer, Decision, Match
from models.marker import N_
from models.states import AnswerKind, FallReason, MatchStatus, Side
from web.services import match_mail
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, InvalidError
from web.services.match_life.moving import move, note
from web.services.match_life.taking import ranked_and_locked, speaks_for
from web.services.matching import Fresh
from web.services.need_state import OPEN_NEED, settle_need
from web.services.texts import LONGEST_TEXT, clean_text

SIDES = (Side.NEED, Side.OFFER)
_COUNTS = (AnswerKind.YES, AnswerKind.NO, AnswerKind.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class Said:
    """What a side says: for which side, what, and why."""

    side: Side
    kind: AnswerKind
    reason: FallReason | None = None
    words: str | None = None


def answer(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    match_id: int,
    said: Said,
    *,
    seen_approval: int | None,
    on: date,
) -> Match:
    """Write down what a side says; a coordinator may write what that side told him, with words.

    seen_approval: the approval that the person saw. Raises `ConflictError` with `stale` when there
    is another or none, `need_closed` when the asker took the need back, `answered` when the other
    side said no meanwhile or both said yes already.
    """
    match, fresh = ranked_and_locked(session, catalogue, actor, match_id, on)
    if said.side not in SIDES:
        raise ConflictError("stale")
    by = speaks_for(actor, match, said.side)
    said = _checked(said, by)
    approval = approval_of(match)
    if approval is None or approval.id != seen_approval:
        raise ConflictError("stale")
    if _repeated(session, actor, match, said, approval):
        return match
    _check_open(match)
    session.add(
        Answer(
            match_id=match.id,
            decision_id=approval.id,
            side=said.side,
            kind=said.kind,
            reason=said.reason,
            words=said.words,
            actor_id=actor.user_id,
            by_coordinator=by is Side.COORDINATOR,
        )
    )
    session.flush()
    after = {"side": said.side.value, "answer": said.kind.value, "why": said.reason}
    note(
        session, actor, match, "answered", after={**after, "by_coordinator": by is Side.COORDINATOR}
    )
    _follow(session, actor, match, said, by, fresh)
    return match


def _follow(
    session: Session, actor: Actor, match: Match, said: Said, by: Side, fresh: Fresh
) -> None:
    """Do what an answer brings about."""
    if said.kind is AnswerKind.NO:
        move(
            session,
            actor,
            match,
            by,
            MatchStatus.FELL_THROUGH,
            reason=said.reason,
            words=said.words,
        )
        settle_need(session, actor, match.need, fresh)
        match_mail.tell_fell_through(session, match, said.side)
    elif all(side in yes_sides(session, match) for side in SIDES):
        move(session, actor, match, by, MatchStatus.INTRODUCED)
        match_mail.introduce(session, match, match.need, match.offer)


def _checked(said: Said, by: Side) -> Said:
    if said.kind is AnswerKind.TAKEN_BACK:
        # No page of ours sends that.
        raise ConflictError("stale")
    words = clean_text(said.words) or None
    problems = {}
    if said.kind is AnswerKind.NO and said.reason is None:
        problems["reason"] = N_("Choose why it does not fit.")
    elif said.reason is FallReason.OTHER and not words:
        problems["words"] = N_("Write in a few words what the reason is.")
    if by is Side.COORDINATOR and not words:
        problems["words"] = N_("Write how you know this, for instance who told you on the phone.")
    if words and len(words) > LONGEST_TEXT:
        problems["words"] = N_("This text is too long.")
    if problems:
        raise InvalidError(problems)
    return Said(said.side, said.kind, said.reason if said.kind is AnswerKind.NO else None, words)


def _repeated(session: Session, actor: Actor, match: Match, said: Said, approval: Decision) -> bool:
    """Tell whether the same person says the same again, as a double click does."""
    chosen = select(Answer).where(Answer.match_id == match.id, Answer.decision_id == approval.id)
    last = session.scalar(
        chosen.where(Answer.side == said.side).order_by(Answer.id.desc()).limit(1)
    )
    return (
        last is not None
        and last.actor_id == actor.user_id
        and (last.kind, last.reason, last.words) == (said.kind, said.reason, said.words)
    )


def _check_open(match: Match) -> None:
    if match.status is not MatchStatus.APPROVED:
        raise ConflictError("answered")
    if match.need.status not in OPEN_NEED:
        raise ConflictError("need_closed")


def approval_of(match: Match) -> Decision | None:
    """Return the approval that the sides answer."""
    approvals = [one for one in match.decisions if one.to_status is MatchStatus.APPROVED]
    return approvals[-1] if approvals else None


def answers_of(session: Session, matches: Collection[Match]) -> dict[int, list[Answer]]:
    """Return what was said to the last approval of each match, the oldest first."""
    approvals = {one.id for match in matches if (one := approval_of(match))}
    chosen = select(Answer).where(Answer.decision_id.in_(approvals)).order_by(Answer.id)
    found: dict[int, list[Answer]] = {match.id: [] for match in matches}
    for said in session.scalars(chosen.options(joinedload(Answer.actor))):
        found[said.match_id].append(said)
    return found


def standing_answers(answers: Collection[Answer]) -> dict[Side, Answer]:
    """Return each side's yes or no that counts: the last one, unless it was taken back."""
    last = {one.side: one for one in answers if one.kind in _COUNTS}
    return {side: one for side, one in last.items() if one.kind is not AnswerKind.TAKEN_BACK}


def yes_sides(session: Session, match: Match) -> set[Side]:
    """Return the sides whose last answer is yes."""
    said = standing_answers(answers_of(session, [match])[match.id])
    return {side for side, one in said.items() if one.kind is AnswerKind.YES}


def take_back(session: Session, actor: Actor, match: Match) -> None:
    """Note that the no which let a match fall through does not count any more."""
    approval = approval_of(match)
    assert approval is not None
    said = standing_answers(answers_of(session, [match])[match.id])
    for side, one in said.items():
        if one.kind is AnswerKind.NO:
            session.add(
                Answer(
                    match_id=match.id,
                    decision_id=approval.id,
                    side=side,
                    kind=AnswerKind.TAKEN_BACK,
                    actor_id=actor.user_id,
                    by_coordinator=speaks_for(actor, match, side) is Side.COORDINATOR,
                )
            )
    session.flush()
