"""The life of a match: the one table of what may follow what, who takes each step, and its undoing.

The services ask it, the README draws it (`drawing`), and the database refuses every other step by
triggers (migration 0011, which keeps the copy of its day).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from models.states import MatchStatus

SUGGESTED, APPROVED = MatchStatus.SUGGESTED, MatchStatus.APPROVED
REFUSED, SET_ASIDE = MatchStatus.REFUSED, MatchStatus.SET_ASIDE
INTRODUCED, AGREED = MatchStatus.INTRODUCED, MatchStatus.AGREED
RUNNING, DONE = MatchStatus.RUNNING, MatchStatus.DONE
FELL_THROUGH = MatchStatus.FELL_THROUGH

#: A coordinator chose it, and it did not fall through: it answers its need, or a part of it.
CHOSEN = (APPROVED, INTRODUCED, AGREED, RUNNING, DONE)
#: What a page of introductions shows.
PUT_TO_SIDES = (*CHOSEN, FELL_THROUGH)
#: Both sides said yes: each may see whom to call at the other.
MET = (INTRODUCED, AGREED, RUNNING, DONE)
#: It holds people of its offer, as long as its period lasts.
HOLDING = (APPROVED, INTRODUCED, AGREED, RUNNING)
#: It takes no decision of a coordinator any more, unless that is undone.
DECIDED = (*PUT_TO_SIDES, REFUSED)

#: How long a step after the approval may be taken back, by who took it or by a coordinator.
UNDO_WITHIN = timedelta(days=7)


class Taker(StrEnum):
    """Who takes a step."""

    COORDINATOR = "coordinator"
    #: Either side, or the coordinator for them.
    SIDES = "sides"


@dataclass(frozen=True, slots=True)
class Transition:
    """A state that may follow another, and what makes it so; `undoes`: it takes a step back."""

    before: MatchStatus
    after: MatchStatus
    by: Taker
    cause: str
    undoes: bool = False


def _undo(before: MatchStatus, *after: MatchStatus, by: Taker) -> tuple[Transition, ...]:
    return tuple(Transition(before, one, by, "undo", undoes=True) for one in after)


_COORDINATOR, _SIDES = Taker.COORDINATOR, Taker.SIDES
TRANSITIONS = (
    Transition(SUGGESTED, APPROVED, _COORDINATOR, "approve"),
    Transition(SUGGESTED, REFUSED, _COORDINATOR, "refuse"),
    Transition(SUGGESTED, SET_ASIDE, _COORDINATOR, "set aside"),
    Transition(SET_ASIDE, APPROVED, _COORDINATOR, "approve"),
    Transition(SET_ASIDE, REFUSED, _COORDINATOR, "refuse"),
    Transition(APPROVED, INTRODUCED, _SIDES, "both say yes"),
    Transition(APPROVED, FELL_THROUGH, _SIDES, "one says no"),
    Transition(INTRODUCED, AGREED, _SIDES, "agree"),
    Transition(INTRODUCED, FELL_THROUGH, _SIDES, "give up"),
    Transition(AGREED, RUNNING, _SIDES, "begin"),
    Transition(AGREED, FELL_THROUGH, _SIDES, "give up"),
    Transition(RUNNING, DONE, _SIDES, "end, with the outcome"),
    *_undo(SET_ASIDE, SUGGESTED, by=_COORDINATOR),
    # Also when a side changed what it was refused for.
    *_undo(REFUSED, SUGGESTED, SET_ASIDE, by=_COORDINATOR),
    # Harmless while nobody saw the other's contact; once both said yes, it can only be given up.
    *_undo(APPROVED, SUGGESTED, SET_ASIDE, by=_COORDINATOR),
    *_undo(AGREED, INTRODUCED, by=_SIDES),
    *_undo(RUNNING, AGREED, by=_SIDES),
    *_undo(DONE, RUNNING, by=_SIDES),
    # Only to where it came from.
    *_undo(FELL_THROUGH, APPROVED, INTRODUCED, AGREED, by=_SIDES),
)
ALLOWED = frozenset((one.before, one.after) for one in TRANSITIONS)


def may_follow(before: MatchStatus, after: MatchStatus) -> bool:
    """Tell whether one state may follow another."""
    return (before, after) in ALLOWED


def drawing() -> str:
    """Return the table as a Mermaid diagram."""
    lines = ["stateDiagram-v2", "    [*] --> suggested"]
    lines += [f"    {one.before} --> {one.after}: {one.cause}" for one in TRANSITIONS]
    return "\n".join(lines)
