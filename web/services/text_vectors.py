"""The vectors of texts: read by an encoder, stored once, compared by every process.

A vector counts while encoder, version and text are those it was made by; else the text waits to be
read again, and until then its pairs are weighed by their words.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.encoding import (
    Encoder,
    EncoderError,
    Meaning,
    Rows,
    TimedEncoder,
    clean,
    digest,
    quantise,
)
from models import Need, Offer, TextVector

#: What somebody who publishes may be kept waiting for the vector of his text.
PUBLISH_SECONDS = 1.5
#: More ids than this are not asked for one by one.
_MOST_IDS = 500

_log = logging.getLogger(__name__)

#: A stored text: (`need` or `offer`, id).
TextKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an encoder made of a text, and the digest of that text."""

    digest: str
    meaning: Meaning


def key_of(row: Need | Offer) -> TextKey:
    """Return the key of the text of a row."""
    return ("need" if isinstance(row, Need) else "offer", row.id)


def read_for(
    session: Session, encoder: TimedEncoder | None, row: Need | Offer, title: str, text: str
) -> Reading | None:
    """Return what is known of a text that a row is about to show, read now if that is quick."""
    return _current(session, encoder, row, title, text) or read_in_time(encoder, title, text)


def read_text(encoder: Encoder, title: str, text: str) -> Reading | None:
    """Read a text, however long it takes; None when it says nothing. Raises EncoderError."""
    cleaned = clean(title, text)
    return _reading(title, text, encoder.encode([cleaned])) if cleaned else None


def read_in_time(
    encoder: TimedEncoder | None, title: str, text: str, seconds: float = PUBLISH_SECONDS
) -> Reading | None:
    """Read a text if that is quick; None, and never an error, when it is not."""
    cleaned = clean(title, text)
    if encoder is None or not cleaned:
        return None
    try:
        return _reading(title, text, encoder.encode_within([cleaned], seconds))
    except EncoderError as error:
        _log.debug("a text waits for its vector: %s", error)
        return None


def _reading(title: str, text: str, rows: Rows) -> Reading:
    return Reading(digest(title, text), quantise(rows)[0])


def store_reading(
    session: Session,
    encoder: Encoder | None,
    row: Need | Offer,
    reading: Reading | None,
    *,
    revision: int,
    ranked: bool,
) -> bool:
    """Store what was read of a row, unless its text changed meanwhile; tell whether it counts.

    revision: the catalogue's, stamped before in this transaction, so that writers wait for each
    other. ranked: the caller ranks the row with it.
    """
    if encoder is None or reading is None or reading.digest != digest(row.title, row.text):
        return False
    stored = _stored(session, row) or TextVector(**{f"{key_of(row)[0]}_id": row.id})
    stored.encoder, stored.encoder_version = encoder.name, encoder.version
    stored.digest, stored.vector = reading.digest, reading.meaning.tobytes()
    stored.revision, stored.ranked = revision, ranked
    session.add(stored)
    session.flush()
    return True


def _stored(session: Session, row: Need | Offer) -> TextVector | None:
    column = TextVector.need_id if isinstance(row, Need) else TextVector.offer_id
    return session.scalar(select(TextVector).where(column == row.id))


def meaning_of(session: Session, encoder: Encoder | None, row: Need | Offer) -> Meaning | None:
    """Return the stored vector of a row, or None while there is none that counts."""
    reading = _current(session, encoder, row, row.title, row.text)
    return None if reading is None else reading.meaning


def _current(
    session: Session, encoder: Encoder | None, row: Need | Offer, title: str, text: str
) -> Reading | None:
    stored = _stored(session, row) if encoder is not None else None
    if encoder is None or stored is None or not _is_of(stored, encoder):
        return None
    fits = stored.digest == digest(title, text)
    return Reading(stored.digest, _meaning(stored)) if fits else None


def load_readings(
    session: Session,
    encoder: Encoder | None,
    since: int,
    changed: Mapping[str, Sequence[int]],
) -> dict[TextKey, Reading]:
    """Return what this encoder read: stored after revision `since`, or of changed rows, by key.

    changed: ids under `need` and `offer`. More may come than was asked for.
    """
    if encoder is None:
        return {}
    chosen = select(TextVector).where(
        TextVector.encoder == encoder.name, TextVector.encoder_version == encoder.version
    )
    needs, offers = changed["need"], changed["offer"]
    if len(needs) + len(offers) <= _MOST_IDS:
        ours = or_(TextVector.need_id.in_(needs), TextVector.offer_id.in_(offers))
        chosen = chosen.where(or_(TextVector.revision > since, ours))
    return {
        _key(stored): Reading(stored.digest, _meaning(stored)) for stored in session.scalars(chosen)
    }


def _key(stored: TextVector) -> TextKey:
    if stored.need_id is not None:
        return ("need", stored.need_id)
    assert stored.offer_id is not None
    return ("offer", stored.offer_id)


def _is_of(stored: TextVector, encoder: Encoder) -> bool:
    return (stored.encoder, stored.encoder_version) == (encoder.name, encoder.version)


def _meaning(stored: TextVector) -> Meaning:
    return np.frombuffer(stored.vector, np.int8)
