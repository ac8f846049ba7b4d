"""Who brings lists in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models import Membership, Organisation, UserRole
from models.states import Role
from tests.support import builders
from tests.web.importing.uploading import browser_of


@pytest.fixture
def asker(stored: Session) -> Organisation:
    region = builders.region(stored, nis="24008")
    asker = builders.organisation(stored, name="De Vrager", region_id=region.id)
    stored.add(Membership(user_id=builders.user(stored).id, organisation_id=asker.id))
    stored.commit()
    return asker


@pytest.fixture
def coordinator(app: Flask, stored: Session, asker: Organisation) -> FlaskClient:
    person = builders.user(stored)
    stored.add(UserRole(user_id=person.id, role=Role.COORDINATOR, region_id=asker.region_id))
    stored.commit()
    return browser_of(app, person)
