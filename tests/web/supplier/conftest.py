"""What the tests of the supplier's work share."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from models import Offer, session_factory
from tests.web.buyer.browser import Browser
from tests.web.supplier.scene import Scene, actor, grass, make_scene, today
from web.services.catalogue import Catalogue
from web.services.offers import create_offer, publish_offer

Change = Callable[..., Any]


@pytest.fixture
def scene(engine: Engine) -> Scene:
    with session_factory(engine).begin() as session:
        return make_scene(session)


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture
def written(engine: Engine, scene: Scene) -> Callable[..., int]:
    """Store a draft in a transaction of its own and return its number."""

    def write(**values: Any) -> int:
        with session_factory(engine).begin() as session:
            who = actor(session, scene.maatwerk)
            return create_offer(session, who, grass(scene, **values)).id

    return write


@pytest.fixture
def do(engine: Engine, scene: Scene, catalogue: Catalogue) -> Change:
    """Do one thing with an offer in a transaction of its own, as one request does."""

    def run(change: Change, offer_id: int, on: date | None = None) -> None:
        with session_factory(engine).begin() as session:
            offer = session.get_one(Offer, offer_id)
            change(session, catalogue, actor(session, scene.maatwerk), offer, on or today())

    return run


@pytest.fixture
def look(engine: Engine) -> Callable[[int], Offer]:
    def read(offer_id: int) -> Offer:
        with session_factory(engine)() as session:
            offer = session.get_one(Offer, offer_id)
            # Loaded now, for after the session has closed.
            assert offer.activities is not None
            assert offer.service_area is not None
            return offer

    return read


@pytest.fixture
def maatwerk(app: Flask, scene: Scene) -> Browser:
    return Browser(app, scene.maatwerk)


@pytest.fixture
def published(engine: Engine, scene: Scene, catalogue: Catalogue) -> Callable[..., int]:
    """Publish an offer of the maatwerkbedrijf and return its number."""

    def make(**values: Any) -> int:
        with session_factory(engine).begin() as session:
            who = actor(session, scene.maatwerk)
            offer = create_offer(session, who, grass(scene, **values))
            publish_offer(session, catalogue, who, offer, today())
            return offer.id

    return make
