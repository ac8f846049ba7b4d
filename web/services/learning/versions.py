"""The versions of the weights: which is live, what each changed, and the way back."""

import math
import statistics
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from matcher.weights import knobs
from models import CatalogueState, Event, WeightsVersion
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import put_live
from web.services.errors import ConflictError, NotFoundError
from web.services.weights import is_usable

#: Beside all others, a weight changed when it grew or shrank by more than this share.
NOTICEABLE = 0.1
#: Points of log-odds below which a change is not worth a line.
_LEAST_POINTS = 0.05
_WENT_BACK = "went_back"
#: What the record tells when other weights begin to count.
_MADE_LIVE = ("went_live", _WENT_BACK)


@dataclass(frozen=True, slots=True)
class Change:
    """What a weight was and became beside all others, in points; `knob` is its name.

    evidence: in how many decisions it said something, None where that was not kept.
    """

    knob: str
    before: float
    after: float
    evidence: int | None = None

    @property
    def times(self) -> float:
        """Return how many times what it was it became."""
        return self.after / self.before

    @property
    def heavier(self) -> bool:
        """Tell whether it counts more than it did."""
        return self.times > 1


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody went back to the live version from another one; None is the weights in the code."""

    who: str
    at: datetime
    before_id: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A version beside its parent: `scale` is by how much all weights grew together."""

    scale: float
    changes: list[Change]


def versions() -> Select[WeightsVersion]:
    """Return the query for all versions, the newest first."""
    parts = joinedload(WeightsVersion.parent), joinedload(WeightsVersion.created_by)
    return select(WeightsVersion).order_by(WeightsVersion.id.desc()).options(*parts)


def version(session: Session, version_id: int) -> WeightsVersion:
    """Return a version; raises `NotFoundError`."""
    found = session.scalar(versions().where(WeightsVersion.id == version_id))
    if found is None:
        raise NotFoundError
    return found


def live_id(session: Session) -> int | None:
    """Return the number of the live version, None for the weights in the code."""
    return session.scalar(select(CatalogueState.weights_id).where(CatalogueState.id == 1))


def live_version(session: Session) -> WeightsVersion | None:
    """Return the live version; None for the weights in the code, also where those are newer."""
    number = live_id(session)
    found = session.get(WeightsVersion, number) if number else None
    return found if found is not None and is_usable(found) else None


def last_return(session: Session) -> Return | None:
    """Return how the live version came back, None where it began to count by itself."""
    told = select(Event).where(Event.subject_type == "weights", Event.action.in_(_MADE_LIVE))
    chosen = told.order_by(Event.id.desc()).limit(1).options(joinedload(Event.actor))
    event = session.scalar(chosen)
    if event is None or event.action != _WENT_BACK:
        return None
    return Return(event.actor.name if event.actor else "", event.at, event.before["weights"])


def compare(row: WeightsVersion, parent: WeightsVersion | None) -> Comparison:
    """Return what a version changed of its parent (None: of its prior), strongest change first."""
    was = parent.factors if parent and parent.prior == row.prior else {}
    # A criterion that is gone since has no field any more.
    known = [knob for knob in knobs() if knob.name in row.factors and knob.fields[0] in row.weights]
    grown = {knob.name: row.factors[knob.name] / was.get(knob.name, 1.0) for knob in known}
    scale = statistics.median(grown.values()) if grown else 1.0
    evidence: dict[str, int] = row.figures.get("evidence", {})
    found = []
    for knob in known:
        before = row.weights[knob.fields[0]] / grown[knob.name]
        after = before * grown[knob.name] / scale
        if abs(after - before) > max(_LEAST_POINTS, NOTICEABLE * abs(before)):
            found.append(Change(knob.name, before, after, evidence.get(knob.name)))
    found.sort(key=lambda change: (-abs(math.log(change.times)), change.knob))
    return Comparison(scale, found)


def go_back(session: Session, actor: Actor, version_id: int | None, *, seen: int | None) -> None:
    """Make an earlier version live again, None for the weights in the code.

    Raises `NotFoundError`, and `ConflictError`: `stale` when another than `seen` is live by now,
    `other_prior` for weights that rest on an older Brug.
    """
    if version_id is not None and not is_usable(version(session, version_id)):
        raise ConflictError("other_prior")
    session.execute(select(CatalogueState.id).where(CatalogueState.id == 1).with_for_update())
    live = live_id(session)
    if live == version_id:
        return
    if live != seen:
        raise ConflictError("stale")
    put_live(session, version_id)
    events.record(
        session,
        actor,
        "weights",
        version_id or 0,
        _WENT_BACK,
        before={"weights": live},
        after={"weights": version_id},
    )
