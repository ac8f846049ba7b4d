"""What a segment is made of: a need or an offer as bytes, and what questions ask of all rows."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from matcher.encoding import Meaning
from matcher.entries import Entry, Item
from matcher.facts import families_in
from matcher.features import TextVector
from matcher.packing import pack, stable_key
from matcher.rules import facts_of
from matcher.values import Need, Offer

Area = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, read.

    area: see `Segment.areas`. activities, clusters: strengths in percents by id. served: the
    municipalities that an offer names. families: of what something is known (`families_in`).
    """

    name: str
    packed: bytes
    vector: TextVector
    kind: str
    facts: str
    owner: str | None
    area: Area
    served: frozenset[str]
    activities: Mapping[str, int]
    clusters: Mapping[str, int]
    families: int
    meaning: Meaning | None


def make_row(entry: Entry[Item], vector: TextVector, meaning: Meaning | None) -> Row:
    """Return the row of an entry."""
    item: Need | Offer = entry.item
    return Row(
        name=item.id,
        packed=pack(entry),
        vector=vector,
        kind=item.kind.value,
        facts=stable_key(_facts(item)),
        owner=item.supplier_id if isinstance(item, Offer) else item.asker_id,
        area=_area(item),
        served=item.service_nis if isinstance(item, Offer) else frozenset(),
        activities=entry.activities,
        clusters=entry.clusters,
        families=families_in(entry.known.conditions),
        meaning=meaning,
    )


def _facts(item: Need | Offer) -> Hashable:
    """Return all that `matcher.rule_checks` may look at."""
    if isinstance(item, Offer):
        return facts_of(item)
    asked = item.conditions
    return (
        item.kind,
        item.asker_type,
        item.asker_nace,
        item.core_activity,
        asked.hours_per_week,
        asked.start,
        asked.end,
        asked.licences,
        asked.certificates,
        asked.phase,
    )


def _area(item: Need | Offer) -> Area:
    """Return a row of `Segment.areas`."""
    place = item.place
    here = (0.0, 0.0, 0.0) if place is None else (place.latitude, place.longitude, 1.0)
    if not isinstance(item, Offer):
        return (*here, 0.0, 0.0)
    radius = item.radius_km if place is not None else None
    return (*here, radius or 0.0, float(radius is not None or bool(item.service_nis)))
