"""Who publishes has his text read on the spot when that is quick, and waits for nothing else."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from matcher.encoder_process import EncoderProcess
from matcher.encoding import EncoderError, Rows, TimedEncoder
from matcher.vocabulary import WorkSite
from models import Match, Offer, User, now, session_factory
from tests.support.encoders import HashedGrams
from tests.support.world import email_of
from tests.web.encoding.conftest import Desk, need_called, offer_called, vectors
from tests.web.encoding.test_reading import told_meaning
from web.services.accounts import load_user
from web.services.actor import Actor, actor_of
from web.services.needs import copy_need, draft_of, publish_need, revise_need
from web.services.offer_drafts import draft_of as offer_draft_of
from web.services.offers import copy_offer, publish_offer, update_offer

Another = Callable[[TimedEncoder | None], Desk]
NEW_TEXT = "Het gras en de hagen rond ons gebouw, om de drie weken."


class Counting(HashedGrams):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Rows:
        self.asked += texts
        return super().encode(texts)


class TooSlow(HashedGrams):
    """Never has an answer in time."""

    def encode_within(self, texts: Sequence[str], seconds: float) -> Rows:
        raise EncoderError("it took too long")


def who(session: Session, name: str) -> Actor:
    user = load_user(
        session, session.scalars(select(User.id).where(User.email == email_of(name))).one()
    )
    assert user is not None
    return actor_of(user)


def publish_copy(desk: Desk) -> int:
    """Publish a copy of an open need, and return its number."""
    today = now().date()
    with desk.sessions.writing.begin() as session:
        ann = who(session, "ann")
        need = copy_need(session, ann, need_called(session, "open"), on=today)
        publish_need(session, desk.catalogue, ann, need, today)
        return need.id


def complete_offer(session: Session) -> Offer:
    offer = offer_called(session, "current")
    offer.site = WorkSite.EITHER
    return offer


def publish_offer_copy(desk: Desk) -> int:
    with desk.sessions.writing.begin() as session:
        sam = who(session, "sam")
        offer = copy_offer(session, sam, complete_offer(session))
        publish_offer(session, desk.catalogue, sam, offer, now().date())
        return offer.id


def revise(desk: Desk, text: str) -> int:
    with desk.sessions.writing.begin() as session:
        need = need_called(session, "open")
        draft = replace(draft_of(need), text=text)
        ann, today = who(session, "ann"), now().date()
        revise_need(session, desk.catalogue, ann, need, draft, version=need.version, on=today)
        return need.id


def matches_of(engine: Engine, need_id: int) -> list[Match]:
    with session_factory(engine)() as session:
        return list(session.scalars(select(Match).where(Match.need_id == need_id)))


def test_a_published_need_is_ranked_with_its_vector_at_once(
    another: Another, engine: Engine
) -> None:
    desk = another(Counting())
    desk.finish()
    number = publish_copy(desk)
    assert vectors(engine)[(number, None)].ranked
    matches = matches_of(engine, number)
    assert matches
    assert all(told_meaning(match) is not None for match in matches)
    assert desk.waiting() == set()
    assert desk.job.step() is False


def test_a_published_offer_is_weighed_with_its_vector_at_once(
    another: Another, engine: Engine
) -> None:
    desk = another(Counting())
    desk.finish()
    number = publish_offer_copy(desk)
    assert vectors(engine)[(None, number)].ranked
    with session_factory(engine)() as session:
        joined = session.scalars(select(Match).where(Match.offer_id == number)).all()
    assert joined
    assert all(told_meaning(match) is not None for match in joined)
    assert desk.waiting() == set()


def test_a_changed_text_is_read_again_and_an_unchanged_one_is_not(
    another: Another, engine: Engine
) -> None:
    encoder = Counting()
    desk = another(encoder)
    desk.finish()
    before = len(encoder.asked)
    with session_factory(engine)() as session:
        text = need_called(session, "open").text
    number = revise(desk, text)
    assert len(encoder.asked) == before
    first = vectors(engine)[(number, None)].vector
    revise(desk, NEW_TEXT)
    assert len(encoder.asked) == before + 1
    assert vectors(engine)[(number, None)].vector != first
    assert desk.waiting() == set()


def test_a_changed_offer_is_read_again(another: Another, engine: Engine) -> None:
    desk = another(Counting())
    desk.finish()
    with desk.sessions.writing.begin() as session:
        offer = complete_offer(session)
        session.flush()
        draft, sam = replace(offer_draft_of(offer), text=NEW_TEXT), who(session, "sam")
        seen = offer.version
        update_offer(session, sam, desk.catalogue, offer, draft, version=seen, on=now().date())
    assert desk.waiting() == set()


def test_a_draft_is_not_read(another: Another) -> None:
    encoder = Counting()
    desk = another(encoder)
    with desk.sessions.writing.begin() as session:
        sam = who(session, "sam")
        offer = copy_offer(session, sam, offer_called(session, "current"))
        draft = replace(offer_draft_of(offer), text=NEW_TEXT)
        session.flush()
        seen = offer.version
        update_offer(session, sam, desk.catalogue, offer, draft, version=seen, on=now().date())
    assert encoder.asked == []


def test_what_is_not_read_in_time_is_weighed_by_words_and_read_later(
    another: Another, engine: Engine
) -> None:
    desk = another(TooSlow())
    desk.finish()
    numbers = publish_copy(desk), publish_offer_copy(desk)
    assert desk.waiting() == {("need", numbers[0]), ("offer", numbers[1])}
    matches = matches_of(engine, numbers[0])
    assert matches
    assert all(told_meaning(match) is None for match in matches)
    desk.finish()
    assert desk.waiting() == set()
    assert all(told_meaning(match) is not None for match in matches_of(engine, numbers[0]))


@pytest.fixture(params=["Broken", "SlowToLoad", "Strange"])
def failing(request: pytest.FixtureRequest) -> Iterator[EncoderProcess]:
    encoder = EncoderProcess(f"tests.support.encoders:{request.param}", rest=3600, seconds=60)
    if request.param == "Strange":
        encoder.encode(["haag"])
        with pytest.raises(EncoderError):
            encoder.encode_within(["hang"], 0.05)
    yield encoder
    encoder.close()


def test_an_encoder_that_fails_hangs_or_still_loads_stops_nobody(
    failing: EncoderProcess, another: Another, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk = another(failing)
    number = publish_copy(desk)
    assert matches_of(engine, number)
    assert len(caplog.records) <= 1
    assert "gras" not in caplog.text.lower()
