"""Sending what waits in the outbox, by as many processes at once as there are.

Each mail is claimed in a transaction, carried in none, and recorded in another. Whoever is killed
in between leaves one claim; the others take it back once it stayed the same for `LEASE_SECONDS` on
their own stopwatch, whatever the clocks say. That mail may come twice, with the same Message-ID.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from models import now
from models.states import MailState
from web.database import Sessions
from web.letterhead import letterhead
from web.services import outbox
from web.services.quiet import is_quiet
from web.settings import Settings
from web.smtp import TIMEOUT_SECONDS, Carrier, CarrierError, RefusedMailError

logger = logging.getLogger(__name__)

#: Longer than a server can make one mail take.
LEASE_SECONDS = 600.0
#: So many lines that broke one after the other are a server that is not there.
MOST_BREAKS = 3
#: Who sends by hand watches nothing for long: a claim this far from now is of nobody any more.
LONG_GONE = timedelta(hours=1)


@dataclass(slots=True)
class Tally:
    """What came of a round; `trouble` tells in one line why it ended early.

    held: what waits for the end of a quiet hour.
    """

    sent: int = 0
    later: int = 0
    dead: int = 0
    held: int = 0
    trouble: str | None = None


class Sender:
    """Sends for one process; not for several threads at once."""

    def __init__(
        self,
        sessions: Sessions,
        settings: Settings,
        *,
        lease: float = LEASE_SECONDS,
        timeout: float = TIMEOUT_SECONDS,
        quiet: Callable[[datetime], bool] = is_quiet,
    ) -> None:
        self._sessions, self._settings = sessions, settings
        self._letterhead, self._quiet = letterhead(settings), quiet
        self._lease, self._timeout = lease, timeout
        self._token = secrets.token_hex(16)
        #: The claims of others, each with its token and when it was first seen.
        self._seen: dict[int, tuple[str, float]] = {}

    def send(self, stopping: threading.Event | None = None) -> Tally:
        """Send all that is due; without a server to send to nothing happens."""
        tally = Tally()
        if self._settings.smtp_url is None:
            return tally
        self.take_back_abandoned()
        self._bury_expired()
        try:
            with _Line(self._settings.smtp_url, self._timeout) as line:
                while self._send_lot(line, tally, stopping):
                    pass
        except CarrierError as error:
            tally.trouble = str(error)
        if self._quiet(now()):
            with self._sessions.reading() as session:
                tally.held = outbox.held(session, now())
        return tally

    def _send_lot(self, line: "_Line", tally: Tally, stopping: threading.Event | None) -> bool:
        """Send some; tell whether there may be more."""
        with self._sessions.reading() as session:
            ids = outbox.due(session, now(), only_urgent=self._quiet(now()))
        before = tally.sent + tally.later + tally.dead
        for mail_id in ids:
            if stopping and stopping.is_set():
                return False
            line.open()  # before anything is claimed: a server that is away costs no mail a try
            self._send_one(line, mail_id, tally)
        return tally.sent + tally.later + tally.dead > before

    def _send_one(self, line: "_Line", mail_id: int, tally: Tally) -> None:
        with self._sessions.writing.begin() as session:
            row = outbox.claim(session, mail_id, self._token, now())
        if row is None:
            return
        try:
            line.carry(self._letterhead.message(row))
        except CarrierError:
            self._failed(mail_id, outbox.BROKEN_LINE, tally)
            line.broke()
        except RefusedMailError as error:
            self._failed(mail_id, f"smtp_{error.code}", tally, for_good=error.for_good)
        except ValueError:
            self._failed(mail_id, outbox.MALFORMED, tally, for_good=True)
        else:
            with self._sessions.writing.begin() as session:
                outbox.mark_sent(session, mail_id, now())
            tally.sent += 1

    def _failed(self, mail_id: int, error: str, tally: Tally, *, for_good: bool = False) -> None:
        with self._sessions.writing.begin() as session:
            state = outbox.mark_failed(
                session, mail_id, self._token, now(), error, for_good=for_good
            )
        logger.warning("Mail %s did not leave (%s): %s", mail_id, error, state)
        if state is MailState.DEAD:
            tally.dead += 1
        else:
            tally.later += 1

    def take_back_abandoned(self) -> int:
        """Let the mails wait again whose carrier is gone; returns how many."""
        with self._sessions.reading() as session:
            claims = outbox.claims(session)
        moment = time.monotonic()
        seen = self._seen
        self._seen = {
            mail_id: seen[mail_id] if seen.get(mail_id, ("",))[0] == token else (token, moment)
            for mail_id, token in claims.items()
        }
        stale = [
            (mail_id, token)
            for mail_id, (token, since) in self._seen.items()
            if token == self._token or moment - since >= self._lease
        ]
        return self._take_back(stale)

    def take_back_long_gone(self) -> int:
        """Let the mails wait again that were claimed long before now, or long after it."""
        with self._sessions.reading() as session:
            return self._take_back(outbox.claims_far_from(session, now(), LONG_GONE))

    def _take_back(self, claims: list[tuple[int, str]]) -> int:
        if not claims:
            return 0
        with self._sessions.writing.begin() as session:
            return sum(outbox.take_back(session, *claim) for claim in claims)

    def _bury_expired(self) -> None:
        with self._sessions.reading() as session:
            if not outbox.has_expired(session, now()):
                return
        with self._sessions.writing.begin() as session:
            outbox.bury_expired(session, now())


class _Line:
    """A connection to the server that is opened when it is needed, and again when it broke."""

    def __init__(self, url: str, timeout: float) -> None:
        self._url, self._timeout = url, timeout
        self._carrier: Carrier | None = None
        self._breaks = 0

    def __enter__(self) -> "_Line":
        Carrier(self._url)  # an address that no server can have is told even when nothing waits
        return self

    def open(self) -> None:
        """Have a connection; raises `CarrierError`."""
        if self._carrier is None:
            carrier = Carrier(self._url, self._timeout)
            self._carrier = carrier.__enter__()

    def carry(self, message: EmailMessage) -> None:
        """Hand one mail over."""
        assert self._carrier is not None
        try:
            self._carrier.carry(message)
        except RefusedMailError:
            self._breaks = 0
            raise
        self._breaks = 0

    def broke(self) -> None:
        """Drop a connection that broke; raises `CarrierError` when the server seems to be gone."""
        self._close()
        self._breaks += 1
        if self._breaks >= MOST_BREAKS:
            raise CarrierError("the mail server keeps breaking the connection")

    def _close(self) -> None:
        carrier, self._carrier = self._carrier, None
        if carrier is not None:
            carrier.__exit__(None, None, None)

    def __exit__(self, *_error: object) -> None:
        self._close()
