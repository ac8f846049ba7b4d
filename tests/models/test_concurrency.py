"""Many processes on one database: nothing is lost, nobody is turned away."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from models import CatalogueState, LoginAttempt, Offer, session_factory
from tests.models.writers import write_at_once
from tests.support import builders
from web.services.catalogue import stamp

PROCESSES = 8
WRITES = 25


def _write(engine: Engine, offer_id: int) -> None:
    writing = session_factory(engine)
    for _ in range(WRITES):
        with writing.begin() as session:
            # Reading before writing is what makes a lazily started SQLite transaction fail.
            session.scalars(select(LoginAttempt.id).limit(1)).all()
            session.add(LoginAttempt(key="x"))
            offer = session.get(Offer, offer_id, with_for_update=True)
            assert offer is not None
            stamp(session, offer)


def test_eight_writing_processes_lose_no_update_and_see_no_lock(engine: Engine, database_url: str):
    with session_factory(engine).begin() as session:
        offer_id = builders.offer(session).id
        session.add(CatalogueState(id=1))
    said = write_at_once(_write, database_url, offer_id, PROCESSES)
    assert said == ["fine"] * PROCESSES
    with session_factory(engine, read_only=True)() as session:
        state = session.get(CatalogueState, 1)
        assert state is not None
        assert state.revision == PROCESSES * WRITES
        assert len(session.scalars(select(LoginAttempt.id)).all()) == PROCESSES * WRITES
        stamped = session.scalar(select(Offer.revision).where(Offer.id == offer_id))
        assert stamped == PROCESSES * WRITES


def test_a_reading_session_cannot_write(engine: Engine):
    with session_factory(engine, read_only=True)() as session:
        session.add(LoginAttempt(key="x"))
        with pytest.raises(DBAPIError, match="read"):
            session.flush()
    with session_factory(engine).begin() as session:
        session.add(LoginAttempt(key="y"))
        session.flush()
        assert session.scalars(select(LoginAttempt.key)).all() == ["y"]
