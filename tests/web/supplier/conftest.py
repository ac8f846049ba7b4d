"""What the tests of the supplier's work share."""

import pytest
from sqlalchemy import Engine

from models import session_factory
from tests.web.supplier.scene import Scene, make_scene
from web.services.catalogue import Catalogue


@pytest.fixture
def contents() -> str:
    return "reference"


@pytest.fixture
def scene(engine: Engine) -> Scene:
    with session_factory(engine).begin() as session:
        return make_scene(session)


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue()
