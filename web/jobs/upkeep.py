"""What a running site does beside its requests: read texts, learn, and rank anew what fell behind.

`brug serve` runs it in a thread of its own; beside another server `brug upkeep` does the same in a
process. Several at once do no harm: each takes another need.
"""

import logging
import threading
from collections.abc import Callable
from typing import cast

from flask import Flask

from matcher.encoding import EncoderError
from models import now
from web.database import Sessions
from web.jobs.encoding import EncodingJob
from web.jobs.nightly import clean_daily, learn_nightly
from web.services.catalogue import Catalogue
from web.services.renewal import count_behind, renew_one

logger = logging.getLogger(__name__)

#: How long a change made by another process, or a new day, may wait to be noticed.
PAUSE_SECONDS = 10.0


def encoding_job(app: Flask) -> EncodingJob | None:
    """Return what reads the texts of an application, if it has an encoder."""
    catalogue = cast(Catalogue, app.extensions["brug_catalogue"])
    if catalogue.encoder is None:
        return None
    return EncodingJob(app.extensions["brug_sessions"], catalogue, catalogue.encoder)


def renew_all(app: Flask, stopping: threading.Event | None = None) -> int:
    """Rank every need that is behind, each in a transaction of its own; returns how many."""
    sessions = cast(Sessions, app.extensions["brug_sessions"])
    catalogue = cast(Catalogue, app.extensions["brug_catalogue"])
    done = 0
    while not (stopping and stopping.is_set()):
        with sessions.reading() as session:
            if not count_behind(session, now().date()):
                break
        with sessions.writing.begin() as session:
            if not renew_one(session, catalogue, now().date()):
                break
        done += 1
    return done


class Upkeep(threading.Thread):
    """Looks for work at its start, whenever a request of this process saved something, and often.

    after_each: called whenever it found nothing more to do.
    """

    def __init__(self, app: Flask, after_each: Callable[[], None] = lambda: None) -> None:
        super().__init__(name="upkeep", daemon=True)
        self.after_each = after_each
        self._app = app
        self._saved = cast(threading.Event, app.extensions["brug_saved"])
        self._stopping = threading.Event()
        self._encoding = encoding_job(app)

    def run(self) -> None:
        """Work until it is stopped."""
        while not self._stopping.is_set():
            more = self._read()
            self._try("Learning", lambda: learn_nightly(self._app, now()))
            self._try("Letting go", lambda: clean_daily(self._app, now()))
            self._try("Ranking anew", lambda: renew_all(self._app, self._stopping))
            if more:
                continue
            self.after_each()
            self._saved.wait(PAUSE_SECONDS)
            self._saved.clear()

    @staticmethod
    def _try(name: str, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:  # whatever failed, the next round may go well
            logger.exception("%s failed", name)

    def _read(self) -> bool:
        """Read some texts that wait for their vector; tell whether there may be more."""
        try:
            return self._encoding is not None and self._encoding.step()
        except EncoderError:
            return False  # told where it happened
        except Exception:  # whatever failed, the next round may go well
            logger.exception("Reading texts failed")
            return False

    def stop(self) -> None:
        """Let it end what it does, and wait for that."""
        self._stopping.set()
        self._saved.set()
        self.join()
