"""What every test of the web layer may ask for: the real app on a real database with places."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import session_factory
from tests.support.once import run_folder
from web.app import create_app
from web.database import Sessions
from web.settings import Mode, Settings


@pytest.fixture
def contents() -> str:
    return "reference"


@pytest.fixture
def mode() -> Mode:
    return Mode.DEVELOPMENT


@pytest.fixture
def site_url() -> str:
    """The address of the site; behind https cookies and tokens are stricter."""
    return "http://localhost"


@pytest.fixture
def app(database_url: str, mode: Mode, site_url: str) -> Iterator[Flask]:
    settings = Settings(
        mode=mode,
        secret_key="s" * 40,
        database_url=database_url,
        base_url=site_url,
        # The tests of encoding have encoders of their own.
        encoder="none",
    )
    app = create_app(settings)
    # Compiling the templates anew would take each test a quarter of a second.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(run_folder()))
    yield app
    opened: Sessions = app.extensions["brug_sessions"]
    opened.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def stored(engine: Engine) -> Iterator[Session]:
    """A session that commits when the test says so, before it opens a page."""
    with session_factory(engine)() as session:
        yield session
