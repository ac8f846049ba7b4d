"""Reads the texts that wait, and has ranked anew what they belong to: a little at a time.

Whatever breaks a step off loses that step only: what was read is stored, with a note that it is not
ranked yet, and the next step goes on from there, in this process or another one.
"""

import os
import time
from collections.abc import Sequence

from matcher.encoding import EncoderError, TimedEncoder
from models import now
from web.database import Sessions
from web.services.catalogue import Catalogue
from web.services.encoding import (
    WaitingText,
    count_unranked,
    keep_readings,
    rank_next,
    waiting_texts,
)
from web.services.text_vectors import Reading, TextKey, read_text

#: Texts read in one step: less than a second of work.
TEXTS_A_STEP = 4
#: Between two texts somebody who publishes may have his read first.
_GIVE_WAY_SECONDS = 0.005


class EncodingJob:
    """The steps, for one process."""

    def __init__(self, sessions: Sessions, catalogue: Catalogue, encoder: TimedEncoder) -> None:
        self._sessions = sessions
        self._catalogue = catalogue
        self._encoder = encoder
        self._start = os.getpid()

    def waiting(self) -> int:
        """Return how many texts wait to be read."""
        with self._sessions.reading() as session, self._catalogue.open(session) as shelf:
            return len(shelf.waiting)

    def unranked(self) -> int:
        """Return how many needs and offers wait to be ranked."""
        with self._sessions.reading() as session:
            return count_unranked(session, self._encoder)

    def step(self) -> bool:
        """Do a little; tell whether there may be more. Raises EncoderError when it cannot."""
        with self._sessions.reading() as session, self._catalogue.open(session) as shelf:
            texts = waiting_texts(shelf, TEXTS_A_STEP, self._start)
        if texts:
            self._read(texts)
            return True
        return self.unranked() > 0 and self._rank()

    def _read(self, texts: Sequence[WaitingText]) -> None:
        readings: dict[TextKey, Reading] = {}
        try:
            for text in texts:
                reading = read_text(self._encoder, text.title, text.text)
                assert reading is not None
                readings[text.key] = reading
                time.sleep(_GIVE_WAY_SECONDS)
        except EncoderError:
            # The text that broke it goes to the end of the line.
            self._start += len(readings) + 1
            raise
        finally:
            if readings:
                with self._sessions.writing.begin() as session:
                    keep_readings(session, self._encoder, readings)

    def _rank(self) -> bool:
        with self._sessions.writing.begin() as session, self._catalogue.open(session) as shelf:
            return rank_next(session, shelf, self._encoder, now().date())
