"""Processes that are killed or work at once, and clocks that jump: counted, on the real thing."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from models import OutboxMail, now
from models.states import MailState
from tests.faults.counting import Outbox
from tests.support.mailserver import MailServer
from web.jobs import sending
from web.services import mail, outbox

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning:aiosmtpd.*")
BOTH = pytest.mark.parametrize(
    "database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
PATIENCE_SECONDS = 30
Jump = Callable[[timedelta], None]


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Jump:
    """Put the clock of who sends forward or back."""

    def set_clock(by: timedelta) -> None:
        monkeypatch.setattr(sending, "now", lambda: datetime.now(tz=now().tzinfo) + by)

    return set_clock


def test_a_worker_killed_after_the_server_took_a_mail_repeats_at_most_that_one(
    box: Outbox, server: MailServer
) -> None:
    box.write(200)
    worker = box.worker()

    def kill_at_the_hundredth() -> None:
        if len(server.received) == 100:
            worker.kill()
            worker.wait()

    server.before_answer = kill_at_the_hundredth
    _until(lambda: worker.poll() is not None)
    assert box.states == {MailState.SENT: 99, MailState.CLAIMED: 1, MailState.WAITING: 100}
    heir = box.sender(lease=0.3)
    assert heir.send().sent == 100
    assert box.states[MailState.CLAIMED] == 1  # whoever carries it may only be slow
    time.sleep(0.3)
    assert heir.send().sent == 1
    counted = box.count(200)
    assert (counted["arrived"], counted["ids"], counted.lost) == (200, 200, 0)
    assert counted["extra"] == 1
    assert box.states == {MailState.SENT: 200}


@BOTH
def test_who_sends_at_once_shares_the_work_and_sends_nothing_twice(
    box: Outbox, server: MailServer
) -> None:
    box.write(200)
    senders = [box.sender() for _ in range(3)]
    tallies: list[sending.Tally] = []
    threads = [
        threading.Thread(target=lambda one=one: tallies.append(one.send())) for one in senders
    ]
    worker = box.worker()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _until(lambda: box.states == {MailState.SENT: 200})
    worker.terminate()
    worker.wait()
    counted = box.count(200)
    assert (counted["arrived"], counted["extra"], counted.lost) == (200, 0, 0)
    assert all(tally.trouble is None for tally in tallies)


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(days=-365), timedelta(days=365)])
def test_a_clock_that_jumps_while_a_mail_is_carried_repeats_nothing(
    box: Outbox, server: MailServer, jump: Jump, by: timedelta
) -> None:
    box.write(3)
    other = box.sender(lease=60)

    def another_looks_meanwhile() -> None:
        jump(by)
        other.take_back_abandoned()

    server.before_answer = another_looks_meanwhile
    box.sender().send()
    server.before_answer = lambda: None
    jump(timedelta())
    other.send()
    counted = box.count(3)
    assert (counted["arrived"], counted["extra"], counted.lost) == (3, 0, 0)


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(days=-365)])
def test_a_clock_that_goes_back_loses_nothing_that_rests_or_was_abandoned(
    box: Outbox, server: MailServer, jump: Jump, by: timedelta
) -> None:
    box.write(3)
    server.later = {"u0@x.example"}
    box.sender().send()  # the first rests until the future as it is then
    with box.sessions.writing.begin() as session:
        session.execute(
            update(OutboxMail)
            .where(OutboxMail.recipient == "u1@x.example")
            .values(state=MailState.CLAIMED, claim="a dead one", claimed_at=now(), sent_at=None)
        )
    server.later = set()
    server.received.clear()
    jump(by)
    heir = box.sender(lease=0.2)
    heir.send()
    time.sleep(0.2)
    heir.send()
    # After an hour back the pause goes on; it never lasts longer than the longest one.
    jump(by + outbox.LONGEST_PAUSE)
    heir.send()
    counted = box.count(3)
    assert counted.states == {MailState.SENT: 3}
    assert server.times == {"u0@x.example": 1, "u1@x.example": 1}


def test_ten_thousand_mails_leave_once(box: Outbox, server: MailServer) -> None:
    addresses = box.write(10_000)
    with box.sessions.writing.begin() as session:
        # Most of a full outbox left long ago.
        left = OutboxMail.id <= 9_000
        session.execute(update(OutboxMail).where(left).values(state=MailState.SENT))
    start = time.monotonic()
    with box.sessions.reading() as session:
        assert len(outbox.due(session, now())) == outbox.LOT
    looked_up = time.monotonic() - start
    box.sender().send()
    counted = box.count(10_000)
    print(f"looked up among 10,000 in {looked_up * 1000:.1f} ms")  # noqa: T201
    assert (counted["arrived"], counted["extra"], counted.lost) == (1_000, 0, 0)
    assert set(server.times) == set(addresses[9_000:])
    assert looked_up < 1


@BOTH
def test_the_same_cause_writes_once_however_many_see_it_at_once(box: Outbox) -> None:
    wrote: list[bool] = []
    ready = threading.Barrier(4)

    def write() -> None:
        ready.wait()
        with box.sessions.writing.begin() as session:
            values = {"key": "kennismaking:1", "template": "introduction"}
            wrote.append(mail.post(session, "u@x.example", "Dag", "Dag.", **values))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wrote) == [False, False, False, True]
    with box.sessions.reading() as session:
        assert len(session.scalars(select(OutboxMail.id)).all()) == 1
