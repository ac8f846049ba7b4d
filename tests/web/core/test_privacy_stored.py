"""Sightings, what is kept of a person and how it goes, on SQLite and on PostgreSQL."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import Sighting, User, now, session_factory
from tests.support import builders as build
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.periods import DEFAULTS, Kept
from web.services.personal_data import everything_about
from web.services.retention import ANNOUNCED_BEFORE, clean
from web.services.sightings import SeenAt, note

TODAY = date(2026, 11, 27)
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)


@pytest.fixture
def contents() -> str:
    return "schema"


def _two(session: Session) -> tuple[User, User]:
    return build.user(session, name="Ann"), build.user(session, name="Bert")


def test_noting_the_same_twice_keeps_one(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        ann, bert = _two(session)
        actor, moment = Actor(user_id=bert.id), now()
        for place in (SeenAt.NEED, SeenAt.REGION):
            note(session, actor, {ann.id}, moment, place)
        assert session.scalars(select(Sighting.place)).all() == ["need"]


def test_the_database_refuses_to_alter_a_sighting(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        ann, bert = _two(session)
        note(session, Actor(user_id=bert.id), {ann.id}, now(), SeenAt.NEED)
        other = ann.id
    with session_factory(engine)() as session, pytest.raises(DBAPIError):
        session.execute(update(Sighting).values(viewer_id=other))


def test_the_file_is_json_ready_on_every_database(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        ann, bert = _two(session)
        note(session, Actor(user_id=bert.id), {ann.id}, now(), SeenAt.NEED)
        found = everything_about(session, ann.id)
    assert len(json.loads(json.dumps(found))["gegevens"]["sighting"]) == 1


def test_it_does_the_same_on_every_database(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        user = build.user(session, name="Oud")
        user.created_at, number = LONG_AGO, user.id
    for on in (TODAY, TODAY + ANNOUNCED_BEFORE):
        with session_factory(engine).begin() as session:
            gone = clean(session, Catalogue(), DEFAULTS, on)
    assert gone[Kept.ACCOUNTS] == 1
    with session_factory(engine)() as session:
        assert session.get_one(User, number).name == f"Gewist account {number}"
