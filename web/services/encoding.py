"""Texts that wait for their vector, and suggestions that wait for those vectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from matcher.encoding import Encoder
from models import Need, Offer, TextVector
from web.services.catalogue import OFFER_PARTS, Shelf, stamp
from web.services.matching import rerank_for_offer
from web.services.renewal import mark_behind
from web.services.text_vectors import Reading, TextKey, meaning_of, store_reading

#: From so many offers on it takes less work to rank every open need.
MANY_OFFERS = 50


@dataclass(frozen=True, slots=True)
class Engine:
    """What compares texts.

    encoder: names what reads them beside their words; None: nothing. waiting: texts that it did not
    read yet. failing: it failed when this process last asked it.
    """

    encoder: str | None
    waiting: int = 0
    failing: bool = False


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text on the shelf without a vector that counts."""

    key: TextKey
    title: str
    text: str


def engine_of(shelf: Shelf) -> Engine:
    """Tell what compares the texts on a shelf, and how many still wait for their vector."""
    if shelf.encoder is None:
        return Engine(None)
    return Engine(shelf.encoder.name, len(shelf.waiting), shelf.encoder.failing)


def waiting_texts(shelf: Shelf, most: int, start: int) -> list[WaitingText]:
    """Return some texts that wait; processes that start elsewhere seldom take the same ones."""
    keys = sorted(shelf.waiting)
    turn = start % len(keys) if keys else 0
    found = []
    for kind, item_id in (keys[turn:] + keys[:turn])[:most]:
        item = (shelf.needs if kind == "need" else shelf.offers).get(str(item_id))
        if item is not None:
            found.append(WaitingText((kind, item_id), item.title, item.text))
    return found


def keep_readings(session: Session, encoder: Encoder, readings: Mapping[TextKey, Reading]) -> int:
    """Store what was read, for every process to see; returns how many texts it counts for."""
    # Stamped first: whoever stores the same waits here, and then finds it done.
    revision = stamp(session)
    kept = 0
    for (kind, item_id), reading in sorted(readings.items()):
        row: Need | Offer | None
        row = session.get(Need, item_id) if kind == "need" else session.get(Offer, item_id)
        if row is not None and meaning_of(session, encoder, row) is None:
            kept += store_reading(session, encoder, row, reading, revision=revision, ranked=False)
    return kept


def _unranked(encoder: Encoder) -> ColumnElement[bool]:
    return and_(
        TextVector.ranked.is_(False),
        TextVector.encoder == encoder.name,
        TextVector.encoder_version == encoder.version,
    )


def count_unranked(session: Session, encoder: Encoder) -> int:
    """Return how many needs and offers were not ranked since their vector came."""
    return _count(session, encoder)


def rank_next(
    session: Session, shelf: Shelf, encoder: Encoder, on: date, *, many: int = MANY_OFFERS
) -> bool:
    """See to one need or offer with a new vector; tell whether there was one.

    A need is marked behind, for `web.services.renewal`; an offer is ranked here, unless they are
    many: then all needs are marked.
    """
    if _count(session, encoder, TextVector.offer_id.is_not(None)) >= many:
        mark_behind(session)
        session.execute(update(TextVector).where(_unranked(encoder)).values(ranked=True))
        return True
    chosen = select(TextVector).where(_unranked(encoder)).order_by(TextVector.id).limit(1)
    # On PostgreSQL several processes may be at it; each takes another one.
    stored = session.scalar(chosen.with_for_update(skip_locked=True))
    if stored is None:
        return False
    stored.ranked = True
    if stored.need_id is not None:
        mark_behind(session, Need.id == stored.need_id)
    else:
        offer = session.get_one(Offer, stored.offer_id, options=OFFER_PARTS)
        rerank_for_offer(session, shelf, offer, on)
    return True


def _count(session: Session, encoder: Encoder, *conditions: ColumnElement[bool]) -> int:
    chosen = select(func.count()).select_from(TextVector).where(_unranked(encoder), *conditions)
    return session.scalars(chosen).one()
