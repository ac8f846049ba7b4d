"""Search for visitors: the same texts, activities and distances, without a need behind it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from matcher.choosing import Candidates, Scale, best_of
from matcher.columns import (
    Mask,
    activity_points,
    distance_ceiling,
    perhaps_within,
    with_activities,
)
from matcher.criteria import activity, base, distance, text
from matcher.entries import Entry, make_entry
from matcher.explaining import explain
from matcher.features import UNIT
from matcher.geography import kilometres
from matcher.index import OfferIndex
from matcher.pairs import Pair
from matcher.profiles import RECOGNISED_FROM
from matcher.ranking import text_bound
from matcher.segment import Segment
from matcher.values import Need, Offer, Place, Reason
from matcher.vocabulary import NeedKind, OfferKind

#: A hit shares at least this much text with the query, or an activity.
_LEAST_SIMILARITY = 0.03
_ALL_KINDS = frozenset(OfferKind)
_SCALE = Scale(
    subject=lambda pair, weights: tuple(weigh(pair, weights) for weigh in (base, text, activity)),
    terms=lambda pair, weights: (distance(pair, weights),),
)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An offer found, with its score and the reasons for it (`matcher.criteria`)."""

    offer_id: str
    score: float
    reasons: tuple[Reason, ...]


def search(
    query: str,
    offers: OfferIndex,
    *,
    place: Place | None = None,
    kinds: Collection[OfferKind] = _ALL_KINDS,
    activities: Collection[str] = (),
    max_km: float | None = None,
    limit: int | None = 20,
) -> tuple[SearchHit, ...]:
    """Return the offers that answer a free query, best first; without a query all that pass.

    activities: keep offers with at least one of them (chosen or recognised). max_km: keep offers
    at most so far from `place`, or serving it by name; needs a place. A query is compared by its
    words: of one so short an encoder makes little, and a visitor would wait for it.
    """
    asked = Need(id=query, kind=NeedKind.SERVICE, title=query, text="", place=place)
    entry, vector = make_entry(asked, offers.taxonomy)
    weights, passes = offers.weights, _filter(frozenset(activities), place, max_km)
    with offers.lock:
        rows = offers.alive_of_kinds({kind.value for kind in kinds})
        rows &= offers.over(lambda part: _perhaps(part, activities, place, max_km), np.bool_)
        units = offers.similarities(vector)
        subject = offers.over(lambda part: activity_points(part, entry, weights), np.float32)
        if not vector.empty:
            rows &= (units >= _LEAST_SIMILARITY * UNIT**2) | (subject > 0)
        subject += text_bound(units, None, weights)
        near = offers.over(lambda part: distance_ceiling(part, place, weights), np.float32)
        read = offers.reader()
        candidates = Candidates(
            rows,
            subject,
            subject + near,
            lambda row: Pair(entry, read(row), int(units[row])),
            lambda pair: pair.offer.item.id,
            lambda some: some,
            lambda row, pair: passes(pair.offer),
        )
        best = best_of(candidates, weights, limit, _SCALE)
        return tuple(SearchHit(w.item_id, w.score, explain(w.pair, w.reasons)) for w in best)


def _perhaps(
    part: Segment, activities: Collection[str], place: Place | None, max_km: float | None
) -> Mask:
    """Return the rows that may pass the filter, from the columns alone."""
    mask = with_activities(part, activities) if activities else np.ones(len(part), np.bool_)
    if place is not None and max_km is not None:
        mask &= perhaps_within(part, place, max_km)
    return mask


def _most(entry: Entry[Offer], activities: frozenset[str]) -> int:
    return max(entry.activities.get(name, 0) for name in activities)


def _filter(
    activities: frozenset[str], place: Place | None, max_km: float | None
) -> Callable[[Entry[Offer]], bool]:
    def passes(entry: Entry[Offer]) -> bool:
        if activities and _most(entry, activities) < RECOGNISED_FROM:
            return False
        offer = entry.item
        if place is None or max_km is None or place.nis in offer.service_nis:
            return True
        return offer.place is not None and kilometres(place, offer.place) <= max_km

    return passes
