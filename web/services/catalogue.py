"""The published needs and offers in memory, kept level with the database.

Every process holds one `Catalogue`. Whoever changes a need or an offer stamps it with the next
revision; `open` reads one row, which also names the live weights, and loads only what came since.
So a change is seen by the next request of every process, without a restart and without building
anything anew.
"""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from matcher import NeedIndex, OfferIndex, Taxonomy
from matcher.encoding import TimedEncoder, clean, digest, label
from matcher.values import Activity as ActivityValue
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from matcher.values import Rule as RuleValue
from models import Activity, CatalogueState, Need, Offer, Rule, now
from models.states import NeedStatus, OfferStatus
from web.services.text_vectors import Reading, TextKey, load_readings
from web.services.values import activity_value, need_value, offer_value, rule_value
from web.services.weights import stored_weights

_STAMPED = "catalogue_stamped"
#: Code of the rules that only inform people: thresholds, states of affairs.
INFORMATION = "info"

NEED_PARTS = (
    joinedload(Need.organisation),
    joinedload(Need.municipality),
    selectinload(Need.activities),
)
OFFER_PARTS = (
    joinedload(Offer.organisation),
    joinedload(Offer.municipality),
    selectinload(Offer.activities),
    selectinload(Offer.service_area),
)


@dataclass(slots=True)
class Shelf:
    """What the matcher works on, of one moment.

    encoder: what reads the texts, None for words alone; waiting: the texts without its vector.
    last_days: the last day of each offer on the shelf; day: when those past it were last taken off.
    memo: results that hold until anything on the shelf changes, for whoever asks again.
    """

    taxonomy: Taxonomy
    rules: tuple[RuleValue, ...]
    offers: OfferIndex
    needs: NeedIndex
    encoder: TimedEncoder | None = None
    waiting: set[TextKey] = field(default_factory=set)
    revision: int = -1
    reference_revision: int = -1
    weights_id: int | None = None
    last_days: dict[str, date] = field(default_factory=dict)
    day: date = date.min
    memo: dict[Hashable, Any] = field(default_factory=dict)


class Catalogue:
    """The shelf of this process, used by one thread at a time, and what reads its texts."""

    def __init__(self, encoder: TimedEncoder | None = None) -> None:
        self.encoder = encoder
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
            self._shelf = _level(session, self._shelf, self.encoder)
            yield self._shelf


def _level(session: Session, shelf: Shelf | None, encoder: TimedEncoder | None) -> Shelf:
    state = session.get(CatalogueState, 1, populate_existing=True)
    revision, reference = (state.revision, state.reference_revision) if state else (0, 0)
    if shelf is None or shelf.reference_revision != reference:
        shelf = _empty_shelf(session, reference, encoder)
    if shelf.revision != revision:
        _load_changes(session, shelf)
        shelf.revision = revision
        shelf.memo.clear()
    weights_id = state.weights_id if state else None
    if shelf.weights_id != weights_id:
        shelf.offers.weights = shelf.needs.weights = stored_weights(session, weights_id)
        shelf.weights_id = weights_id
        shelf.memo.clear()
    _take_off_expired(shelf, now().date())
    return shelf


def _empty_shelf(session: Session, reference_revision: int, encoder: TimedEncoder | None) -> Shelf:
    activities = session.scalars(
        select(Activity)
        .where(Activity.is_active)
        .order_by(Activity.id)
        .options(selectinload(Activity.synonyms))
    )
    rules = session.scalars(select(Rule).where(Rule.code != INFORMATION).order_by(Rule.id))
    values = tuple(activity_value(activity) for activity in activities)
    taxonomy = _taxonomy(values, label(encoder))
    return Shelf(
        taxonomy=taxonomy,
        rules=tuple(rule_value(rule) for rule in rules),
        offers=OfferIndex(taxonomy),
        needs=NeedIndex(taxonomy),
        encoder=encoder,
        reference_revision=reference_revision,
    )


@lru_cache(maxsize=4)
def _taxonomy(activities: tuple[ActivityValue, ...], encoder: str) -> Taxonomy:
    """Make a taxonomy once a process: it takes half a second and never changes."""
    return Taxonomy(activities, encoder)


def _load_changes(session: Session, shelf: Shelf) -> None:
    newer = Need.revision > shelf.revision, Offer.revision > shelf.revision
    needs = session.scalars(select(Need).where(newer[0]).options(*NEED_PARTS)).all()
    offers = session.scalars(select(Offer).where(newer[1]).options(*OFFER_PARTS)).all()
    changed = {"need": [need.id for need in needs], "offer": [offer.id for offer in offers]}
    readings = load_readings(session, shelf.encoder, shelf.revision, changed)
    for need in needs:
        _put_need(shelf, need, readings.pop(("need", need.id), None))
    for offer in offers:
        _put_offer(shelf, offer, readings.pop(("offer", offer.id), None))
    for (kind, item_id), reading in readings.items():
        item = (shelf.needs if kind == "need" else shelf.offers).get(str(item_id))
        if item is not None:
            _put(shelf, item, reading)


def _put_need(shelf: Shelf, need: Need, reading: Reading | None) -> None:
    """Show an open need to the matcher, or take it away."""
    if need.status is NeedStatus.PUBLISHED:
        _put(shelf, need_value(need), reading)
    else:
        shelf.needs.remove(str(need.id))
        shelf.waiting.discard(("need", need.id))


def _put_offer(shelf: Shelf, offer: Offer, reading: Reading | None) -> None:
    """Show an offer that counts today to the matcher, or take it away."""
    if is_current(offer, now().date()):
        _put(shelf, offer_value(offer), reading)
        shelf.last_days[str(offer.id)] = offer.valid_until or date.max
    else:
        _remove_offer(shelf, str(offer.id))


def _remove_offer(shelf: Shelf, offer_id: str) -> None:
    shelf.offers.remove(offer_id)
    shelf.last_days.pop(offer_id, None)
    shelf.waiting.discard(("offer", int(offer_id)))


def _put(shelf: Shelf, item: NeedValue | OfferValue, reading: Reading | None) -> None:
    """Show a text with its vector; one of another text does not count."""
    fits = reading is not None and reading.digest == digest(item.title, item.text)
    meaning = reading.meaning if reading is not None and fits else None
    if isinstance(item, NeedValue):
        shelf.needs.put(item, meaning)
        key = ("need", int(item.id))
    else:
        shelf.offers.put(item, meaning)
        key = ("offer", int(item.id))
    if shelf.encoder is not None and meaning is None and clean(item.title, item.text):
        shelf.waiting.add(key)
    else:
        shelf.waiting.discard(key)


def is_current(offer: Offer, on: date) -> bool:
    """Tell whether an offer may be suggested: published, and its last day not over."""
    return offer.status is OfferStatus.PUBLISHED and (offer.valid_until or date.max) >= on


def _take_off_expired(shelf: Shelf, today: date) -> None:
    """Offers run out at midnight without anybody stamping them, so each day looks once."""
    if shelf.day == today:
        return
    for offer_id in [key for key, last in shelf.last_days.items() if last < today]:
        _remove_offer(shelf, offer_id)
    shelf.memo.clear()
    shelf.day = today


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
