"""Ranks the offers for many needs in whatever process does the work, as `rank` does for one.

The offers come as a saved index (`matcher.saved`): its path, or its bytes where no disk is shared.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from matcher.bulk import taxonomy_of
from matcher.encoding import Meaning
from matcher.index import OfferIndex
from matcher.ranking import rank
from matcher.saved import load
from matcher.taxonomy import Taxonomy
from matcher.values import Activity, Need, Rule, Suggestion
from matcher.weights import Weights

#: The name of the offers in the saved index.
OFFERS = "offers"
Lot = Sequence[tuple[Need, Meaning | None]]
Ranked = list[tuple[str, tuple[Suggestion, ...]]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is the same for every lot; version: that of the saved index."""

    version: str
    activities: tuple[Activity, ...]
    encoder: str
    rules: tuple[Rule, ...]
    weights: Weights
    on: date
    limit: int


def rank_lot(saved: Path | bytes, assignment: Assignment, lot: Lot) -> Ranked:
    """Return the best suggestions for every need of a lot, by need id.

    Raises `UnusableIndexError` where the offers were saved by another version of Brug.
    """
    taxonomy = taxonomy_of(assignment.activities, assignment.encoder)
    offers = _offers(saved, assignment.version, taxonomy)
    offers.weights = assignment.weights
    rules, on, limit = assignment.rules, assignment.on, assignment.limit
    return [
        (need.id, rank(need, offers, rules, on=on, limit=limit, meaning=meaning).suggestions)
        for need, meaning in lot
    ]


@lru_cache(maxsize=1)
def _offers(saved: Path | bytes, version: str, taxonomy: Taxonomy) -> OfferIndex:
    """Map the offers once a process, for all the lots that it gets."""
    offers = OfferIndex(taxonomy)
    if isinstance(saved, bytes):
        with tempfile.NamedTemporaryFile(prefix="brug-offers-") as copy:
            copy.write(saved)
            copy.flush()
            found = load(Path(copy.name), version)
    else:
        found = load(saved, version)
    for segment in found.segments[OFFERS]:
        offers.adopt(segment)
    return offers
