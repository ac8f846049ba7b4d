"""A running site learns by itself, once a night, whichever of its processes is first."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import CatalogueState, Event, WeightsVersion, session_factory
from tests.matcher.decisions import FAR_MATTERS, draw_examples
from tests.web.learning.record import record
from web.jobs.nightly import learn_nightly, night_of
from web.jobs.upkeep import Upkeep
from web.services.learning import versions

pytestmark = pytest.mark.usefixtures("scene")

NIGHT = datetime(2026, 11, 27, 3, tzinfo=UTC)
ENOUGH = 400


def learned(engine: Engine) -> list[bool]:
    """Return of every version whether it won."""
    with session_factory(engine)() as session:
        return list(session.scalars(select(WeightsVersion.won).order_by(WeightsVersion.id)))


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (datetime(2026, 11, 27, 0, 59, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 11, 27, 1, 0, tzinfo=UTC), date(2026, 11, 27)),
        (datetime(2026, 7, 1, 0, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 23, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_night_begins_at_two_by_the_clock_of_brussels(moment: datetime, night: date) -> None:
    assert night_of(moment) == night


def test_it_learns_once_a_night_and_says_who(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(ENOUGH, FAR_MATTERS, blame=True))
    assert learn_nightly(app, NIGHT)
    assert learned(engine) == [True]
    assert not learn_nightly(app, NIGHT + timedelta(hours=20))
    assert learn_nightly(app, NIGHT + timedelta(days=1))
    assert learned(engine) == [True]  # nothing was decided since
    with session_factory(engine)() as session:
        assert versions.live_id(session) == 1
        told = select(Event).where(Event.subject_type == "weights", Event.action == "went_live")
        assert session.scalars(told).one().actor_id is None


def test_too_few_decisions_are_no_trouble(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(10, FAR_MATTERS))
    assert learn_nightly(app, NIGHT)
    assert learned(engine) == []


def test_a_clock_that_goes_back_learns_no_second_time(app: Flask, engine: Engine) -> None:
    assert learn_nightly(app, NIGHT)
    assert not learn_nightly(app, NIGHT - timedelta(days=365))
    assert learn_nightly(app, NIGHT + timedelta(days=1))


def test_of_many_that_want_to_at_once_one_does(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(ENOUGH, FAR_MATTERS, blame=True))
    together = threading.Barrier(4)

    def try_it() -> bool:
        together.wait()
        return learn_nightly(app, NIGHT)

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(try_it) for _ in range(4)]
        assert sorted(future.result() for future in done) == [False, False, False, True]
    assert learned(engine) == [True]


@contextmanager
def running(app: Flask) -> Iterator[threading.Event]:
    idle = threading.Event()
    keeper = Upkeep(app, after_each=idle.set)
    keeper.start()
    try:
        yield idle
    finally:
        keeper.stop()


def test_a_running_site_learns_by_itself(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(ENOUGH, FAR_MATTERS, blame=True))
    with running(app) as idle:
        assert idle.wait(60)
    assert learned(engine) == [True]
    with session_factory(engine)() as session:
        assert session.scalars(select(CatalogueState.learned_for)).one() is not None
