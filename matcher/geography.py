"""Distances between places and service areas."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from matcher.values import Offer, Place

_EARTH_KM = 6371.0088


def kilometres(first: Place, second: Place) -> float:
    """Return the great-circle distance (haversine) in km, to one decimal."""
    return great_circle(first.latitude, first.longitude, second.latitude, second.longitude)


@lru_cache(maxsize=100_000)
def great_circle(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the distance in km between two points in degrees, to one decimal."""
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half = sin((phi_b - phi_a) / 2) ** 2
    half += cos(phi_a) * cos(phi_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return round(2 * _EARTH_KM * asin(min(1.0, sqrt(half))), 1)


def serves(offer: Offer, place: Place) -> bool | None:
    """Tell whether a place lies in the service area of an offer; None when the area is unknown."""
    if place.nis in offer.service_nis:
        return True
    if offer.radius_km is not None and offer.place is not None:
        return kilometres(offer.place, place) <= offer.radius_km
    return False if offer.service_nis else None
