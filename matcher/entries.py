"""A need or an offer with what its text says: computed once, compared often."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.features import TextVector, text_vector
from matcher.taxonomy import Recognised, Taxonomy
from matcher.values import Need, Offer

Item = TypeVar("Item", Need, Offer)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Item]):
    """A need or offer, its activities in whole percents, and those of their clusters.

    Activities that the writer chose count fully and replace the recognised ones; ids that the
    taxonomy does not know are left out.
    """

    item: Item
    recognised: tuple[Recognised, ...]
    activities: dict[str, int]
    clusters: dict[str, int]
    text_known: bool


def make_entry(item: Item, taxonomy: Taxonomy) -> tuple[Entry[Item], TextVector]:
    """Read a need or offer: return it with its activities, and the vector of its text."""
    vector = text_vector(item.title, item.text)
    recognised = taxonomy.recognise(item.title, item.text)
    chosen = [activity for activity in item.activities if activity in taxonomy]
    if chosen:
        activities = dict.fromkeys(sorted(chosen), 100)
    else:
        activities = {r.activity_id: round(100 * min(1.0, r.strength)) for r in recognised}
    clusters = _strongest((taxonomy.cluster_of(a), value) for a, value in activities.items())
    return Entry(item, recognised, activities, clusters, not vector.empty), vector


def _strongest(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    best: dict[str, int] = {}
    for name, value in pairs:
        best[name] = max(value, best.get(name, 0))
    return best
