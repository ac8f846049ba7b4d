"""A process that starts from a kept index serves what one that reads everything serves."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session, sessionmaker

from matcher import OfferIndex, word_features
from models import Activity, Need, NeedActivity, Offer, make_engine, migrate, now, session_factory
from models.states import NeedStatus, OfferStatus
from seed.generate import generate
from seed.reference import load_reference
from web.services.catalogue import Catalogue, Shelf, stamp, stamp_reference
from web.services.matching import rank_offers
from web.services.shelf_file import ShelfFile

OFFERS, NEEDS = 420, 90
Makers = sessionmaker[Session]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("region") / "brug.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with session_factory(engine).begin() as session:
        load_reference(session)
        generate(session, offers=OFFERS, needs=NEEDS)
    engine.dispose()
    return path.read_bytes()


@pytest.fixture
def engine(region: bytes, tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "brug.sqlite3").write_bytes(region)
    engine = make_engine(f"sqlite:///{tmp_path / 'brug.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture
def writing(engine: Engine) -> Makers:
    return session_factory(engine)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "brug.sqlite3.index"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the ids that are put in one by one: those that were read anew."""
    put, found = OfferIndex.put, []

    def noted(self: OfferIndex, item: object, meaning: object = None) -> None:
        found.append(item.id)
        put(self, item, meaning)

    monkeypatch.setattr(OfferIndex, "put", noted)
    return found


def started(writing: Makers, file: Path | None) -> tuple[list[object], int]:
    """Start a process: return what it ranks for some needs, and how many offers it holds."""
    catalogue = Catalogue(None, ShelfFile(file) if file else None)
    with writing() as session, catalogue.open(session) as shelf:
        chosen = select(Need).where(Need.status == NeedStatus.PUBLISHED).order_by(Need.id).limit(9)
        today = now().date()
        ranked = [rank_offers(session, shelf, need, today, 12) for need in session.scalars(chosen)]
        return [ranking.suggestions for ranking in ranked], len(shelf.offers)


def test_the_second_process_reads_no_text_and_ranks_the_same(
    writing: Makers, file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = started(writing, file)
    assert file.exists()
    monkeypatch.setattr(OfferIndex, "put_all", lambda *_: pytest.fail("read everything"))
    monkeypatch.setattr(word_features._KEPT, "known", {})
    monkeypatch.setattr(word_features, "hashed", lambda *_: pytest.fail("hashed a known word"))
    assert started(writing, file) == first
    assert caplog.records == []


def test_what_changed_since_is_read_anew_and_what_went_is_gone(
    writing: Makers, file: Path, reads: list[str]
) -> None:
    started(writing, file)
    with writing.begin() as session:
        offers = session.scalars(select(Offer).order_by(Offer.id).limit(4)).all()
        offers[0].title, offers[0].text = "Iets heel anders", "Wij bakken brood."
        offers[1].status = OfferStatus.WITHDRAWN
        stamp(session, *offers[:2])
        # Without a stamp: nobody was told, and yet the database is right.
        offers[2].text = "Wij wassen ramen."
        offers[3].valid_until = now().date() - timedelta(days=1)
        need = session.scalars(select(Need).order_by(Need.id).limit(1)).one()
        session.execute(delete(NeedActivity).where(NeedActivity.need_id == need.id))
        session.delete(need)
    found = started(writing, file)
    assert found == started(writing, None)
    assert found[1] == OFFERS - 2
    assert len(reads) <= OFFERS


@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_damaged_file_is_made_anew_with_a_line_in_the_log(
    writing: Makers, file: Path, caplog: pytest.LogCaptureFixture, place: int
) -> None:
    first = started(writing, file)
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert started(writing, file) == first
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(file) in caplog.text
    caplog.clear()
    assert started(writing, file) == first
    assert caplog.records == []


def test_other_activities_make_the_file_one_of_another_version(
    writing: Makers, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    started(writing, file)
    with writing.begin() as session:
        session.scalars(select(Activity).limit(1)).one().label = "heel iets anders doen"
        stamp_reference(session)
    found = started(writing, file)
    assert "another version" in caplog.text
    assert found == started(writing, None)


def test_a_file_of_a_later_state_of_the_database_is_not_used(
    writing: Makers, file: Path, region: bytes, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    before = started(writing, None)
    with writing.begin() as session:
        offer = session.scalars(select(Offer).order_by(Offer.id).limit(1)).one()
        offer.title = "Van na de reservekopie"
        stamp(session, offer)
    started(writing, file)
    engine.dispose()
    database = file.with_name("brug.sqlite3")
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.write_bytes(region)
    assert started(writing, file) == before
    assert "another database" in caplog.text


def test_a_place_where_nothing_can_be_kept_stops_nobody(
    writing: Makers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    absent = tmp_path / "absent" / "brug.index"
    assert started(writing, absent) == started(writing, None)
    assert "cannot be kept" in caplog.text


def test_a_shelf_that_is_not_level_is_not_kept(writing: Makers, file: Path) -> None:
    catalogue = Catalogue()
    with writing() as session, catalogue.open(session) as shelf:
        kept: Shelf = shelf
    with writing.begin() as session:
        stamp(session, session.scalars(select(Offer).limit(1)).one())
    with writing() as session:
        ShelfFile(file).keep(session, kept)
    assert not file.exists()
