"""All that a page shows of a match put to its sides: where it stands, and what comes next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Agreement, Answer, Match, MatchCheck, MatchStep
from models.match_life import MET
from models.states import CheckItem, MatchStatus, Side
from web.services.actor import Actor
from web.services.introductions import introduction
from web.services.match_life.agreements import agreement_of
from web.services.match_life.answers import SIDES, answers_of, standing_answers
from web.services.match_life.checklist import checks_of, is_enclave
from web.services.match_life.moving import steps_of
from web.services.match_life.retention import Question, questions
from web.services.match_life.taking import may_coordinate, own_sides
from web.services.match_life.undoing import undoable


class Ask(StrEnum):
    """What is to be done next on a match, for whoever looks at it."""

    ANSWER = "answer"
    OTHER_ANSWERS = "other_answers"
    AGREE = "agree"
    BEGIN = "begin"
    STARTS_LATER = "starts_later"
    FINISH = "finish"
    WORKS = "works"
    NOTHING = "nothing"


#: What waits for one of the two sides, not for a day.
FOR_SIDES = frozenset({Ask.ANSWER, Ask.AGREE, Ask.BEGIN, Ask.FINISH})


@dataclass(frozen=True, slots=True)
class Overview:
    """A match as one person may see it; `said` and `steps` are told oldest first.

    own: the sides he speaks for; helps: he may do for both what they told him; contacts: he may
    see whom to call; undo: the step that he may take back.
    """

    match: Match
    own: tuple[Side, ...]
    helps: bool
    contacts: bool
    said: Sequence[Answer]
    answers: Mapping[Side, Answer]
    steps: Sequence[MatchStep]
    agreement: Agreement | None
    enclave: bool
    checks: Mapping[CheckItem, MatchCheck]
    retention: Sequence[Question]
    undo: MatchStep | None
    ask: Ask

    @property
    def acts(self) -> bool:
        """Tell whether this person may take a step."""
        return bool(self.own) or self.helps

    @property
    def unanswered(self) -> list[Side]:
        """Return the sides that still have to say yes or no."""
        return [side for side in SIDES if side not in self.answers]


def overview(session: Session, actor: Actor, match_id: int, moment: datetime) -> Overview:
    """Return a match of the actor's concern; raises `NotFoundError` where it is not."""
    match = introduction(session, actor, match_id)
    said = answers_of(session, [match])[match.id]
    steps = steps_of(session, match.id)
    agreement, own = agreement_of(session, match.id), own_sides(actor, match)
    answers = standing_answers(said)
    coordinates = match.need.region_id in actor.coordinator_regions
    return Overview(
        match=match,
        own=own,
        helps=may_coordinate(actor, match),
        contacts=match.status in MET or coordinates,
        said=said,
        answers=answers,
        steps=steps,
        agreement=agreement,
        enclave=is_enclave(match),
        checks=checks_of(session, match.id),
        retention=questions(session, match, agreement),
        undo=undoable(actor, match, steps, moment),
        ask=next_ask(match, own, answers, agreement, moment.date()),
    )


def next_asks(
    session: Session, actor: Actor, matches: Collection[Match], on: date
) -> dict[int, Ask]:
    """Return what is next on each match of a list."""
    said = answers_of(session, matches)
    chosen = select(Agreement).where(Agreement.match_id.in_([match.id for match in matches]))
    agreements = {one.match_id: one for one in session.scalars(chosen)}
    return {
        match.id: next_ask(
            match,
            own_sides(actor, match),
            standing_answers(said[match.id]),
            agreements.get(match.id),
            on,
        )
        for match in matches
    }


def next_ask(
    match: Match,
    own: Collection[Side],
    answers: Mapping[Side, Answer],
    agreement: Agreement | None,
    on: date,
) -> Ask:
    """Return what is next; who speaks for no side is told what the sides wait for."""
    match match.status:
        case MatchStatus.APPROVED:
            waits = [side for side in (own or SIDES) if side not in answers]
            return Ask.ANSWER if waits else Ask.OTHER_ANSWERS
        case MatchStatus.INTRODUCED:
            return Ask.AGREE
        case MatchStatus.AGREED:
            begins = agreement is None or agreement.start_date <= on
            return Ask.BEGIN if begins else Ask.STARTS_LATER
        case MatchStatus.RUNNING:
            ends = agreement is not None and agreement.end_date and agreement.end_date <= on
            return Ask.FINISH if ends else Ask.WORKS
        case _:
            return Ask.NOTHING
