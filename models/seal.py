"""The record, sealed: every event is chained by hash to the one that was committed before it.

hash = SHA-256 of the hash before and the event, as JSON with sorted keys and no spaces. Events are
sealed when their transaction commits, one transaction after the other, so that the chain has one
order and nobody waits longer than a commit lasts. Who alters, removes, inserts or moves an event
afterwards breaks the chain; who cuts off its end is found by a hash that was noted elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, String, event, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from models.base import Base
from models.match import Event

#: What the first seal follows.
FIRST = "0" * 64
#: The columns of an event that its seal vouches for: all of them.
SEALED = tuple(column.key for column in Event.__table__.columns)

_UNSEALED = "unsealed_events"
#: Any number that no other lock of this database uses.
_LOCK = 7_305_117


class Seal(Base):
    """The place of one event in the chain, counted from 1 without gaps."""

    __tablename__ = "seal"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


def seal_hash(before: str, values: Mapping[str, Any]) -> str:
    """Return the hash of an event, given by column, after the hash before it."""
    told = {**values, "at": values["at"].isoformat()}
    line = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()


def seal_at_commit(maker: sessionmaker[Session]) -> None:
    """Let every session of this maker seal the events that it writes."""
    event.listen(maker, "after_flush", _collect)
    event.listen(maker, "before_commit", _seal)
    event.listen(maker, "after_soft_rollback", _forget)


def _collect(session: Session, _context: Any) -> None:
    written = [item for item in session.new if isinstance(item, Event)]
    session.info.setdefault(_UNSEALED, []).extend(written)


def _forget(session: Session, _previous: Any) -> None:
    # What a savepoint took back is no longer in the session.
    kept = [item for item in session.info.get(_UNSEALED, ()) if item in session]
    session.info[_UNSEALED] = kept


def _seal(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    written: list[Event] = session.info.pop(_UNSEALED, [])
    if not written:
        return
    position, last = _end_of_chain(session)
    for item in sorted(written, key=lambda item: item.id):
        position += 1
        last = seal_hash(last, {name: getattr(item, name) for name in SEALED})
        session.add(Seal(position=position, event_id=item.id, hash=last))


def _end_of_chain(session: Session) -> tuple[int, str]:
    """Return the last position and hash, once nobody else is sealing."""
    # SQLite has one writer at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    end = select(Seal.position, Seal.hash).order_by(Seal.position.desc()).limit(1)
    found = session.execute(end).first()
    return (found.position, found.hash) if found else (0, FIRST)
