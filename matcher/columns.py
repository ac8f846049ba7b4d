"""What the best possible score of every row of a segment at once is computed from.

Each function answers for all rows of one segment, the dead ones included; `matcher.criteria` says
what the points mean. Floats are of 32 bits here: bounds have room for their rounding.
"""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.conditions import most_by_families
from matcher.entries import Entry
from matcher.fingerprints import fingerprint
from matcher.postings import Postings
from matcher.profiles import Profile, squares
from matcher.segment import Segment
from matcher.values import Need, Place
from matcher.weights import Weights

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

_EARTH_KM = 6371.0088
#: Room for the rounding of kilometres to one decimal.
_KM_SLACK = 0.1


def living(segment: Segment, kinds: Collection[str]) -> Mask:
    """Return the living rows of some kinds."""
    wanted = np.array([kind in kinds for kind in segment.kinds], np.bool_)
    mask: Mask = segment.alive & wanted[segment.kind]
    return mask


def by_kind(segment: Segment, points: Callable[[str], float]) -> Floats:
    """Return a value per row that depends on its kind only."""
    table = np.array([points(kind) for kind in segment.kinds], np.float32)
    return table[segment.kind]


def owned_by(segment: Segment, owner: str | None) -> Mask:
    """Return the rows that may belong to an organisation: those with its fingerprint."""
    mask = np.zeros(len(segment), np.bool_)
    if owner:
        mask[segment.owners.of(fingerprint(owner))[0]] = True
    return mask


def with_activities(segment: Segment, activities: Collection[str]) -> Mask:
    """Return the rows that may have one of these activities: those with its fingerprint."""
    mask = np.zeros(len(segment), np.bool_)
    for activity in activities:
        mask[segment.activities.of(fingerprint(activity))[0]] = True
    return mask


def activity_points(segment: Segment, entry: Entry[Any], weights: Weights) -> Floats:
    """Return for every row what `matcher.criteria.activity` would give, before rounding."""
    if not entry.activities:
        return np.zeros(len(segment), np.float32)
    alike = _likeness(segment.activities, segment.squares[:, 0], entry.activities)
    near = _likeness(segment.clusters, segment.squares[:, 1], entry.clusters)
    points = criteria.activity_points(alike, near, weights)
    return np.where(segment.squares[:, 0] > 0, points, np.float32(0))


def _likeness(profiles: Postings, lengths: NDArray[np.int32], asked: Profile) -> Floats:
    """Return `matcher.profiles.likeness` of every row with one profile."""
    shared = np.zeros(lengths.size, np.int32)
    for name, percent in asked.items():
        rows, values = profiles.of(fingerprint(name))
        shared[rows] += values.astype(np.int32) * percent
    own = np.float32(squares(asked))
    alike: Floats = shared / np.sqrt(np.maximum(lengths, 1).astype(np.float32) * own)
    return alike


def distance_ceiling(segment: Segment, place: Place | None, weights: Weights) -> Floats:
    """Return for every offer the most that `matcher.criteria.distance` can give for a place."""
    if place is None:
        return np.zeros(len(segment), np.float32)
    latitude, longitude, placed, radius, known = segment.areas.T
    km = _kilometres(place, latitude, longitude)
    beyond = np.maximum(0.0, km - radius - _KM_SLACK)
    outside = np.maximum(weights.far, weights.distance_outside + weights.kilometre * beyond)
    outside = np.where(placed > 0, outside, weights.distance_outside)
    share = np.minimum(1.0, np.maximum(0.0, km - _KM_SLACK) / np.maximum(radius, 1e-9))
    near = weights.distance_inside * (1 - share / 2)
    within = (radius > 0) & (km <= radius + _KM_SLACK)
    table = np.where(known > 0, np.where(within, np.maximum(near, outside), outside), 0.0)
    points: Floats = table.astype(np.float32)[segment.area]
    served = segment.served.of(fingerprint(place.nis))[0]
    points[served] = np.maximum(points[served], max(weights.distance_inside, 0.0))
    return points


def condition_ceiling(segment: Segment, need: Need, weights: Weights) -> Floats:
    """Return for every offer the most that the conditions of a need can add."""
    points: Floats = most_by_families(need, weights, segment.states)[segment.state]
    return points


def perhaps_within(segment: Segment, place: Place, km: float) -> Mask:
    """Return the rows that may lie within so many km of a place, or serve it by name."""
    latitude, longitude, placed = segment.areas.T[:3]
    near = (placed > 0) & (_kilometres(place, latitude, longitude) <= km + _KM_SLACK)
    mask: Mask = near[segment.area]
    mask[segment.served.of(fingerprint(place.nis))[0]] = True
    return mask


def _kilometres(
    place: Place, latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    phi, other = np.radians(place.latitude), np.radians(latitude)
    half = np.sin((other - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(other) * np.sin(np.radians(longitude - place.longitude) / 2) ** 2
    km: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return km
