"""What the record teaches: every decision as a pair with its points and its label.

The record keeps the reasons of the moment of a decision, so a lesson says what the coordinator
saw, whatever the two sides changed since. Reasons that another prior made are worked out anew,
where both sides still say the same; else the decision is left out, and counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matcher.learning import Example, points_of
from matcher.weights import DEFAULT_WEIGHTS, Turn, knobs
from models import Event, Need, Offer, WeightsVersion
from models.states import MatchStatus, RefusalReason
from web.services import introductions
from web.services.catalogue import NEED_PARTS, OFFER_PARTS, Shelf
from web.services.fitting import judge_pairs
from web.services.pair_marks import marks
from web.services.weights import is_usable, stored_turn, turn_of

#: An offer put forward by hand, not decided on yet, counts as part of an approval.
BY_HAND_WEIGHT = 0.5
LABELS = {MatchStatus.APPROVED.value: True, MatchStatus.REFUSED.value: False}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an approved match: how much its decision then counts, and as what."""

    weight: float
    approved: bool = True


#: Actions of the record that tell how an approved match went. A later kind of outcome is one row.
OUTCOMES: Mapping[str, Outcome] = {
    introductions.CONTACTED: Outcome(1.5),
    "introduced": Outcome(1.5),
    "agreed": Outcome(2.0),
    # A side's no is no refusal by the coordinator: the pair fitted well enough to be put to them.
    "fell_through": Outcome(0.5),
    "step_undone": Outcome(1.0),
}

#: The criteria that a refusal names; `CONDITIONS` stands for those that no other reason names.
NAMED: Mapping[RefusalReason, frozenset[str]] = {
    RefusalReason.WRONG_ACTIVITY: frozenset({"text", "activity"}),
    RefusalReason.TOO_FAR: frozenset({"distance"}),
    RefusalReason.NO_CAPACITY: frozenset({"capacity", "amount", "order"}),
    RefusalReason.WRONG_PERIOD: frozenset({"period", "season", "hours", "schedule"}),
    RefusalReason.MISSING_CERTIFICATE: frozenset({"certificates", "licences"}),
}


@dataclass(slots=True)
class Lessons:
    """Examples in the order of the decisions, and how many decisions had to be left out."""

    examples: list[Example] = field(default_factory=list)
    left_out: int = 0

    @property
    def approvals(self) -> int:
        """Return how many of the examples were approved."""
        return sum(example.approved for example in self.examples)

    @property
    def refusals(self) -> int:
        """Return how many were refused."""
        return len(self.examples) - self.approvals

    def evidence(self) -> dict[str, int]:
        """Return in how many of the examples each knob said something."""
        said = (knob for e in self.examples for knob, points in e.points.items() if points)
        return dict(sorted(Counter(said).items()))


@dataclass(slots=True)
class Told:
    """A decision as the record tells it; `after` is what the match was like."""

    order: int
    after: dict[str, Any]
    approved: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Line:
    """What is read of an event."""

    id: int
    match: str
    action: str
    after: dict[str, Any]


def gather(
    session: Session, shelf: Shelf, on: date, outcomes: Mapping[str, Outcome] = OUTCOMES
) -> Lessons:
    """Return what all decisions that stand teach, the oldest first."""
    turns = _turns(session)
    lessons = Lessons()
    for told in told_decisions(session, outcomes):
        points = _points(session, shelf, told.after, turns, on)
        if points is None:
            lessons.left_out += 1
            continue
        lessons.examples.append(
            Example(
                points=points,
                approved=told.approved,
                weight=told.weight,
                blamed=blamed(told.after.get("refusal")),
                need_id=str(told.after["need"]),
            )
        )
    return lessons


def told_decisions(session: Session, outcomes: Mapping[str, Outcome] = OUTCOMES) -> list[Told]:
    """Return the approvals and refusals that stand, and what was put forward by hand, in order."""
    columns = select(Event.id, Event.subject_id, Event.action, Event.after)
    lines = [_Line(*row) for row in session.execute(_about(columns, outcomes))]
    return _in_order(lines, outcomes)


def told_briefly(session: Session, outcomes: Mapping[str, Outcome] = OUTCOMES) -> list[Told]:
    """Return the same with status and score alone, for a page that only counts."""
    status, score = Event.after["status"].as_string(), Event.after["score"].as_float()
    columns = select(Event.id, Event.subject_id, Event.action, status, score)
    rows = session.execute(_about(columns, outcomes))
    lines = [_Line(row[0], row[1], row[2], {"status": row[3], "score": row[4]}) for row in rows]
    return _in_order(lines, outcomes)


def _about(columns: Select[Any], outcomes: Mapping[str, Outcome]) -> Select[Any]:
    actions = ("decided", "undone", "added_by_hand", *outcomes)
    return columns.where(Event.subject_type == "match", Event.action.in_(actions)).order_by(
        Event.id
    )


def _in_order(lines: Iterable[_Line], outcomes: Mapping[str, Outcome]) -> list[Told]:
    by_match: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_match[line.match].append(line)
    told = [one for found in by_match.values() for one in _standing(found, outcomes)]
    return sorted(told, key=lambda one: one.order)


def _standing(lines: Iterable[_Line], outcomes: Mapping[str, Outcome]) -> list[Told]:
    """Return the decisions on one match that were not undone; set aside decides nothing."""
    decided: list[Told | None] = []
    by_hand: Told | None = None
    for event in lines:
        if event.action == "added_by_hand":
            by_hand = Told(event.id, event.after, True, BY_HAND_WEIGHT)
        elif event.action == "undone":
            del decided[-1:]
        elif event.action == "decided":
            label = LABELS.get(event.after["status"])
            decided.append(None if label is None else Told(event.id, event.after, label))
        elif decided and decided[-1] is not None and decided[-1].approved:
            outcome = outcomes[event.action]
            decided[-1].weight, decided[-1].approved = outcome.weight, outcome.approved
    standing = [one for one in decided if one is not None]
    return standing or ([by_hand] if by_hand else [])


def blamed(reason: str | None) -> frozenset[str]:
    """Return the knobs of the criteria that a refusal names."""
    if reason is None:
        return frozenset()
    criterion_of = {knob.name: knob.name.split(".")[0] for knob in knobs()}
    if reason == RefusalReason.CONDITIONS:
        others = frozenset[str]().union(*NAMED.values()) | {"kind"}
        named = frozenset(criterion_of.values()) - others
    else:
        named = NAMED.get(RefusalReason(reason), frozenset())
    return frozenset(knob for knob, criterion in criterion_of.items() if criterion in named)


def _turns(session: Session) -> dict[str, Turn]:
    """Return what each name that a match may carry turned of this prior."""
    versions = filter(is_usable, session.scalars(select(WeightsVersion)))
    return {DEFAULT_WEIGHTS.version: Turn()} | {v.name: turn_of(v) for v in versions}


def _points(
    session: Session, shelf: Shelf, after: dict[str, Any], turns: Mapping[str, Turn], on: date
) -> dict[str, float] | None:
    """Return the points that the prior gives a pair, None where that cannot be known any more."""
    made_by = turns.get(after["weights_version"])
    if made_by is not None:
        contributions = [(reason["code"], reason["contribution"]) for reason in after["reasons"]]
        return points_of(contributions, made_by)
    need = session.get(Need, after["need"], options=NEED_PARTS)
    offer = session.get(Offer, after["offer"], options=OFFER_PARTS)
    if need is None or offer is None or marks(need, offer) != after.get("marks"):
        return None
    eligible, _refused = judge_pairs(shelf, need, [offer], on)
    if not eligible:
        return None
    again = [(reason.code, reason.contribution) for reason in eligible[0][1].reasons]
    return points_of(again, stored_turn(session, shelf.weights_id))
