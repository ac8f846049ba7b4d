"""What is known of a need or an offer: as stated, and where nothing is, as read in its text.

A stated field always wins: a family of readings is used only where all of its fields are empty, and
the writer did not call it wrong. What is read counts for as much as the reading is sure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from matcher.merging import MERGES, Used
from matcher.reading import Reading, read
from matcher.values import Conditions, Need, Offer

#: The fields of `Conditions` that a family of readings may fill.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "people": ("people_min", "people_max"),
    "amount": ("amount",),
    "order": ("order_min", "order_max"),
    "hours": ("hours_per_week",),
    "schedule": ("schedule",),
    "period": ("start", "end", "months"),
    "surroundings": ("surroundings",),
    "height": ("height_m",),
    "load": ("lifting_kg",),
    "certificates": ("certificates",),
    "licences": ("licences",),
    "language": ("language_level", "languages"),
    "askers": ("askers",),
    "site": ("site",),
    "moving": ("moving",),
    "travel": ("travel",),
    "excluded": ("excluded",),
}
_PLACE = {family: place for place, family in enumerate(FIELDS)}
_EMPTY = Conditions()
_MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Read:
    """Where a family of facts was read: its words as typed, and how sure that is (0 to 1)."""

    words: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Conditions with what was read filled in, and where that stands, by family."""

    conditions: Conditions
    read: dict[str, Read]


def readings_of(item: Need | Offer) -> tuple[Reading, ...]:
    """Return what the title and the text say; places are those in the title, a line, the text."""
    return read(f"{item.title}\n{item.text}", item.kind, item.written)


def facts_of(item: Need | Offer) -> Facts | None:
    """Return the conditions with readings where nothing was stated; None where nothing is read."""
    by_family: dict[str, list[Reading]] = {}
    for reading in readings_of(item):
        by_family.setdefault(reading.family, []).append(reading)
    conditions, found = item.conditions, dict[str, Read]()
    for family, readings in by_family.items():
        if family in conditions.unread or is_stated(item.conditions, family):
            continue
        used = MERGES[family](readings, item)
        filled = conditions if used is None else _filled(conditions, used)
        if used is not None and filled != conditions:
            conditions = filled
            found[family] = _told(used)
    return Facts(conditions, found) if found else None


def families_in(conditions: Conditions) -> int:
    """Return the families of which something is known, as the bits of `family_bits`."""
    return family_bits(family for family in FIELDS if is_stated(conditions, family))


def family_bits(families: Iterable[str]) -> int:
    """Return families as a number with one bit each, in the order of `FIELDS`."""
    return sum(1 << _PLACE[family] for family in families)


def is_stated(conditions: Conditions, family: str) -> bool:
    """Tell whether the writer filled in a fact that a family of readings is about."""
    return any(getattr(conditions, name) != getattr(_EMPTY, name) for name in FIELDS[family])


def _filled(conditions: Conditions, used: Used) -> Conditions:
    """Return the conditions with what was read; what several families rule out adds up."""
    values = dict(used.values)
    for name in ("impossible", "open_lists", "wished"):
        if name in values:
            values[name] = getattr(conditions, name) | values[name]
    return replace(conditions, **values)


def _told(used: Used) -> Read:
    quotes = dict.fromkeys(reading.words for reading in used.readings)
    words = " … ".join([*quotes][:_MOST_QUOTES])
    return Read(words, min(reading.confidence for reading in used.readings))
