"""The versions of the weights: which is live, what each changed, and the way back."""

import math
import statistics
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from matcher.weights import knobs
from models import CatalogueState, WeightsVersion
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import put_live
from web.services.errors import ConflictError, NotFoundError
from web.services.weights import is_usable

#: Beside all others, a weight changed when it grew or shrank by more than this share.
NOTICEABLE = 0.1
#: Points of log-odds below which a change is not worth a line.
_LEAST_POINTS = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """What a weight was and became beside all others, in points; `knob` is its name."""

    knob: str
    before: float
    after: float

    @property
    def times(self) -> float:
        """Return how many times what it was it became."""
        return self.after / self.before

    @property
    def heavier(self) -> bool:
        """Tell whether it counts more than it did."""
        return self.times > 1


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


def compare(row: WeightsVersion, parent: WeightsVersion | None) -> Comparison:
    """Return what a version changed of its parent (None: of its prior), strongest change first."""
    was = parent.factors if parent and parent.prior == row.prior else {}
    # A criterion that is gone since has no field any more.
    known = [knob for knob in knobs() if knob.name in row.factors and knob.fields[0] in row.weights]
    grown = {knob.name: row.factors[knob.name] / was.get(knob.name, 1.0) for knob in known}
    scale = statistics.median(grown.values()) if grown else 1.0
    found = []
    for knob in known:
        before = row.weights[knob.fields[0]] / grown[knob.name]
        after = before * grown[knob.name] / scale
        if abs(after - before) > max(_LEAST_POINTS, NOTICEABLE * abs(before)):
            found.append(Change(knob.name, before, after))
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
        "went_back",
        before={"weights": live},
        after={"weights": version_id},
    )
