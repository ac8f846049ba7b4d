"""Marks of what both sides of a pair said, part by part: did anything change that matters?

A refused pair stays away until a part changes that its reason is about. Capitals, accents, spaces
and punctuation make no change, and neither do activities that Brug itself recognised.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum

from matcher.tokens import words
from matcher.values import Conditions
from models import Need, Offer
from models.states import ActivityOrigin, RefusalReason
from web.services.values import need_value, offer_value


class Part(StrEnum):
    """What a fact is about."""

    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    PEOPLE = "people"
    PAPERS = "papers"
    OTHER = "other"


#: The part of each condition; one that is not listed is `OTHER`.
_PART_OF = {
    "people_min": Part.PEOPLE,
    "people_max": Part.PEOPLE,
    "hours_per_week": Part.WHEN,
    "start": Part.WHEN,
    "end": Part.WHEN,
    "schedule": Part.WHEN,
    "certificates": Part.PAPERS,
    "licences": Part.PAPERS,
    "wished": Part.PAPERS,
    "months": Part.WHEN,
    "amount": Part.PEOPLE,
    "order_min": Part.PEOPLE,
    "order_max": Part.PEOPLE,
    "site": Part.WHERE,
}
#: What must change before a pair that was refused for a reason comes back. The text counts where
#: conditions may be read in it; a known problem is not for a text to solve.
MATTERS: Mapping[RefusalReason, frozenset[Part]] = {
    RefusalReason.WRONG_ACTIVITY: frozenset({Part.WHAT}),
    RefusalReason.TOO_FAR: frozenset({Part.WHERE}),
    RefusalReason.NO_CAPACITY: frozenset({Part.WHAT, Part.PEOPLE, Part.WHEN}),
    RefusalReason.WRONG_PERIOD: frozenset({Part.WHAT, Part.WHEN}),
    RefusalReason.MISSING_CERTIFICATE: frozenset({Part.WHAT, Part.PAPERS}),
    RefusalReason.CONDITIONS: frozenset(Part),
    RefusalReason.KNOWN_PROBLEM: frozenset(),
    RefusalReason.OTHER: frozenset(Part),
}
_MARK_LENGTH = 16


def marks(need: Need, offer: Offer) -> dict[str, str]:
    """Return a mark for each part of what the two sides say."""
    said: dict[Part, list[object]] = {part: [] for part in Part}
    for row in (need, offer):
        for part, fact in _facts(row):
            said[part].append(fact)
    return {part.value: _mark(facts) for part, facts in said.items()}


def comes_back(reason: RefusalReason, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Tell whether something changed that a refusal was about; never for one without marks."""
    changed = {part for part in Part if before.get(part.value) != after.get(part.value)}
    return bool(before and changed & MATTERS[reason])


def _facts(row: Need | Offer) -> Iterator[tuple[Part, object]]:
    own = [(a.activity_id, a.origin.value) for a in row.activities if not _recognised(a.origin)]
    yield Part.WHAT, [row.kind.value, words(row.title), words(row.text), sorted(own)]
    yield Part.WHERE, [row.municipality_nis]
    if isinstance(row, Offer):
        value = offer_value(row)
        yield Part.WHERE, [sorted(value.service_nis), value.radius_km]
        conditions = value.conditions
    else:
        asked = need_value(row)
        yield Part.WHAT, asked.core_activity
        conditions = asked.conditions
    for field in fields(Conditions):
        if field.name == "promised":
            continue  # not what a side says, but what Brug knows
        fact = getattr(conditions, field.name)
        yield _PART_OF.get(field.name, Part.OTHER), [field.name, fact]


def _recognised(origin: ActivityOrigin) -> bool:
    return origin is ActivityOrigin.RECOGNISED


def _mark(facts: list[object]) -> str:
    told = json.dumps(facts, default=_plain, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK_LENGTH]


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
