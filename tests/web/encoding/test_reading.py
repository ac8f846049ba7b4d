"""Texts are read once, stored, and read again when text or encoder changes."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from matcher.encoding import EncoderError, Rows, TimedEncoder, meanings
from models import Match, Need, TextVector, now, session_factory
from models.states import MatchStatus, OfferStatus
from tests.support.encoders import HashedGrams
from tests.web.encoding.conftest import Desk, need_called, offer_called, vectors
from web.services.catalogue import Catalogue, stamp
from web.services.encoding import rank_next
from web.services.shelf_file import ShelfFile

Another = Callable[[TimedEncoder | None], Desk]


def told_meaning(match: Match) -> object:
    return next(r for r in match.reasons if r["code"].startswith("text."))["evidence"]["meaning"]


def test_what_waits_is_read_stored_and_ranked_anew(desk: Desk, engine: Engine) -> None:
    before = desk.waiting()
    assert {kind for kind, _ in before} == {"need", "offer"}
    assert desk.finish() > len(before) // 8
    assert desk.waiting() == set()
    stored = vectors(engine)
    assert len(stored) == len(before)
    assert all(vector.ranked for vector in stored.values())
    with session_factory(engine)() as session:
        need = need_called(session, "open")
        told = stored[(need.id, None)]
        assert desk.encoder is not None
        (expected,) = meanings(desk.encoder, [(need.title, need.text)])
        assert expected is not None
        assert told.vector == expected.tobytes()
        matches = session.scalars(select(Match).where(Match.need_id == need.id)).all()
        assert matches
        assert all(told_meaning(match) is not None for match in matches)


def test_before_that_the_same_pairs_were_weighed_by_their_words(engine: Engine) -> None:
    with session_factory(engine)() as session:
        need = need_called(session, "open")
        for match in session.scalars(select(Match).where(Match.need_id == need.id)):
            assert told_meaning(match) is None


def test_every_process_sees_the_vectors_at_its_next_look(
    desk: Desk, another: Another, engine: Engine
) -> None:
    other, without = another(HashedGrams()), another(None)
    assert other.waiting()
    assert without.waiting() == set()
    desk.finish()
    assert other.waiting() == set()
    with other.shelf() as (session, shelf), desk.shelf() as (_, own):
        name = str(need_called(session, "open").id)
        assert np.array_equal(shelf.needs.meaning(name), own.needs.meaning(name))
    with without.shelf() as (_, words):
        assert words.needs.meaning(name) is None
    fresh = another(HashedGrams())
    assert fresh.waiting() == set()
    assert fresh.finish() == 0


def test_another_version_of_the_encoder_reads_everything_again(
    desk: Desk, another: Another, engine: Engine
) -> None:
    desk.finish()
    old = {key: vector.vector for key, vector in vectors(engine).items()}
    newer = another(HashedGrams(version="2"))
    assert len(newer.waiting()) == len(old)
    newer.finish()
    new = vectors(engine)
    assert new.keys() == old.keys()
    assert all(vector.encoder_version == "2" for vector in new.values())
    assert all(new[key].vector != old[key] for key in old)
    assert another(HashedGrams(version="2")).waiting() == set()


def test_a_changed_text_waits_and_counts_by_its_words_meanwhile(desk: Desk, engine: Engine) -> None:
    desk.finish()
    with session_factory(engine).begin() as session:
        need = need_called(session, "open")
        need.text = "Wij zoeken iemand die onze boekhouding doet."
        stamp(session, need)
        number = need.id
    assert desk.waiting() == {("need", number)}
    with desk.shelf() as (_, shelf):
        assert shelf.needs.meaning(str(number)) is None
    desk.finish()
    assert desk.waiting() == set()
    with desk.shelf() as (_, shelf):
        assert shelf.needs.meaning(str(number)) is not None


def test_a_paused_offer_comes_back_with_its_vector(desk: Desk, engine: Engine) -> None:
    desk.finish()
    for status in (OfferStatus.PAUSED, OfferStatus.PUBLISHED):
        with session_factory(engine).begin() as session:
            offer = offer_called(session, "current")
            offer.status = status
            stamp(session, offer)
            number = str(offer.id)
        with desk.shelf() as (_, shelf):
            assert (number in shelf.offers) == (status is OfferStatus.PUBLISHED)
            assert (shelf.offers.meaning(number) is None) == (status is OfferStatus.PAUSED)
            assert not shelf.waiting


def test_a_text_that_changes_while_it_is_read_keeps_no_vector(
    desk: Desk, another: Another, engine: Engine
) -> None:
    class Meanwhile(HashedGrams):
        def encode(self, texts: Sequence[str]) -> Rows:
            with session_factory(engine).begin() as session:
                need = need_called(session, "open")
                need.text += " En de haag."
                stamp(session, need)
            return super().encode(texts)

    slow = another(Meanwhile())
    slow.job.step()
    with session_factory(engine)() as session:
        number = need_called(session, "open").id
    assert ("need", number) in desk.waiting()


def test_two_processes_at_once_end_with_every_text_read(another: Another, engine: Engine) -> None:
    desks = [another(HashedGrams()) for _ in range(2)]
    failures: list[Exception] = []

    def work(desk: Desk) -> None:
        try:
            desk.finish()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert all(desk.waiting() == set() for desk in desks)
    stored = vectors(engine)
    assert all(vector.ranked for vector in stored.values())
    fresh = another(HashedGrams())
    assert fresh.waiting() == set()


class Breaking(HashedGrams):
    """Fails at one of the texts, counted from the first that is asked."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.asked = 0
        self.at = at

    def encode(self, texts: Sequence[str]) -> Rows:
        self.asked += 1
        if self.asked == self.at:
            raise EncoderError("it ended with code 9")
        return super().encode(texts)


def test_what_was_read_before_a_failure_is_kept_and_the_rest_follows(
    another: Another, engine: Engine
) -> None:
    broken = another(Breaking(at=3))
    job, all_of_them = broken.job, broken.waiting()
    with pytest.raises(EncoderError):
        job.step()
    assert len(broken.waiting()) == len(all_of_them) - 2
    assert not any(vector.ranked for vector in vectors(engine).values())
    while job.step():
        pass
    assert broken.waiting() == set()
    assert all(vector.ranked for vector in vectors(engine).values())


def test_a_shelf_from_a_file_holds_the_vectors_and_knows_what_waits(
    another: Another, tmp_path: Path
) -> None:
    desk = another(Breaking(at=3))
    with pytest.raises(EncoderError):
        desk.job.step()
    kept = ShelfFile(tmp_path / "index")
    with desk.shelf() as (session, shelf):
        kept.keep(session, shelf)
        waiting = set(shelf.waiting)
        known = {name: shelf.offers.meaning(name) is None for name in shelf.offers}
    assert waiting
    started = Catalogue(desk.encoder, kept)
    with desk.sessions.reading() as session, started.open(session) as shelf:
        assert shelf.waiting == waiting
        assert {name: shelf.offers.meaning(name) is None for name in shelf.offers} == known
    desk.finish()
    later = Catalogue(desk.encoder, kept)
    with desk.sessions.reading() as session, later.open(session) as shelf:
        assert shelf.waiting == set()
        assert not any(shelf.offers.meaning(name) is None for name in shelf.offers)


def test_a_decided_match_stays_as_it_was_decided_on(desk: Desk, engine: Engine) -> None:
    with session_factory(engine)() as session:
        chosen = select(Match).where(Match.status == MatchStatus.APPROVED)
        approved = session.scalars(chosen).one()
        before = (approved.id, approved.score, approved.version, approved.reasons)
    desk.finish()
    with session_factory(engine)() as session:
        after = session.get_one(Match, before[0])
        assert (after.id, after.score, after.version, after.reasons) == before


def test_a_deleted_need_takes_its_vector_along(desk: Desk, engine: Engine) -> None:
    desk.finish()
    with session_factory(engine).begin() as session:
        number = need_called(session, "later").id
        session.execute(delete(Match).where(Match.need_id == number))
        session.execute(delete(Need).where(Need.id == number))
    assert (number, None) not in vectors(engine)


def test_many_offers_at_once_are_ranked_through_the_needs(desk: Desk, engine: Engine) -> None:
    desk.finish()
    with session_factory(engine).begin() as session:
        expected = scores(session)
        session.execute(update(TextVector).values(ranked=False))
        session.execute(delete(Match).where(Match.status == MatchStatus.SUGGESTED))
    offers = sum(offer is not None for _, offer in vectors(engine))
    with desk.sessions.writing.begin() as session, desk.catalogue.open(session) as shelf:
        assert desk.encoder is not None
        assert rank_next(session, shelf, desk.encoder, now().date(), many=offers)
    assert all(vector.ranked for vector in vectors(engine).values())
    assert desk.finish() == sum(need is not None for need, _ in vectors(engine))
    with session_factory(engine)() as session:
        assert scores(session) == expected


def scores(session: Session) -> dict[tuple[int, int], float]:
    return {
        (match.need_id, match.offer_id): match.score for match in session.scalars(select(Match))
    }
