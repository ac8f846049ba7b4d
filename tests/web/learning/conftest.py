"""What the tests of learning share: a small region on a real database."""

import pytest
from sqlalchemy import Engine

from models import session_factory
from tests.web.coordinator.scene import Scene, make_scene


@pytest.fixture
def contents() -> str:
    return "schema"


@pytest.fixture
def scene(engine: Engine) -> Scene:
    with session_factory(engine).begin() as session:
        return make_scene(session)
