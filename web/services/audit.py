"""The whole record: whether its chain of seals is unbroken, and the record itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models import Event, Seal
from models.seal import FIRST, SEALED, seal_hash

#: Rows fetched at a time.
_BATCH = 1000


class Break(StrEnum):
    """What is wrong with a link of the chain."""

    ALTERED = "altered"
    REMOVED = "removed"
    UNSEALED = "unsealed"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken link. number: of the event, or of the place in the chain where it is missing."""

    what: Break
    number: int


@dataclass(slots=True)
class Audit:
    """What was found. events: sealed ones; last: the hash of the last seal."""

    events: int = 0
    last: str = FIRST
    broken: list[Broken] = field(default_factory=list)


def verify(session: Session, noted: str = "") -> Audit:
    """Follow the whole chain and say where it is broken.

    noted: a hash that was noted before, which must still be in the chain.
    """
    audit, known = Audit(), noted in ("", FIRST)
    for seal, event in session.execute(_chain()).yield_per(_BATCH):
        while audit.events + 1 < seal.position:
            audit.events += 1
            audit.broken.append(Broken(Break.REMOVED, audit.events))
        audit.events = seal.position
        if event is None:
            audit.broken.append(Broken(Break.REMOVED, seal.position))
        elif seal.hash != seal_hash(audit.last, event_values(event)):
            audit.broken.append(Broken(Break.ALTERED, event.id))
        # On from what is written, so that one alteration is told once.
        audit.last = seal.hash
        known = known or seal.hash == noted
    audit.broken += [Broken(Break.UNSEALED, number) for number in session.scalars(_unsealed())]
    if not known:
        audit.broken.append(Broken(Break.NOT_FOUND, audit.events))
    return audit


def event_values(event: Event) -> dict[str, Any]:
    """Return an event by column, as it is sealed."""
    return {name: getattr(event, name) for name in SEALED}


def whole_record(session: Session) -> Iterator[Row[Seal, Event]]:
    """Return every event with its seal, in the order of the chain."""
    chosen = select(Seal, Event).join(Event, Event.id == Seal.event_id).order_by(Seal.position)
    yield from session.execute(chosen).yield_per(_BATCH)


def _chain() -> Any:
    joined = select(Seal, Event).outerjoin(Event, Event.id == Seal.event_id)
    return joined.order_by(Seal.position)


def _unsealed() -> Any:
    return select(Event.id).where(~select(Seal).where(Seal.event_id == Event.id).exists())
