"""What every test may ask for: a database of its own on both engines, and no way out to the net."""

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import make_engine, session_factory
from tests.support.contents import FILLS
from tests.support.databases import postgres_copy, postgres_server, sqlite_copy
from tests.support.once import run_folder
from tests.support.postgres import Server, stop
from web.catalogues import compile_catalogues

LOOPBACK = ("127.0.0.1", "::1", "localhost")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all processes of this run share, and what no test should find stale."""
    # The same examples every time, and no verdict that depends on how busy the machine is.
    settings.register_profile("brug", deadline=None, derandomize=True)
    settings.load_profile("brug")
    if not hasattr(config, "workerinput"):
        os.environ["BRUG_TEST_RUN"] = tempfile.mkdtemp(prefix="brug-test-")
        compile_catalogues()
        # Whoever ends a run must not leave its PostgreSQL behind.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    # A run in the background ignores Ctrl-C, and so would every program that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Every test makes an app, which would compile its templates anew: a third of all the time.
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(run_folder()))}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL of this run, if a test started it, and remove the shared folder."""
    if not hasattr(config, "workerinput"):
        if (run_folder() / "postgres.json").exists():
            stop(postgres_server())
        shutil.rmtree(run_folder())


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise PermissionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres() -> Server:
    """The real PostgreSQL of this run; without one the test is skipped, or fails when CI=true."""
    server = postgres_server()
    if server.reason:
        complain = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        complain(server.reason)
    return server


@pytest.fixture
def contents() -> str:
    """What a database holds at the start: a name of `tests.support.contents.FILLS`."""
    return "schema"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database; who asks for one runs on both."""
    kind = str(request.param)
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    return kind


@pytest.fixture
def database_url(database: str, contents: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test alone, to commit in as it likes."""
    if database == "sqlite":
        yield sqlite_copy(contents, FILLS[contents], tmp_path / "brug.sqlite3")
    else:
        with postgres_copy(contents, FILLS[contents], f"test_{WORKER}") as url:
            yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the database of this test alone."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shared_engine() -> Iterator[Callable[[str], Engine]]:
    """One PostgreSQL database a worker for each contents, in which nothing is ever committed."""
    engines: dict[str, Engine] = {}
    with ExitStack() as stack:

        def get(contents: str) -> Engine:
            if contents not in engines:
                copy = postgres_copy(contents, FILLS[contents], f"shared_{WORKER}_{contents}")
                engines[contents] = make_engine(stack.enter_context(copy))
                stack.callback(engines[contents].dispose)
            return engines[contents]

        yield get


@pytest.fixture
def session(request: pytest.FixtureRequest, database: str, contents: str) -> Iterator[Session]:
    """A session whose work is gone after the test; on `engine` if the test asks for that too.

    Copying a PostgreSQL database takes 50 ms, so alone it gets a savepoint in a shared one.
    """
    own = database == "sqlite" or "database_url" in request.fixturenames
    if own:
        with session_factory(request.getfixturevalue("engine"))() as session:
            yield session
        return
    with request.getfixturevalue("shared_engine")(contents).connect() as connection:
        outer = connection.begin()
        options = {"bind": connection, "join_transaction_mode": "create_savepoint"}
        with Session(**options, expire_on_commit=False) as session:
            yield session
        outer.rollback()
