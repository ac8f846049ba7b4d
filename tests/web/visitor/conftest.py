"""What the tests of the visitor share: somebody who acts for an organisation."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models import Membership, User
from tests.support import builders


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
