"""The published needs and offers in memory, kept level with the database.

Every process holds one `Catalogue`. Whoever changes a need or an offer stamps it with the next
revision; `open` reads one row, which also names the live weights, and loads only what came since.
So a change is seen by the next request of every process, without a restart and without building
anything anew.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from matcher.encoding import TimedEncoder
from models import CatalogueState, Need, Offer, now
from web.services.shelf import (
    INFORMATION,
    MANY,
    NEED_PARTS,
    OFFER_PARTS,
    Shelf,
    empty_shelf,
    is_current,
    load_changes,
    take_off_expired,
)
from web.services.weights import stored_weights

__all__ = [
    "INFORMATION",
    "NEED_PARTS",
    "OFFER_PARTS",
    "Catalogue",
    "KeptShelf",
    "Shelf",
    "is_current",
    "put_live",
    "stamp",
    "stamp_reference",
]

_STAMPED = "catalogue_stamped"


class KeptShelf(Protocol):
    """Where a shelf is kept for the next process."""

    def restore(self, session: Session, shelf: Shelf, revision: int) -> None:
        """Fill an empty shelf with what was kept, if that is of use."""

    def keep(self, session: Session, shelf: Shelf) -> None:
        """Keep a shelf that is level with the session."""


class Catalogue:
    """The shelf of this process, used by one thread at a time, and what reads its texts."""

    def __init__(self, encoder: TimedEncoder | None = None, kept: KeptShelf | None = None) -> None:
        self.encoder = encoder
        self._kept = kept
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None

    @contextmanager
    def open(self, session: Session) -> Iterator[Shelf]:
        """Lend the shelf, level with what `session` sees.

        Raises `RuntimeError` in a session that already stamped a change: what may still be rolled
        back must not reach a shelf that outlives it. Open first, change after.
        """
        if session.info.get(_STAMPED):
            raise RuntimeError("open the catalogue before stamping a change")
        with self._lock:
            self._shelf = _level(session, self._shelf, self.encoder, self._kept)
            yield self._shelf


def _level(
    session: Session, shelf: Shelf | None, encoder: TimedEncoder | None, kept: KeptShelf | None
) -> Shelf:
    state = session.get(CatalogueState, 1, populate_existing=True)
    revision, reference = (state.revision, state.reference_revision) if state else (0, 0)
    if shelf is None or shelf.reference_revision != reference:
        shelf = empty_shelf(session, reference, encoder)
        if kept is not None:
            kept.restore(session, shelf, revision)
    if shelf.revision != revision:
        many = load_changes(session, shelf) >= MANY
        shelf.revision = revision
        shelf.memo.clear()
        if many and kept is not None:
            kept.keep(session, shelf)
    weights_id = state.weights_id if state else None
    if shelf.weights_id != weights_id:
        shelf.offers.weights = shelf.needs.weights = stored_weights(session, weights_id)
        shelf.weights_id = weights_id
        shelf.memo.clear()
    take_off_expired(shelf, now().date())
    return shelf


def stamp(session: Session, *changed: Need | Offer) -> int:
    """Give what changed the next revision and return it; its row is locked until the commit."""
    revision = _next(session, reference=False)
    for row in changed:
        row.revision = revision
    session.info[_STAMPED] = True
    return revision


def stamp_reference(session: Session) -> None:
    """Tell every process that activities or rules changed; suggestions made before are behind."""
    _next(session, reference=True)


def put_live(session: Session, weights_id: int | None) -> None:
    """Make a version of the weights live for every process, from its next request on."""
    _next(session, reference=False)
    session.execute(
        update(CatalogueState)
        .where(CatalogueState.id == 1)
        .values(weights_id=weights_id)
        .execution_options(synchronize_session=False)
    )
    session.info[_STAMPED] = True


def _next(session: Session, *, reference: bool) -> int:
    column = CatalogueState.reference_revision if reference else CatalogueState.revision
    raised = (
        update(CatalogueState)
        .where(CatalogueState.id == 1)
        .values({column: column + 1})
        .returning(column)
        .execution_options(synchronize_session=False)
    )
    revision = session.scalar(raised)
    if revision is None:
        session.execute(insert(CatalogueState).values(id=1, revision=0, reference_revision=0))
        revision = session.scalar(raised)
    assert revision is not None
    return revision
