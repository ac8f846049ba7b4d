"""The queue that wakes who sends mail: huey, on a file beside the database or on Redis.

What has to be done stands in the database; the queue only says "now". So a queue that is lost,
damaged or away costs nothing but time: every minute each worker looks by itself.
"""

import logging
import sqlite3
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from models import now
from web.database import Sessions
from web.jobs.bundling import write_all_bundles
from web.jobs.reminding import remind_all
from web.jobs.sending import Sender
from web.services.catalogue import Catalogue
from web.settings import Settings

logger = logging.getLogger(__name__)

NAME = "brug"
#: How long a request may wait for Redis to take a wake-up call.
REDIS_TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 5}
#: A worker looks in the file ten times a second after it had work, and once a second otherwise.
LONGEST_NAP_SECONDS = 1.0
#: How long a worker that is stopped may take to end the mail that it carries.
LAST_MAIL_SECONDS = 10


class MailQueue:
    """Wakes the workers, and is what a worker runs; the queue is opened when it is needed."""

    def __init__(self, settings: Settings, sessions: Sessions, catalogue: Catalogue) -> None:
        self._settings, self._sessions, self._catalogue = settings, sessions, catalogue
        self._sender = Sender(sessions, settings)
        self._stopping = threading.Event()
        self._consumer: Consumer | None = None

    @cached_property
    def _huey(self) -> Huey:
        huey = _open(self._settings)
        huey.periodic_task(crontab(), name="every-minute")(self._work)
        huey.periodic_task(crontab(minute="*/10"), name="every-ten-minutes")(self._tend)
        return huey

    @cached_property
    def _call(self) -> Any:
        return self._huey.task(name="wake")(self._work)

    def _work(self) -> None:
        tally = self._sender.send(self._stopping)
        if tally.trouble:
            logger.warning("Mail waits: %s", tally.trouble)

    def _tend(self) -> None:
        write_all_bundles(self._sessions, now())
        remind_all(self._sessions, self._catalogue, now())

    def wake(self) -> None:
        """Let a worker look now; one call that waits is enough."""
        if self._settings.smtp_url is None:
            return
        try:
            call = self._call
            if self._huey.pending_count() == 0:
                call()
        except Exception:  # whatever the queue has: the mail is stored, and leaves in a minute
            logger.warning("The queue takes no calls; mail leaves within a minute", exc_info=True)

    def start(self) -> None:
        """Work in threads of this process until `stop`."""
        logging.getLogger("huey").setLevel(logging.WARNING)
        self._stopping.clear()
        assert self._call is not None  # a task must be known before a worker reads its calls
        self._consumer = _Consumer(
            self._huey,
            workers=1,
            max_delay=LONGEST_NAP_SECONDS,
            shutdown_timeout=LAST_MAIL_SECONDS,
        )
        self._consumer.start()

    def stop(self) -> None:
        """End after the mail that is being carried."""
        self._stopping.set()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
        with suppress(Exception):  # it is over; nothing waits for the queue any more
            self._huey.storage.close()


class _Consumer(Consumer):  # type: ignore[misc]  # huey ships no types
    """A consumer that leaves the signals to the process it is in."""

    def _set_signal_handlers(self) -> None:
        pass


def _open(settings: Settings) -> Huey:
    if settings.redis_url:
        from redis import ConnectionPool

        pool = ConnectionPool.from_url(settings.redis_url, **REDIS_TIMEOUTS)
        return RedisHuey(NAME, results=False, connection_pool=pool)
    path = settings.queue_file
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return SqliteHuey(NAME, filename=str(path), results=False)
    except sqlite3.DatabaseError:
        logger.warning("The queue file was damaged; a new one takes its place")
        _remove(path)
        return SqliteHuey(NAME, filename=str(path), results=False)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def mail_queue(app: Flask) -> MailQueue:
    """Return the queue of an application."""
    queue = app.extensions.get("brug_queue")
    if queue is None:
        sessions = cast(Sessions, app.extensions["brug_sessions"])
        catalogue = cast(Catalogue, app.extensions["brug_catalogue"])
        queue = MailQueue(app.config["BRUG_SETTINGS"], sessions, catalogue)
        app.extensions["brug_queue"] = queue
    return cast(MailQueue, queue)
