"""Questions of one side of a match, and answers of the other, before contacts are shared and after.

What the asker of a need marks as public is seen by every supplier who is invited for it, without
who asked, so that all know the same. Until both sides said yes, a text that tells how to reach
somebody is refused: each would have given his contact without having said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models import Attachment, Match, Question, now
from models.marker import N_
from models.match_life import HOLDING, MET, PUT_TO_SIDES
from models.states import Side
from web.services import match_mail
from web.services.actor import Actor
from web.services.conversation.files import CheckedFile
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from web.services.introductions import introduction
from web.services.match_life.moving import note
from web.services.match_life.taking import own_sides
from web.services.profile_check import Giveaway, check_profile
from web.services.storing import stored_once
from web.services.texts import LONGEST_TEXT, clean_text

#: Questions that one side may have waiting on one match.
MOST_OPEN = 20
_OTHER = {Side.NEED: Side.OFFER, Side.OFFER: Side.NEED}


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as somebody sends it, with its files; key: of this submit, so that twice is once."""

    words: str | None
    files: Sequence[CheckedFile] = field(default_factory=tuple)
    key: str | None = None


def ask(session: Session, actor: Actor, match_id: int, side: Side, typed: Typed) -> Question:
    """Ask the other side something; raises `ConflictError` `closed` once the match ended."""
    match = introduction(session, actor, match_id)
    _speaks(actor, match, side)
    words = _checked(match, typed)
    if match.status not in HOLDING:
        raise ConflictError("closed")
    open_ones = select(func.count()).where(
        Question.match_id == match.id, Question.side == side, Question.answer.is_(None)
    )
    if (session.scalar(open_ones) or 0) >= MOST_OPEN:
        raise InvalidError({"words": N_("Wait for an answer to your other questions first.")})
    values = {
        "match_id": match.id,
        "need_id": match.need_id,
        "side": side,
        "words": words,
        "asker_id": actor.user_id,
        "submission_key": typed.key,
    }
    question, made = stored_once(session, Question, values)
    if not made:
        return question
    _keep(session, actor, question, typed.files, of_answer=False)
    note(session, actor, match, "question_asked", after={"question": question.id, "side": side})
    match_mail.pass_question(session, match, side, words)
    return question


def answer(
    session: Session,
    actor: Actor,
    question_id: int,
    typed: Typed,
    *,
    public: bool,
    seen_version: int | None,
) -> Question:
    """Answer a question of the other side, once; the asker of the need may make it public."""
    question = question_for(session, actor, question_id)
    match = introduction(session, actor, question.match_id)
    side = _OTHER[question.side]
    _speaks(actor, match, side)
    words = _checked(match, typed)
    if question.answer is not None or question.version != seen_version:
        raise ConflictError("answered")
    question.answer, question.answered_at = words, now()
    question.answerer_id = actor.user_id
    question.is_public = public and side is Side.NEED
    session.flush()
    _keep(session, actor, question, typed.files, of_answer=True)
    after = {"question": question.id, "side": side, "public": question.is_public}
    note(session, actor, match, "question_answered", after=after)
    match_mail.pass_answer(session, match, side, words)
    if question.is_public:
        _tell_others(session, question)
    return question


def set_public(
    session: Session, actor: Actor, question_id: int, *, public: bool, seen_version: int | None
) -> Question:
    """Show an answered question to all who are invited for the need, or no longer."""
    question = question_for(session, actor, question_id)
    match = introduction(session, actor, question.match_id)
    _speaks(actor, match, Side.NEED)
    if question.answer is None or question.side is not Side.OFFER:
        raise ForbiddenError("not_to_share")
    if question.version != seen_version:
        raise ConflictError("stale")
    if question.is_public is not public:
        question.is_public = public
        session.flush()
        after = {"question": question.id, "public": public}
        note(session, actor, match, "question_shared", after=after)
        if public:
            _tell_others(session, question)
    return question


def _tell_others(session: Session, question: Question) -> None:
    """Tell the other suppliers who are invited what all may know."""
    others = select(Match).where(
        Match.need_id == question.need_id, Match.id != question.match_id, Match.status.in_(HOLDING)
    )
    for match in session.scalars(others.options(joinedload(Match.need), joinedload(Match.offer))):
        match_mail.tell_public_answer(session, match, f"{question.words}\n\n{question.answer}")


def _speaks(actor: Actor, match: Match, side: Side) -> None:
    if side not in own_sides(actor, match):
        raise ForbiddenError("not_your_side")


def _checked(match: Match, typed: Typed) -> str:
    words = clean_text(typed.words)
    problem = problem_with(match, words)
    if problem:
        raise InvalidError({"words": problem})
    return words


def problem_with(match: Match, words: str) -> str | None:
    """Return why a cleaned text cannot be sent to the other side; None when it can."""
    if not words:
        return N_("Write something first.")
    if len(words) > LONGEST_TEXT:
        return N_("This text is too long.")
    gives_contact = any(found.category is Giveaway.CONTACT for found in check_profile(words))
    if match.status not in MET and gives_contact:
        return N_("Leave out phone numbers and mail addresses: you get those once both said yes.")
    return None


def _keep(
    session: Session,
    actor: Actor,
    question: Question,
    files: Sequence[CheckedFile],
    *,
    of_answer: bool,
) -> None:
    assert actor.user_id is not None
    for sent in files:
        session.add(
            Attachment(
                question_id=question.id,
                of_answer=of_answer,
                name=sent.name,
                media_type=sent.media_type,
                size=len(sent.content),
                owner_id=actor.user_id,
                content=sent.content,
            )
        )
    session.flush()


def question_for(session: Session, actor: Actor, question_id: int) -> Question:
    """Return a question of a match that concerns the actor; raises `NotFoundError`."""
    question = session.get(Question, question_id, options=[selectinload(Question.files)])
    if question is None:
        raise NotFoundError
    introduction(session, actor, question.match_id)
    return question


def questions_of(session: Session, match: Match) -> list[Question]:
    """Return what was asked on a match, the oldest first."""
    chosen = select(Question).where(Question.match_id == match.id).order_by(Question.id)
    return list(session.scalars(chosen.options(selectinload(Question.files))))


def public_questions(session: Session, match: Match) -> list[Question]:
    """Return what others asked on the same need and all may know, the oldest first."""
    chosen = select(Question).where(
        Question.need_id == match.need_id, Question.is_public, Question.match_id != match.id
    )
    ordered = chosen.order_by(Question.id).options(selectinload(Question.files))
    return list(session.scalars(ordered))


def attachment_for(session: Session, actor: Actor, attachment_id: int) -> Attachment:
    """Return a file that the actor may read, with its content; raises `NotFoundError`.

    He may when the match concerns him, or when all who are invited for the need may know it.
    """
    found = session.get(Attachment, attachment_id)
    if found is None:
        raise NotFoundError
    question = found.question
    if question.is_public and _is_invited(session, actor, question.need_id):
        return found
    introduction(session, actor, question.match_id)
    return found


def _is_invited(session: Session, actor: Actor, need_id: int) -> bool:
    chosen = select(Match).where(Match.need_id == need_id, Match.status.in_(PUT_TO_SIDES))
    matches = session.scalars(chosen.options(joinedload(Match.offer))).all()
    return any(match.offer.organisation_id in actor.organisation_ids for match in matches)


def count_waiting(session: Session, actor: Actor, matches: Sequence[Match]) -> dict[int, int]:
    """Return how many questions wait for the actor's answer, by match."""
    asked_by = {match.id: own_sides(actor, match) for match in matches}
    chosen = select(Question.match_id, Question.side).where(
        Question.match_id.in_(list(asked_by)), Question.answer.is_(None)
    )
    found: dict[int, int] = {}
    for match_id, side in session.execute(chosen):
        if _OTHER[side] in asked_by[match_id]:
            found[match_id] = found.get(match_id, 0) + 1
    return found
