"""A mail server that is down, slow, choosy or rude: nothing is lost, and little comes twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import OutboxMail, now
from models.states import MailState
from tests.faults.counting import Outbox
from tests.support.mailserver import MailServer
from web.services import outbox
from web.services.outbox import LONGEST_PAUSE, MOST_ATTEMPTS, pause_after

# The server warns of a default that only concerns mail with other than ASCII in its commands.
pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning:aiosmtpd.*")


def _rest(box: Outbox) -> None:
    """Let every pause be over."""
    with box.sessions.writing.begin() as session:
        session.execute(update(OutboxMail).values(next_try=now() - timedelta(seconds=1)))


def _errors(box: Outbox) -> set[str | None]:
    with box.sessions.reading() as session:
        return set(session.scalars(select(OutboxMail.error)))


def test_while_the_server_is_down_everything_waits_and_no_try_is_counted(
    box: Outbox, server: MailServer
) -> None:
    box.write(20)
    tally = box.sender(server=MailServer()).send()
    assert (tally.sent, tally.later, tally.dead) == (0, 0, 0)
    assert "no mail server" in (tally.trouble or "")
    with box.sessions.reading() as session:
        assert set(session.scalars(select(OutboxMail.attempts))) == {0}
    assert box.sender().send().sent == 20
    counted = box.count(20)
    assert (counted["arrived"], counted["extra"], counted.lost) == (20, 0, 0)


def test_a_server_that_is_too_slow_for_one_mail_keeps_the_others_moving(
    box: Outbox, server: MailServer
) -> None:
    box.write(6)
    server.slow = {"u2@x.example": 1.5}
    sender = box.sender(timeout=0.5)
    tally = sender.send()
    assert (tally.sent, tally.later) == (5, 1)
    server.slow = {}
    _rest(box)
    assert sender.send().sent == 1
    counted = box.count(6)
    assert (counted["arrived"], counted["ids"], counted.lost) == (6, 6, 0)
    assert counted["extra"] <= 1


def test_an_address_that_bounces_is_given_up_at_once_and_can_be_tried_again(
    box: Outbox, server: MailServer
) -> None:
    box.write(3)
    server.refused = {"u1@x.example"}
    tally = box.sender().send()
    assert (tally.sent, tally.dead, tally.trouble) == (2, 1, None)
    assert _errors(box) == {None, "smtp_550"}
    assert box.sender().send().sent == 0
    counted = box.count(3)
    assert (counted["arrived"], counted["extra"], counted.lost) == (2, 0, 0)


def test_who_may_come_back_later_rests_longer_each_time_and_at_last_gives_up(
    box: Outbox, server: MailServer
) -> None:
    box.write(1)
    server.later = {"u0@x.example"}
    sender, tries = box.sender(), 0
    while MailState.WAITING in box.states:
        _rest(box)
        sender.send()
        tries += 1
    assert tries == MOST_ATTEMPTS
    assert _errors(box) == {"smtp_451"}
    pauses = [pause_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[1], pauses[-1]) == (
        timedelta(minutes=1),
        timedelta(minutes=2),
        LONGEST_PAUSE,
    )
    assert timedelta(days=4) < sum(pauses, timedelta()) < timedelta(days=7)


@pytest.mark.parametrize("keeps", [False, True], ids=["dropping it", "keeping it"])
def test_a_line_that_breaks_after_the_text_costs_that_mail_a_pause(
    box: Outbox, server: MailServer, keeps: bool
) -> None:
    box.write(8)
    server.hang_up = {"u3@x.example": keeps}
    tally = box.sender().send()
    assert (tally.sent, tally.later) == (7, 1)
    assert _errors(box) == {None, outbox.BROKEN_LINE}
    server.hang_up = {}
    _rest(box)
    assert box.sender().send().sent == 1
    counted = box.count(8)
    assert (counted["arrived"], counted["ids"], counted.lost) == (8, 8, 0)
    # Whether the server kept it nobody can know; a second copy has the same Message-ID.
    assert counted["extra"] == (1 if keeps else 0)


def test_a_server_that_breaks_every_line_is_left_alone_soon(
    box: Outbox, server: MailServer
) -> None:
    server.hang_up = dict.fromkeys(box.write(50), False)
    tally = box.sender().send()
    assert (tally.sent, tally.later) == (0, 3)
    assert "keeps breaking" in (tally.trouble or "")
    server.hang_up = {}
    _rest(box)
    assert box.sender().send().sent == 50
    counted = box.count(50)
    assert (counted["arrived"], counted["extra"], counted.lost) == (50, 0, 0)
