"""A record of decisions, drawn by chance (`tests.matcher.decisions`)."""

from collections.abc import Iterable

from sqlalchemy import Engine

from matcher.learning import Example
from matcher.weights import DEFAULT_WEIGHTS, Turn, knobs
from models import Event, session_factory
from models.states import RefusalReason

_CODE = {knob.name: min(knob.codes, key=lambda code: code != knob.name) for knob in knobs()}


def decided(
    place: int,
    example: Example,
    made_by: str = DEFAULT_WEIGHTS.version,
    turn: Turn | None = None,
    **more: object,
) -> Event:
    """Return the event of a decision on a pair that these weights had given its reasons."""
    turn = turn or Turn()
    reasons = [
        {"code": _CODE[knob], "contribution": value * turn.factor(knob), "known": True}
        for knob, value in example.points.items()
    ]
    far = any(knob.startswith("distance") for knob in example.blamed)
    refusal = RefusalReason.TOO_FAR if far else RefusalReason.WRONG_ACTIVITY
    after = {
        "need": int(example.need_id),
        "offer": place,
        "status": "approved" if example.approved else "refused",
        "reasons": reasons,
        "weights_version": made_by,
        "refusal": None if example.approved else refusal.value,
        **more,
    }
    return Event(subject_type="match", subject_id=f"9{place:05}", action="decided", after=after)


def record(engine: Engine, examples: Iterable[Example]) -> None:
    """Write decisions, in their order."""
    with session_factory(engine).begin() as session:
        for place, example in enumerate(examples):
            session.add(decided(place, example))
            session.flush()
