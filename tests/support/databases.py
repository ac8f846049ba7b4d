"""Databases for tests: filled once a run, then copied, so that each test has one of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from models import make_engine
from tests.support import postgres
from tests.support.once import once, run_folder

Fill = Callable[[Engine], None]


def sqlite_copy(name: str, fill: Fill, target: Path) -> str:
    """Copy the SQLite database `name`, filled by `fill` the first time, and return its address."""
    template = run_folder() / f"{name}.sqlite3"

    def make_template() -> None:
        template.unlink(missing_ok=True)
        _fill(f"sqlite:///{template}", fill)

    once(f"sqlite-{name}", make_template)
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"


def postgres_server() -> postgres.Server:
    """Return the server of this run, started by whoever asks first."""
    return postgres.Server(**once("postgres", lambda: asdict(postgres.start())))


@contextmanager
def postgres_copy(name: str, fill: Fill, copy: str) -> Iterator[str]:
    """Copy the PostgreSQL database `name` as `copy`, give its address, and drop it afterwards."""
    server = postgres_server()
    template = f"template_{name}"
    administer = f"host={server.folder} user=postgres dbname=postgres"
    with psycopg.connect(administer, autocommit=True) as administration:

        def make_template() -> None:
            # A first attempt may have failed halfway, in another process.
            administration.execute(f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)')
            administration.execute(f'CREATE DATABASE "{template}"')
            _fill(server.url(template), fill)

        once(f"postgresql-{name}", make_template)
        # Twice as fast as the default way of copying, where fsync is off.
        administration.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}" STRATEGY file_copy')
        try:
            yield server.url(copy)
        finally:
            administration.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _fill(url: str, fill: Fill) -> None:
    engine = make_engine(url)
    try:
        fill(engine)
    finally:
        engine.dispose()
