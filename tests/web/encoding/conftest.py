"""What the tests of encoding share: the world, read by a small encoder or by none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from matcher.encoding import TimedEncoder
from models import Need, Offer, TextVector, now, session_factory
from tests.support.encoders import HashedGrams
from web.app import create_app
from web.database import Sessions
from web.jobs.encoding import EncodingJob
from web.jobs.upkeep import Upkeep
from web.services.catalogue import Catalogue, Shelf
from web.services.renewal import renew_one
from web.settings import Mode, Settings

Run = Callable[..., int]


@pytest.fixture
def contents() -> str:
    return "world"


@pytest.fixture
def encoder() -> HashedGrams:
    return HashedGrams()


class Desk:
    """One process on the database: its sessions, its catalogue and its job."""

    def __init__(self, engine: Engine, encoder: TimedEncoder | None) -> None:
        self.sessions = Sessions(engine)
        self.catalogue = Catalogue(encoder)
        self.encoder = encoder

    @property
    def job(self) -> EncodingJob:
        assert self.encoder is not None
        return EncodingJob(self.sessions, self.catalogue, self.encoder)

    def finish(self) -> int:
        """Do all that waits; returns how many steps it took."""
        steps, job = 0, self.job
        while self.once(job.step) or self.once(self.renew):
            steps += 1
        return steps

    def once(self, step: Callable[[], bool]) -> bool:
        """Take a step; one that somebody else got in the way of may be taken again."""
        try:
            return step()
        except SQLAlchemyError:
            return True

    def renew(self) -> bool:
        """Rank one need that is behind."""
        with self.sessions.writing.begin() as session:
            return renew_one(session, self.catalogue, now().date())

    @contextmanager
    def upkeep(self) -> Iterator[None]:
        """Run the thread of `brug serve` meanwhile."""
        address = self.sessions.engine.url.render_as_string(hide_password=False)
        app = create_app(
            Settings(
                mode=Mode.DEMO,
                secret_key="s" * 40,
                database_url=address,
                base_url="http://localhost",
                encoder="none",
            )
        )
        app.extensions["brug_catalogue"] = self.catalogue
        thread = Upkeep(app)
        thread.start()
        try:
            yield
        finally:
            thread.stop()
            app.extensions["brug_sessions"].engine.dispose()

    @contextmanager
    def shelf(self) -> Iterator[tuple[Session, Shelf]]:
        """Lend the shelf to who reads."""
        with self.sessions.reading() as session, self.catalogue.open(session) as shelf:
            yield session, shelf

    def waiting(self) -> set[tuple[str, int]]:
        """Return what waits to be read."""
        with self.shelf() as (_, shelf):
            return set(shelf.waiting)


@pytest.fixture
def desk(engine: Engine, encoder: HashedGrams) -> Desk:
    return Desk(engine, encoder)


@pytest.fixture
def another(engine: Engine) -> Callable[[TimedEncoder | None], Desk]:
    """Another process on the same database."""
    return lambda encoder: Desk(engine, encoder)


def need_called(session: Session, name: str) -> Need:
    return session.scalars(select(Need).where(Need.external_id == f"world:{name}")).one()


def offer_called(session: Session, name: str) -> Offer:
    return session.scalars(select(Offer).where(Offer.external_id == f"world:{name}")).one()


def vectors(engine: Engine) -> dict[tuple[int | None, int | None], TextVector]:
    with session_factory(engine, read_only=True)() as session:
        return {(v.need_id, v.offer_id): v for v in session.scalars(select(TextVector))}
