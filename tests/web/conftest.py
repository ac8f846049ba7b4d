"""What every test of the web layer may ask for: the real app on a real database with places."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import session_factory
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
def app(database_url: str, mode: Mode) -> Iterator[Flask]:
    settings = Settings(
        mode=mode, secret_key="s" * 40, database_url=database_url, base_url="http://localhost"
    )
    app = create_app(settings)
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
