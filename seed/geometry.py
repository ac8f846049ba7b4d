"""Plane geometry on degrees, precise enough for a country of 300 km."""

import math
from collections.abc import Iterable
from itertools import pairwise

Point = tuple[float, float]
"""Latitude, longitude in degrees (WGS84)."""

Ring = list[Point]
"""A closed line; a shape is a list of rings, holes included, read by the even-odd rule."""

KM_PER_DEGREE = 111.2
_EAST_WEST = math.cos(math.radians(50.8))


def distance_km(a: Point, b: Point) -> float:
    """Return the kilometres between two points of Belgium (equirectangular, under 1 % off)."""
    return KM_PER_DEGREE * math.hypot(a[0] - b[0], (a[1] - b[1]) * _EAST_WEST)


def is_inside(point: Point, shape: Iterable[Ring]) -> bool:
    """Tell whether a point lies in a shape: an eastward ray crosses its rings an odd number."""
    latitude, longitude = point
    odd = False
    for ring in shape:
        for (lat1, lon1), (lat2, lon2) in pairwise(ring):
            crosses = (lat1 > latitude) != (lat2 > latitude)
            if crosses and longitude < lon1 + (lon2 - lon1) * (latitude - lat1) / (lat2 - lat1):
                odd = not odd
    return odd


def distance_to_shape_km(point: Point, shape: Iterable[Ring]) -> float:
    """Return the kilometres to a shape; 0 inside it."""
    rings = list(shape)
    if is_inside(point, rings):
        return 0.0
    corners = (corner for ring in rings for corner in ring)
    return min((distance_km(point, corner) for corner in corners), default=math.inf)


def emptiest_point(shape: Iterable[Ring], others: list[Point], step: float = 0.01) -> Point:
    """Return the grid point of a shape that is farthest from its edge and from `others`."""
    rings = list(shape)
    corners = [corner for ring in rings for corner in ring]
    obstacles = corners[:: max(1, len(corners) // 2000)] + others
    south, north = min(lat for lat, _ in corners), max(lat for lat, _ in corners)
    west, east = min(lon for _, lon in corners), max(lon for _, lon in corners)
    grid = [
        (south + row * step, west + column * step)
        for row in range(int((north - south) / step) + 1)
        for column in range(int((east - west) / step) + 1)
    ]
    inside = [point for point in grid if is_inside(point, rings)]
    return max(inside, key=lambda point: min(distance_km(point, other) for other in obstacles))
