"""What the tests of questions and visits share: an approved match with its two sides."""

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
    made = make_life(engine, scene)
    made.approve()
    return made
