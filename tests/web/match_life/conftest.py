"""What the tests of the life of a match share."""

import pytest
from sqlalchemy import Engine

from models import session_factory
from tests.web.coordinator.scene import make_scene
from tests.web.match_life.life import Life, make_life


@pytest.fixture
def contents() -> str:
    return "schema"


@pytest.fixture
def life(engine: Engine) -> Life:
    with session_factory(engine).begin() as session:
        scene = make_scene(session)
    return make_life(engine, scene)
