"""The shelf in a file, so that a process starts without reading every text anew.

The file says of each text which version of its row was read. At a start these are compared with
the database, and only what differs is read anew: a file can be too old, never wrong.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import NeedIndex, OfferIndex
from matcher.postings import Postings
from matcher.saved import Saved, UnusableIndexError, index_version, load, save
from matcher.word_features import MOST_WORDS, lend, table_of
from models import CatalogueState, Need, Offer, now
from models.states import NeedStatus, OfferStatus
from web.services.shelf import Shelf, note_waiting

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
#: The arrays of `Postings` that hold the words (`matcher.word_features.table_of`).
_WORDS = ("words.keys", "words.starts", "words.rows", "words.values")
_log = logging.getLogger(__name__)

#: Id, revision and last change of a row; and rows of the same in microseconds.
Stored = tuple[int, int, datetime]
Versions = NDArray[np.int64]


class ShelfFile:
    """Where the shelf of a database is kept for the next process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def restore(self, session: Session, shelf: Shelf, revision: int) -> None:
        """Fill an empty shelf from the file; leave it empty where there is none of use.

        revision: of the database now.
        """
        try:
            saved = load(self._path, index_version(shelf.taxonomy))
        except FileNotFoundError:
            return
        except (OSError, UnusableIndexError) as error:
            _log.warning("The index in %s is made anew: %s", self._path, error)
            return
        read = int(saved.arrays["revision"][0])
        if read > revision:
            _log.warning("The index in %s is made anew: it is of another database", self._path)
            return
        self._fill(session, shelf, saved, read)

    def _fill(self, session: Session, shelf: Shelf, saved: Saved, read: int) -> None:
        offers = _offers(session, now().date())
        current = {"offers": [stored for stored, _ in offers], "needs": _needs(session)}
        shelf.revision = read
        lend(Postings(*(saved.arrays[name] for name in _WORDS)))
        index: OfferIndex | NeedIndex
        for name, index in (("offers", shelf.offers), ("needs", shelf.needs)):
            for segment in saved.segments[name]:
                index.adopt(segment)
            gone, fresh = _differing(saved.arrays[name], _versions(current[name]))
            for key in gone[:, 0].tolist():
                index.remove(str(key))
            # What was read at an older revision is loaded again with all that came since.
            shelf.revision = min([shelf.revision, *(fresh[:, 1] - 1).tolist()])
        shelf.last_days = {str(stored[0]): last for stored, last in offers}
        note_waiting(shelf)

    def keep(self, session: Session, shelf: Shelf) -> None:
        """Write the shelf to the file, unless the database went on meanwhile."""
        arrays = {
            "offers": _versions(stored for stored, _ in _offers(session, now().date())),
            "needs": _versions(_needs(session)),
            "revision": np.array([shelf.revision], np.int64),
        }
        arrays |= _words_of(shelf)
        state = session.get(CatalogueState, 1, populate_existing=True)
        if state is None or state.revision != shelf.revision:
            return
        segments = {"offers": shelf.offers.segments(), "needs": shelf.needs.segments()}
        try:
            save(self._path, index_version(shelf.taxonomy), Saved(segments, arrays))
        except OSError as error:
            _log.warning("The index cannot be kept in %s: %s", self._path, error)


def _words_of(shelf: Shelf) -> dict[str, NDArray[Any]]:
    """Return what the words on the shelf were hashed to, so that the next process need not."""
    found: set[str] = set()
    for word in chain(shelf.needs.words(), shelf.offers.words()):
        found.add(word)
        if len(found) == MOST_WORDS:
            break
    table = table_of(found)
    return dict(zip(_WORDS, (table.keys, table.starts, table.rows, table.values), strict=True))


def _offers(session: Session, today: date) -> list[tuple[Stored, date]]:
    """Return the offers that count today, each with its last day."""
    chosen = select(Offer.id, Offer.revision, Offer.updated_at, Offer.valid_until)
    rows = session.execute(chosen.where(Offer.status == OfferStatus.PUBLISHED))
    listed = [((key, revision, at), last or date.max) for key, revision, at, last in rows]
    return [(stored, last) for stored, last in listed if last >= today]


def _needs(session: Session) -> list[Stored]:
    chosen = select(Need.id, Need.revision, Need.updated_at)
    rows = session.execute(chosen.where(Need.status == NeedStatus.PUBLISHED))
    return [(key, revision, changed_at) for key, revision, changed_at in rows]


def _differing(known: Versions, wanted: Versions) -> tuple[Versions, Versions]:
    """Return the known versions that are not wanted, and the wanted ones that are not known."""
    known = known[np.argsort(known[:, 0])]
    places = np.minimum(np.searchsorted(known[:, 0], wanted[:, 0]), max(0, len(known) - 1))
    same = (known[places] == wanted).all(axis=1) if len(known) else np.zeros(len(wanted), np.bool_)
    stays = np.zeros(len(known), np.bool_)
    stays[places[same]] = True
    return known[~stays], wanted[~same]


def _versions(rows: Iterable[Stored]) -> Versions:
    listed = [(key, revision, (at - _EPOCH) // _MICROSECOND) for key, revision, at in rows]
    return np.array(listed, np.int64).reshape(-1, 3)
