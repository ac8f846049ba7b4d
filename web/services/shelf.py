"""The shelf: the published needs and offers as the matcher works on them, and how it is filled."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from matcher import NeedIndex, OfferIndex, Taxonomy
from matcher.encoding import Meaning, TimedEncoder, clean, digest, label
from matcher.entries import Item
from matcher.values import Activity as ActivityValue
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from matcher.values import Rule as RuleValue
from models import Activity, Match, Need, Offer, Rule, now
from models.states import NeedStatus, OfferStatus
from web.services.text_vectors import Reading, TextKey, load_readings
from web.services.values import activity_value, need_value, offer_value, rule_value

#: From so many texts on they are read in lots, and kept for the next process.
MANY = 500
#: From so many rows on, other processors are worth starting.
WORTH_PROCESSES = 20_000
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
    selectinload(Offer.held).options(joinedload(Match.need), joinedload(Match.agreement)),
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


def empty_shelf(session: Session, reference_revision: int, encoder: TimedEncoder | None) -> Shelf:
    """Return a shelf without needs and offers, with the activities and rules of now."""
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


def load_changes(session: Session, shelf: Shelf) -> int:
    """Bring the shelf level; returns how many needs and offers were loaded."""
    if shelf.revision < 0:
        return _load_all(session, shelf)
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
    return len(needs) + len(offers)


def _load_all(session: Session, shelf: Shelf) -> int:
    """Fill an empty shelf, many texts at a time, on all processors where that is worth it."""
    readings = load_readings(session, shelf.encoder, shelf.revision, {"need": [], "offer": []})
    count = 0

    def known(item: Item) -> tuple[Item, Meaning | None]:
        nonlocal count
        count += 1
        value: NeedValue | OfferValue = item
        key = ("need" if isinstance(value, NeedValue) else "offer", int(value.id))
        return item, _fitting(value, readings.get(key))

    open_needs = select(Need).where(Need.status == NeedStatus.PUBLISHED).options(*NEED_PARTS)
    published = select(Offer).where(Offer.status == OfferStatus.PUBLISHED).options(*OFFER_PARTS)
    needs = session.scalars(open_needs.execution_options(yield_per=MANY))
    shelf.needs.put_all((known(need_value(need)) for need in needs), _jobs(session, Need))
    offers = session.scalars(published.execution_options(yield_per=MANY))
    today = now().date()
    current = (offer for offer in offers if is_current(offer, today))
    shelf.offers.put_all((known(_noted(shelf, offer)) for offer in current), _jobs(session, Offer))
    note_waiting(shelf)
    return count


def _jobs(session: Session, table: type[Need | Offer]) -> int:
    from joblib import cpu_count

    rows = session.scalars(select(func.count()).select_from(table)).one()
    return cpu_count() if rows >= WORTH_PROCESSES else 1


def _noted(shelf: Shelf, offer: Offer) -> OfferValue:
    shelf.last_days[str(offer.id)] = offer.valid_until or date.max
    return offer_value(offer)


def note_waiting(shelf: Shelf) -> None:
    """Note every text on the shelf that waits for its vector."""
    if shelf.encoder is None:
        return
    needs, offers = shelf.needs.unread(), shelf.offers.unread()
    shelf.waiting = {("need", int(n.id)) for n in needs if clean(n.title, n.text)}
    shelf.waiting |= {("offer", int(o.id)) for o in offers if clean(o.title, o.text)}


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
    meaning = _fitting(item, reading)
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


def _fitting(item: NeedValue | OfferValue, reading: Reading | None) -> Meaning | None:
    fits = reading is not None and reading.digest == digest(item.title, item.text)
    return reading.meaning if reading is not None and fits else None


def is_current(offer: Offer, on: date) -> bool:
    """Tell whether an offer may be suggested: published, and its last day not over."""
    return offer.status is OfferStatus.PUBLISHED and (offer.valid_until or date.max) >= on


def take_off_expired(shelf: Shelf, today: date) -> None:
    """Offers run out at midnight without anybody stamping them, so each day looks once."""
    if shelf.day == today:
        return
    for offer_id in [key for key, last in shelf.last_days.items() if last < today]:
        _remove_offer(shelf, offer_id)
    shelf.memo.clear()
    shelf.day = today
