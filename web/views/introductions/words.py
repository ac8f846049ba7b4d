"""Where a match stands, in words: its way, what is asked now, and what each side did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date

from models import Answer, Match, MatchStep
from models.states import AnswerKind, MatchStatus, Side
from web.database import db
from web.i18n import N_, _, _n
from web.labels import label_of
from web.login import current_actor
from web.services.conversation import questions
from web.services.match_life.answers import approval_of
from web.services.match_life.overview import Ask, Overview

_WAY = (
    (MatchStatus.APPROVED, N_("Proposed")),
    (MatchStatus.INTRODUCED, N_("Introduced")),
    (MatchStatus.AGREED, N_("Agreed")),
    (MatchStatus.RUNNING, N_("Work begun")),
    (MatchStatus.DONE, N_("Done")),
)
_ASKED = {
    Ask.ANSWER: N_("Do you want to meet? Say yes or no, or ask something first."),
    Ask.OTHER_ANSWERS: N_("You said yes. We wait for the answer of %(other)s."),
    Ask.AGREE: N_("Talk to each other, and write down here what you agree on."),
    Ask.BEGIN: N_("The day of the start is there. Say so when the work has begun."),
    Ask.STARTS_LATER: N_("Agreed. The work starts on %(day)s."),
    Ask.FINISH: N_("The agreed end is there. Is the work done? Tell what came of it."),
    Ask.WORKS: N_("The work is going on. Once it is done, tell what came of it."),
}
#: For whoever looks on.
_SEEN = {
    Ask.ANSWER: N_("We wait for the answer of %(waits)s."),
    Ask.OTHER_ANSWERS: N_("Both sides answered."),
    Ask.AGREE: N_("Both said yes and are talking to each other."),
    Ask.BEGIN: N_("The day of the start is there. Has the work begun?"),
    Ask.FINISH: N_("The agreed end is there. Is the work done?"),
    Ask.WORKS: N_("The work is going on."),
}
#: For a list.
_SHORT = {
    Ask.ANSWER: N_("Waits for your answer"),
    Ask.OTHER_ANSWERS: N_("Waits for the other side"),
    Ask.AGREE: N_("Write down what you agree on"),
    Ask.BEGIN: N_("Has the work begun?"),
    Ask.FINISH: N_("Tell what came of it"),
}
_STEPS = {
    MatchStatus.INTRODUCED: N_("Both sides said yes: they are introduced"),
    MatchStatus.AGREED: N_("wrote down what was agreed"),
    MatchStatus.RUNNING: N_("said that the work began"),
    MatchStatus.DONE: N_("told what came of it"),
    MatchStatus.FELL_THROUGH: N_("said that it does not go through"),
}
_ANSWERS = {
    AnswerKind.YES: N_("said yes"),
    AnswerKind.NO: N_("said no"),
    AnswerKind.TAKEN_BACK: N_("took the no back"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A state on the way; `when` says in words whether it is behind, here or to come."""

    label: str
    when: str
    here: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what was done."""

    at: datetime
    who: str
    what: str
    detail: str = ""


def way(found: Overview) -> list[Stop]:
    """Return the states from proposal to end; what fell through ends where it did."""
    status = found.match.status
    fell = status is MatchStatus.FELL_THROUGH
    last = found.steps[-1].from_status if fell and found.steps else status
    order = [state for state, _label in _WAY]
    here = order.index(last) if last in order else 0
    stops = [
        Stop(
            _(label),
            _("done") if place < here or fell else _("now") if place == here else _("later"),
            place == here and not fell,
            place < here or fell,
        )
        for place, (_state, label) in enumerate(_WAY)
        if not fell or place <= here
    ]
    return [*stops, Stop(label_of(status), _("now"), True, False)] if fell else stops


def asked_words(found: Overview) -> str:
    """Say what is asked of this person now; empty when nothing is."""
    need, offer = found.match.need, found.match.offer
    names = {Side.NEED: need.organisation.name, Side.OFFER: offer.organisation.name}
    if not found.own:
        waits = ", ".join(names[side] for side in found.unanswered)
        words = _SEEN.get(found.ask) or _ASKED.get(found.ask, "")
        return _(words, waits=waits, day=_start(found)) if words else ""
    other = names[Side.OFFER if found.own[0] is Side.NEED else Side.NEED]
    words = _ASKED.get(found.ask, "")
    return _(words, other=other, day=_start(found)) if words else ""


def _start(found: Overview) -> str:
    agreed = found.agreement
    return str(format_date(agreed.start_date, "d MMMM y")) if agreed else ""


def short_ask(ask: Ask) -> str:
    """Say in a list what is next, empty when nothing is."""
    return _(_SHORT[ask]) if ask in _SHORT else ""


def timeline(found: Overview) -> list[Happening]:
    """Return what was done on a match, the newest first.

    People are named to those who may call them; to the others their organisation is.
    """
    lines = [*_approval(found), *_answers(found, found.said), *_steps(found, found.steps)]
    # Of what was done in one moment the last stands first as well.
    return sorted(lines, key=lambda line: line.at)[::-1]


def _approval(found: Overview) -> Iterable[Happening]:
    approval = approval_of(found.match)
    if approval is not None:
        yield Happening(approval.at, _("The coordinator"), _("proposed this match"))


def _answers(found: Overview, said: Iterable[Answer]) -> Iterable[Happening]:
    for one in said:
        who = _name(found, one.side, one.actor.name)
        if one.by_coordinator:
            who = _("The coordinator, for %(name)s,", name=_name(found, one.side, ""))
        reason = [label_of(one.reason)] if one.reason else []
        yield Happening(
            one.at, who, _(_ANSWERS[one.kind]), " · ".join([*reason, *filter(None, [one.words])])
        )


def _steps(found: Overview, steps: Iterable[MatchStep]) -> Iterable[Happening]:
    before: MatchStep | None = None
    for step in steps:
        undoes = before is not None and (before.to_status, before.from_status) == (
            step.from_status,
            step.to_status,
        )
        before = None if undoes else step
        # A no of a side stands there already as its answer.
        if step.to_status is MatchStatus.FELL_THROUGH and step.from_status is MatchStatus.APPROVED:
            continue
        who = _name(found, step.side, step.actor.name if step.actor else "")
        what = _("took a step back") if undoes else _(_STEPS.get(step.to_status, ""))
        if step.to_status is MatchStatus.INTRODUCED and not undoes:
            who = ""
        reason = [label_of(step.reason)] if step.reason else []
        yield Happening(step.at, who, what, " · ".join([*reason, *filter(None, [step.words])]))


def _name(found: Overview, side: Side, person: str) -> str:
    if side is Side.COORDINATOR:
        return _("The coordinator")
    match = found.match
    of = match.need if side is Side.NEED else match.offer
    shown = person if found.contacts or side in found.own else ""
    return f"{shown} ({of.organisation.name})" if shown else of.organisation.name


def talk_words(match: Match) -> str:
    """Say what was asked on a match, and how much waits for this person's answer."""
    waiting = questions.count_waiting(db(), current_actor(), [match]).get(match.id, 0)
    if waiting:
        return _n(
            "%(num)d question waits for your answer.",
            "%(num)d questions wait for your answer.",
            waiting,
        )
    asked = len(questions.questions_of(db(), match))
    if asked:
        return _n("%(num)d question was asked.", "%(num)d questions were asked.", asked)
    return _("Do you want to know something first, or look at the work together?")
