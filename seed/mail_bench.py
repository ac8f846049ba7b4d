"""How many mails a second leave the outbox, to a mail server in a process of its own.

The rows are written as news is, the senders are those of the worker; only the server keeps nothing.
"""

import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from models import make_engine, migrate
from web.database import Sessions
from web.jobs.sending import Sender
from web.services import mail
from web.services.mail_samples import sample
from web.settings import Mode, Settings

PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class MailBench:
    """Mails written and sent in a second of the clock, and the CPU time of this process a mail."""

    mails: int
    senders: int
    written_per_s: float
    sent_per_s: float
    cpu_ms: float

    def as_json(self) -> dict[str, object]:
        """Return the measurement as a JSON-ready object."""
        return asdict(self)


def bench_mail(*, mails: int, senders: int) -> MailBench:
    """Fill an outbox, and send it with some senders at once."""
    with tempfile.TemporaryDirectory(prefix="brug-bench-") as folder, _server() as url:
        database = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        engine = make_engine(database)
        migrate.upgrade(engine)
        sessions = Sessions(engine)
        start = time.perf_counter()
        _fill(sessions, mails)
        written = time.perf_counter() - start
        settings = Settings(
            mode=Mode.DEMO,
            secret_key="bench" * 8,
            database_url=database,
            base_url="http://localhost",
            smtp_url=url,
        )
        start, cpu = time.perf_counter(), time.process_time()
        sent = _send(sessions, settings, senders)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        engine.dispose()
    if sent != mails:
        raise RuntimeError(f"{sent} of {mails} mails left")
    return MailBench(
        mails,
        senders,
        round(mails / written, 1),
        round(mails / seconds, 1),
        round(1000 * cpu / mails, 2),
    )


def _fill(sessions: Sessions, mails: int) -> None:
    """Write so many introductions, each in a transaction of its own, as requests do."""
    row = sample("introduction").row
    for number in range(mails):
        with sessions.writing.begin() as session:
            address = f"u{number}@bench.example"
            mail.post(session, address, row.subject, row.body, template=row.template)


def _send(sessions: Sessions, settings: Settings, number: int) -> int:
    senders = [Sender(sessions, settings, quiet=lambda _moment: False) for _ in range(number)]
    sent: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: sent.append(one.send().sent)) for one in senders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(sent)


@contextmanager
def _server() -> Iterator[str]:
    """Give the address of aiosmtpd, which takes everything and keeps nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    sink = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter with words of our own
        [*sink, "-c", "aiosmtpd.handlers.Sink"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
