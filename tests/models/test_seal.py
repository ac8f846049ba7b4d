"""The record is chained: what is committed is sealed, in one order, and only once."""

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import Event, Seal, migrate, session_factory
from models.seal import FIRST, SEALED, seal_hash
from tests.models.writers import write_at_once

PROCESSES, WRITES = 6, 15


def event(action: str, **facts: object) -> Event:
    return Event(subject_type="need", subject_id="1", action=action, **facts)


def chain(engine: Engine) -> list[tuple[int, str]]:
    """Return position and action of every seal, after working out each hash anew."""
    with session_factory(engine, read_only=True)() as session:
        rows = session.execute(
            select(Seal, Event).join(Event, Event.id == Seal.event_id).order_by(Seal.position)
        ).all()
        last = FIRST
        for seal, sealed in rows:
            last = seal_hash(last, {name: getattr(sealed, name) for name in SEALED})
            assert seal.hash == last
        return [(seal.position, sealed.action) for seal, sealed in rows]


def test_what_is_committed_is_sealed_in_the_order_of_writing(engine: Engine) -> None:
    making = session_factory(engine)
    with making.begin() as session:
        session.add(event("created", after={"title": "Gras maaien — élke week", "hours": 1.5}))
        session.flush()
        session.add(event("published", reason="omdat"))
    with making.begin() as session:
        session.add(event("withdrawn", before={"b": [1, {"z": None}], "a": True}))
    assert chain(engine) == [(1, "created"), (2, "published"), (3, "withdrawn")]


def test_what_is_rolled_back_leaves_no_seal(engine: Engine) -> None:
    making = session_factory(engine)
    with making() as session:
        session.add(event("lost"))
        session.flush()
        session.rollback()
        session.add(event("kept"))
        session.commit()
    assert chain(engine) == [(1, "kept")]


def test_what_a_savepoint_takes_back_is_not_sealed(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        session.add(event("before"))
        with session.begin_nested():
            session.add(event("kept"))
        savepoint = session.begin_nested()
        session.add(event("lost"))
        session.flush()
        savepoint.rollback()
        session.add(event("after"))
    assert [action for _, action in chain(engine)] == ["before", "kept", "after"]


def _write(engine: Engine, writes: int) -> None:
    making = session_factory(engine)
    for turn in range(writes):
        with making.begin() as session:
            session.add(event("first", after={"turn": turn}))
            session.flush()
            session.add(event("second", after={"turn": turn}))


def test_processes_that_write_at_once_make_one_chain(engine: Engine, database_url: str) -> None:
    said = write_at_once(_write, database_url, WRITES, PROCESSES)
    assert said == ["fine"] * PROCESSES
    found = chain(engine)
    assert [position for position, _ in found] == list(range(1, 2 * PROCESSES * WRITES + 1))


@pytest.mark.parametrize("statement", [update(Seal).values(hash="0" * 64), delete(Seal)], ids=str)
def test_the_database_refuses_to_alter_a_seal(session: Session, statement: object) -> None:
    session.add(event("created"))
    session.flush()
    (number,) = session.scalars(select(Event.id))
    session.execute(insert(Seal).values(position=1, event_id=number, hash=FIRST))
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(statement)


def test_events_of_before_the_seals_are_sealed_by_the_migration(engine: Engine) -> None:
    migrate.downgrade(engine, "0008")
    with engine.begin() as connection:
        values = [{"subject_type": "need", "subject_id": str(n), "action": "old"} for n in range(3)]
        connection.execute(insert(Event), values)
    migrate.upgrade(engine)
    assert chain(engine) == [(1, "old"), (2, "old"), (3, "old")]
