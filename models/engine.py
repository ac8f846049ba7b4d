"""Engines and sessions: SQLite in WAL by default, PostgreSQL by address, one code for both."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from models.seal import seal_at_commit

BUSY_TIMEOUT_MS = 10_000
#: Marks a connection on which a migration put off the checking of foreign keys.
_UNCHECKED = "brug_unchecked"


def make_engine(url: str) -> Engine:
    """Return an engine for `url`; the folder of an SQLite file is made when it is missing.

    What goes wrong is told without the values, which are often about people.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(url, address.database)
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _sqlite_engine(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # With isolation_level None the driver starts no transaction of its own, so that the
    # "begin" event below decides between a reading and a writing one.
    options = {"isolation_level": None, "check_same_thread": False}
    engine = create_engine(url, connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that starts by reading and then writes can fail with "locked" at once,
    # whatever the busy timeout; taking the write lock at the start makes it wait its turn.
    options = connection.get_execution_options()
    read_only, migrating = (
        options.get(f"brug_{name}", False) for name in ("read_only", "migrating")
    )
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    # A table is altered by replacing it, which must not touch the rows that point to it; inside
    # a transaction this setting cannot be changed. `models.migrate` checks afterwards.
    if migrating or connection.info.get(_UNCHECKED):
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {'OFF' if migrating else 'ON'}")
        connection.info[_UNCHECKED] = migrating
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def session_factory(engine: Engine, *, read_only: bool = False) -> sessionmaker[Session]:
    """Return a maker of sessions that seal the events they commit.

    A read-only one is refused any write by the database itself.
    """
    if read_only:
        engine = engine.execution_options(brug_read_only=True, postgresql_readonly=True)
    maker = sessionmaker(engine, expire_on_commit=False)
    if not read_only:
        seal_at_commit(maker)
    return maker
