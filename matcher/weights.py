"""How many points of log-odds each criterion is worth: one frozen set, by version."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of log-odds. Bonuses are positive or zero, penalties negative or zero.

    base: the chance of a pair of which nothing is known. text_scale, text_half: points of the
    similarity s (0..1): scale x s / (s + half). kilometre: points lost per km outside the area;
    far: the most that distance can cost. hour: points lost per hour of difference. level: points
    lost per missing level of language.
    """

    version: str = "prior-1"
    base: float = -4.2
    text_scale: float = 15.5
    text_half: float = 0.35
    activity_shared: float = 2.0
    activity_cluster: float = 0.6
    activity_none: float = -0.9
    kind_second: float = -1.5
    distance_inside: float = 0.4
    distance_outside: float = -0.5
    kilometre: float = -0.04
    far: float = -3.0
    capacity_enough: float = 0.3
    capacity_short: float = -2.0
    order_too_small: float = -0.8
    period_fits: float = 0.2
    period_misses: float = -1.5
    hours_fit: float = 0.2
    hour: float = -0.06
    hours_far: float = -1.5
    schedule_fits: float = 0.2
    schedule_misses: float = -1.2
    certificates_held: float = 0.3
    certificates_missing: float = -1.5
    licences_held: float = 0.3
    licences_missing: float = -1.5
    language_enough: float = 0.2
    level: float = -0.5
    language_far: float = -2.0
    site_fits: float = 0.2
    site_misses: float = -1.5
    phase_fits: float = 0.3
    phase_misses: float = -1.0
    core_activity_yes: float = 0.2
    core_activity_no: float = -1.5


DEFAULT_WEIGHTS = Weights()
