"""Columns of an index: what the best possible score of every row at once is computed from."""

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.entries import Entry
from matcher.taxonomy import Taxonomy
from matcher.values import Need, Offer, Place
from matcher.weights import Weights

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_EARTH_KM = 6371.0088
#: Room for the rounding of kilometres to one decimal.
_KM_SLACK = 0.1


class Columns:
    """Grow-only arrays, one value per row; activities are held by column for quick sums."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._clusters = {
            name: number
            for number, name in enumerate(sorted({a.cluster for a in taxonomy.activities}))
        }
        self.size = 0
        self._numbers = np.zeros((5, 0), np.float64)
        self._codes = np.zeros((3, 0), np.int32)
        self._activities = np.zeros((len(taxonomy), 0), np.uint8)
        self._near = np.zeros((len(self._clusters), 0), np.uint8)
        self._strongest = np.zeros(0, np.uint8)
        self._fact_codes: dict[Hashable, int] = {}
        self._fact_row: list[int] = []
        self._owned: dict[str, list[int]] = {}
        self._by_nis: dict[str, list[int]] = {}
        self._kinds: dict[str, int] = {}

    def append(self, entry: Entry[Any], facts: Hashable, owner: str | None) -> None:
        """Add the next row."""
        row = self.size
        if row == self._numbers.shape[1]:
            self._grow(max(256, 2 * row))
        item: Need | Offer = entry.item
        code = self._fact_codes.setdefault(facts, len(self._fact_codes))
        if code == len(self._fact_row):
            self._fact_row.append(row)
        self._fact_row[code] = row
        kind = self._kinds.setdefault(item.kind.value, len(self._kinds))
        self._codes[:, row] = (1, kind, code)
        place = item.place
        if place is not None:
            self._numbers[:2, row] = (place.latitude, place.longitude)
        self._numbers[2, row] = place is not None
        self._add_area(row, item)
        for activity, strength in entry.activities.items():
            self._activities[self._taxonomy.position(activity), row] = strength
        for cluster, strength in entry.clusters.items():
            self._near[self._clusters[cluster], row] = strength
        if owner is not None:
            self._owned.setdefault(owner, []).append(row)
        self._strongest[row] = max(entry.activities.values(), default=0)
        self.size += 1

    def _add_area(self, row: int, item: Need | Offer) -> None:
        if not isinstance(item, Offer):
            return
        has_radius = item.radius_km is not None and item.place is not None
        self._numbers[3, row] = item.radius_km if has_radius and item.radius_km else 0.0
        self._numbers[4, row] = has_radius or bool(item.service_nis)
        for nis in item.service_nis:
            self._by_nis.setdefault(nis, []).append(row)

    def _grow(self, room: int) -> None:
        for name in ("_numbers", "_codes", "_activities", "_near"):
            old = getattr(self, name)
            new = np.zeros((old.shape[0], room), old.dtype)
            new[:, : old.shape[1]] = old
            setattr(self, name, new)
        self._strongest = np.concatenate(
            [self._strongest, np.zeros(room - self._strongest.size, np.uint8)]
        )

    def kill(self, row: int) -> None:
        """Mark a row as removed."""
        self._codes[0, row] = 0

    def alive_of_kinds(self, kinds: set[str]) -> Mask:
        """Return the living rows of some kinds."""
        wanted = [code for name, code in self._kinds.items() if name in kinds]
        mask: Mask = (self._codes[0, : self.size] == 1) & np.isin(
            self._codes[1, : self.size], wanted
        )
        return mask

    def by_kind(self, points: Callable[[str], float]) -> Floats:
        """Return a value per row that depends on its kind only."""
        table = np.array([points(name) for name in self._kinds] or [0.0])
        found: Floats = table[self._codes[1, : self.size]]
        return found

    def owned_by(self, owner: str | None) -> NDArray[np.intp]:
        """Return the rows of an organisation."""
        return np.array(self._owned.get(owner, []) if owner else [], np.intp)

    def fact_groups(self, rows: Mask) -> list[tuple[int, NDArray[np.intp]]]:
        """Return one row to judge, and all rows with equal facts, for every group in `rows`."""
        chosen = np.flatnonzero(rows)
        codes = self._codes[2, chosen]
        order = np.argsort(codes, kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
        groups = np.split(chosen[order], starts[1:])
        return [(int(group[0]), group) for group in groups if group.size]

    def activity_points(self, entry: Entry[Any], weights: Weights) -> Floats:
        """Return for every row what `matcher.criteria.activity` would give, before rounding."""
        strongest = np.zeros(self.size, np.int32)
        total = np.zeros(self.size, np.int32)
        for activity, strength in entry.activities.items():
            shared = np.minimum(
                self._activities[self._taxonomy.position(activity), : self.size], strength
            )
            np.maximum(strongest, shared, out=strongest)
            total += shared
        near = np.zeros(self.size, np.int32)
        for cluster, strength in entry.clusters.items():
            shared = np.minimum(self._near[self._clusters[cluster], : self.size], strength)
            np.maximum(near, shared, out=near)
        together = np.minimum(100, strongest + (total - strongest) // 4)
        points: Floats = np.maximum(
            weights.activity_shared * together / 100, weights.activity_cluster * near / 100
        )
        own = max(entry.activities.values(), default=0)
        apart = weights.activity_none * np.minimum(self._strongest[: self.size], own) / 100
        return np.where(near > 0, points, apart)

    def distance_ceiling(self, place: Place | None, weights: Weights) -> Floats:
        """Return for every offer the most that `matcher.criteria.distance` can give for a place."""
        points = np.zeros(self.size)
        if place is None:
            return points
        latitude, longitude, placed, radius, has_area = self._numbers[:, : self.size]
        km = _kilometres(place, latitude, longitude)
        known = has_area > 0
        beyond = np.maximum(0.0, km - radius - _KM_SLACK)
        outside = np.maximum(weights.far, weights.distance_outside + weights.kilometre * beyond)
        outside = np.where(placed > 0, outside, weights.distance_outside)
        share = np.minimum(1.0, np.maximum(0.0, km - _KM_SLACK) / np.maximum(radius, 1e-9))
        near = weights.distance_inside * (1 - share / 2)
        within = (radius > 0) & (km <= radius + _KM_SLACK)
        points[known] = np.where(within, np.maximum(near, outside), outside)[known]
        points[self._by_nis.get(place.nis, [])] = max(weights.distance_inside, 0.0)
        return points


def _kilometres(place: Place, latitude: Floats, longitude: Floats) -> Floats:
    phi, other = np.radians(place.latitude), np.radians(latitude)
    half = np.sin((other - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(other) * np.sin(np.radians(longitude - place.longitude) / 2) ** 2
    km: Floats = 2 * _EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return km
