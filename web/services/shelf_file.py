"""The shelf in a file, so that a process starts without reading every text anew.

The file says of each text which version of its row was read. At a start these are compared with
the database, and only what differs is read anew: a file can be too old, never wrong.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import NeedIndex, OfferIndex
from matcher.saved import Saved, UnusableIndexError, index_version, load, save
from models import CatalogueState, Need, Offer, now
from models.states import NeedStatus, OfferStatus
from web.services.shelf import Shelf, note_waiting

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_log = logging.getLogger(__name__)

#: Id, revision and last change of a row; and the same in microseconds.
Stored = tuple[int, int, datetime]
Version = tuple[int, int, int]


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
        index: OfferIndex | NeedIndex
        for name, index in (("offers", shelf.offers), ("needs", shelf.needs)):
            for segment in saved.segments[name]:
                index.adopt(segment)
            known = set(map(tuple, saved.arrays[name].tolist()))
            wanted = set(map(_version, current[name]))
            for key in {version[0] for version in known - wanted}:
                index.remove(str(key))
            # What was read at an older revision is loaded again with all that came since.
            differing = [version[1] - 1 for version in wanted - known]
            shelf.revision = min([shelf.revision, *differing])
        shelf.last_days = {str(stored[0]): last for stored, last in offers}
        note_waiting(shelf)

    def keep(self, session: Session, shelf: Shelf) -> None:
        """Write the shelf to the file, unless the database went on meanwhile."""
        arrays = {
            "offers": _versions(stored for stored, _ in _offers(session, now().date())),
            "needs": _versions(_needs(session)),
            "revision": np.array([shelf.revision], np.int64),
        }
        state = session.get(CatalogueState, 1, populate_existing=True)
        if state is None or state.revision != shelf.revision:
            return
        segments = {"offers": shelf.offers.segments(), "needs": shelf.needs.segments()}
        try:
            save(self._path, index_version(shelf.taxonomy), Saved(segments, arrays))
        except OSError as error:
            _log.warning("The index cannot be kept in %s: %s", self._path, error)


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


def _version(stored: Stored) -> Version:
    key, revision, changed_at = stored
    return key, revision, (changed_at - _EPOCH) // _MICROSECOND


def _versions(rows: Iterable[Stored]) -> NDArray[np.int64]:
    return np.array([_version(row) for row in rows], np.int64).reshape(-1, 3)
