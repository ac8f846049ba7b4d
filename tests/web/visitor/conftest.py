"""What the tests of the visitor share: the real app on a real database with places and work."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import Membership, User, session_factory
from tests.support import builders
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
    stored: Sessions = app.extensions["brug_sessions"]
    stored.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def stored(engine: Engine) -> Iterator[Session]:
    """A session that commits when the test says so, before it opens a page."""
    with session_factory(engine)() as session:
        yield session


@pytest.fixture
def member(app: Flask, stored: Session) -> Callable[[], FlaskClient]:
    """Make the browser of somebody who acts for an organisation."""

    def make() -> FlaskClient:
        user: User = builders.user(stored)
        organisation = builders.organisation(stored)
        stored.add(Membership(user_id=user.id, organisation_id=organisation.id))
        stored.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = user.session_token
            cookie["_fresh"] = True
        return client

    return make
