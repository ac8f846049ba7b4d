"""What the tests of the coordinator's work share."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from models import Match, session_factory
from models.states import MatchStatus
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import TODAY, Decide, Scene, actor, make_scene
from web.services.catalogue import Catalogue
from web.services.decisions import decide


@pytest.fixture
def contents() -> str:
    return "schema"


@pytest.fixture
def scene(engine: Engine) -> Scene:
    with session_factory(engine).begin() as session:
        return make_scene(session)


@pytest.fixture
def deciding(engine: Engine, scene: Scene) -> Decide:
    """Decide in a transaction of its own, as one request does; `rank` counts from 0."""

    catalogue = Catalogue()

    def run(rank: int = 0, to: MatchStatus = MatchStatus.APPROVED, **values: object) -> Match:
        person = values.pop("by", scene.coordinator)
        assert isinstance(person, int)
        with session_factory(engine).begin() as session:
            return decide(
                session,
                catalogue,
                actor(session, person),
                scene.need,
                scene.offers[rank],
                to=to,
                on=TODAY,
                **{"seen_version": None, **values},
            )

    return run


@pytest.fixture
def rita(app: Flask, scene: Scene) -> Person:
    """The coordinator of the need's region."""
    return Person(app, scene.coordinator)


@pytest.fixture
def karel(app: Flask, scene: Scene) -> Person:
    """His colleague in the same region."""
    return Person(app, scene.colleague)


@pytest.fixture
def page(scene: Scene) -> str:
    return f"/regie/vragen/{scene.need}"
