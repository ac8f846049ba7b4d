"""An outbox with senders of its own, and the count of what became of its mail."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import Engine, func, select

from models import OutboxMail, session_factory
from models.states import MailState
from tests.support.mailserver import MailServer
from tests.support.server import ROOT, brug, demo_environment
from web.database import Sessions
from web.jobs.sending import Sender
from web.settings import Mode, Settings


class Outbox:
    """The outbox of a database, and who sends it."""

    def __init__(self, engine: Engine, url: str, server: MailServer, folder: Path) -> None:
        self.sessions, self.url, self.server, self.folder = Sessions(engine), url, server, folder

    def write(self, number: int, *, urgent: bool = True) -> list[str]:
        """Put mails in the box, each to an address of its own; returns the addresses."""
        addresses = [f"u{n}@x.example" for n in range(number)]
        with session_factory(self.sessions.engine).begin() as session:
            for address in addresses:
                mail = OutboxMail(recipient=address, subject="Dag", body="Dag.\n", urgent=urgent)
                session.add(mail)
        return addresses

    def sender(
        self, *, lease: float = 600, timeout: float = 5, server: MailServer | None = None
    ) -> Sender:
        """Return a sender as another process would have it."""
        settings = Settings(
            mode=Mode.DEVELOPMENT,
            secret_key="s" * 40,
            database_url=self.url,
            base_url="http://localhost",
            smtp_url=(server or self.server).url,
        )
        return Sender(self.sessions, settings, lease=lease, timeout=timeout)

    def worker(self) -> subprocess.Popen[bytes]:
        """Start `brug worker`, the real one, in a process of its own."""
        environment = {**demo_environment(self.url), "BRUG_SMTP_URL": self.server.url}
        with (self.folder / "worker.log").open("ab") as log:
            command = [*brug(sys.executable), "worker"]
            return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)

    @property
    def states(self) -> dict[MailState, int]:
        """Return how many mails there are in each state."""
        with self.sessions.reading() as session:
            counted = select(OutboxMail.state, func.count()).group_by(OutboxMail.state)
            return dict(session.execute(counted).all())

    def count(self, written: int) -> "Count":
        """Return what became of so many mails that were written, and print it."""
        # Two copies of a mail have the same Message-ID, and two mails never have.
        arrived, copies = len(self.server.message_ids), len(self.server.received)
        counted = Count(
            written=written,
            arrived=arrived,
            extra=copies - arrived,
            ids=arrived,
            states=self.states,
        )
        print(counted)  # noqa: T201 - the counts are what these tests are for
        return counted


class Count(Counter[str]):
    """Written, arrived at least once, extra copies, and rows by state."""

    def __init__(
        self, *, written: int, arrived: int, extra: int, ids: int, states: dict[MailState, int]
    ) -> None:
        super().__init__(written=written, arrived=arrived, extra=extra, ids=ids)
        self.states = states
        self.lost = written - sum(states.values())

    def __str__(self) -> str:
        states = ", ".join(f"{number} {state}" for state, number in sorted(self.states.items()))
        return (
            f"{os.environ['PYTEST_CURRENT_TEST'].split('::')[-1]}: {self['written']} written, "
            f"{self['arrived']} arrived, {self['extra']} twice, {self.lost} lost ({states})"
        )
