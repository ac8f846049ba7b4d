"""Reads the facts of a text: every reader in turn, without two readings of the same words."""

from datetime import date

from matcher.reading.page import Page
from matcher.reading.registry import READERS
from matcher.reading.values import Context, Polarity, Reading
from matcher.vocabulary import NeedKind, OfferKind

#: Days of writing outside these years are no days of writing.
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


def read(text: str, kind: NeedKind | OfferKind, on: date | None = None) -> tuple[Reading, ...]:
    """Return what a text says of its conditions, from left to right.

    on: the day of writing, for what is said from that day on; without it such days stay unread.
    """
    known = on if on is not None and _FIRST_YEAR <= on.year <= _LAST_YEAR else None
    page, context = Page(text), Context(kind, known)
    found = [one for reader in READERS.values() for one in reader(page, context)]
    kept = _without_strays(_without_doubles(found))
    return tuple(sorted(kept, key=lambda r: (r.start, r.end, r.family)))


def _without_doubles(found: list[Reading]) -> list[Reading]:
    """Keep of readings of one family over the same words the longest, then the surest."""
    kept: dict[str, list[Reading]] = {}
    order = sorted(found, key=lambda r: (r.start - r.end, -r.confidence, r.start))
    for one in order:
        rivals = kept.setdefault(_group(one), [])
        if not any(_overlap(one, rival) for rival in rivals):
            rivals.append(one)
    return [one for group in kept.values() for one in group]


def _without_strays(found: list[Reading]) -> list[Reading]:
    """Drop what was read as a fact in words that are left out: `niet: schilderen, hoogwerker`."""
    outs = [r for r in found if r.family == "excluded"]
    return [
        r
        for r in found
        if r in outs or r.polarity is Polarity.NOT or not any(_overlap(r, out) for out in outs)
    ]


def _overlap(one: Reading, other: Reading) -> bool:
    return one.start < other.end and other.start < one.end


def _group(reading: Reading) -> str:
    return "amount" if reading.family == "order" else reading.family
