"""How many points of log-odds each criterion is worth: one frozen set, by version.

Each field names the reason codes whose points it makes; fields that make the same codes turn
together, as one knob. Turning a knob by a factor multiplies the points of its codes by that factor
in every pair, whatever the criterion; so what is learned is a factor per knob, a shift of the
base, and nothing else. A knob bears the name of its first code.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

_CODES = "codes"
_ACTIVITY = ("activity.shared", "activity.cluster", "activity.none")


def points(value: float, *codes: str) -> Any:
    """Declare a weight with the codes of the reasons whose points are proportional to it."""
    return field(default=value, metadata={_CODES: codes})


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of log-odds. Bonuses are positive or zero, penalties negative or zero.

    base: the chance of a pair of which nothing is known. text_scale, text_half: points of the
    similarity s: scale x s / (s + half), where s is that of the words (0..1) and text_meaning x
    that of the meanings (0..1). kilometre: points lost per km outside the area;
    far: the most that distance can cost. hour: points lost per hour of difference. level: points
    lost per missing level of language. A field without codes is a shape, which no knob turns.
    """

    version: str = "prior-1"
    base: float = -5.6
    text_scale: float = points(10.2, "text.similar", "text.none")
    text_half: float = 0.35
    text_meaning: float = 0.7
    activity_shared: float = points(4.3, *_ACTIVITY)
    activity_cluster: float = points(2.0, *_ACTIVITY)
    activity_apart: float = points(-1.0, *_ACTIVITY)
    kind_second: float = points(-1.0, "kind.second")
    distance_inside: float = points(0.4, "distance.inside")
    distance_outside: float = points(-0.5, "distance.outside")
    kilometre: float = points(-0.04, "distance.outside")
    far: float = points(-3.0, "distance.outside")
    capacity_enough: float = points(0.3, "capacity.enough")
    capacity_short: float = points(-2.0, "capacity.short")
    order_too_small: float = points(-0.8, "capacity.order_too_small")
    period_fits: float = points(0.2, "period.fits", "period.partly")
    period_misses: float = points(-1.5, "period.partly", "period.misses")
    hours_fit: float = points(0.2, "hours.fit")
    hour: float = points(-0.06, "hours.differ")
    hours_far: float = points(-1.5, "hours.differ")
    schedule_fits: float = points(0.2, "schedule.fits")
    schedule_misses: float = points(-1.2, "schedule.misses")
    certificates_held: float = points(0.3, "certificates.held")
    certificates_missing: float = points(-1.5, "certificates.missing")
    licences_held: float = points(0.3, "licences.held")
    licences_missing: float = points(-1.5, "licences.missing")
    language_enough: float = points(0.2, "language.enough")
    level: float = points(-0.5, "language.short", "language.other")
    language_far: float = points(-2.0, "language.short")
    site_fits: float = points(0.2, "site.fits")
    site_misses: float = points(-1.5, "site.misses")
    phase_fits: float = points(0.3, "phase.fits")
    phase_misses: float = points(-1.0, "phase.misses")
    season_fits: float = points(0.2, "season.fits", "season.partly")
    season_misses: float = points(-1.0, "season.partly", "season.misses")
    surroundings_fit: float = points(0.2, "surroundings.fit")
    surroundings_clash: float = points(-1.2, "surroundings.clash")
    height_fits: float = points(0.2, "height.fits")
    height_short: float = points(-1.5, "height.short")
    load_fits: float = points(0.1, "load.fits")
    load_heavy: float = points(-0.8, "load.heavy")
    askers_welcome: float = points(0.1, "askers.welcome")
    askers_refused: float = points(-2.5, "askers.refused")
    moving_fits: float = points(0.1, "moving.fits")
    moving_misses: float = points(-0.8, "moving.misses")
    travel_fits: float = points(0.1, "travel.fits")
    travel_misses: float = points(-0.6, "travel.misses")
    amount_enough: float = points(0.2, "amount.enough")
    amount_short: float = points(-1.0, "amount.short")
    order_fits: float = points(0.1, "order.fits")
    order_outside: float = points(-0.8, "order.outside")
    wish_held: float = points(0.1, "wishes.held", "wishes.partly")
    excluded_asked: float = points(-1.5, "excluded.asked")
    core_activity_yes: float = points(0.2, "core_activity.yes")
    core_activity_no: float = points(-1.5, "core_activity.no")

    def turned(self, turn: "Turn", version: str) -> "Weights":
        """Return these weights with the base shifted and the knobs turned, under a new name."""
        values = {
            name: getattr(self, name) * turn.factor(knob.name)
            for knob in knobs()
            for name in knob.fields
        }
        return replace(self, version=version, base=self.base + turn.shift, **values)


@dataclass(frozen=True, slots=True)
class Turn:
    """What is learned: a shift of the base, and a factor above zero for each knob.

    A knob without a factor stays as it is; the factor of a knob that is gone does nothing.
    """

    shift: float = 0.0
    factors: Mapping[str, float] = field(default_factory=dict)

    def factor(self, knob: str) -> float:
        """Return the factor of a knob, 1 where nothing was learned."""
        return self.factors.get(knob, 1.0)

    def score(self, points: Mapping[str, float], base: float) -> float:
        """Return the log-odds of points by knob, as the weights before the turn gave them."""
        parts = (self.factor(knob) * value for knob, value in points.items())
        return math.fsum((base, self.shift, *parts))


@dataclass(frozen=True, slots=True)
class Knob:
    """Fields that turn together, and the codes of the reasons that they make."""

    name: str
    fields: tuple[str, ...]
    codes: frozenset[str]


@cache
def knobs() -> tuple[Knob, ...]:
    """Return every knob, in the order of the fields."""
    found: list[tuple[list[str], list[str]]] = []
    for name, codes in _declared():
        joined = [knob for knob in found if set(knob[1]) & set(codes)]
        found = [knob for knob in found if knob not in joined]
        names = [n for knob in joined for n in knob[0]] + [name]
        found.append((names, [c for knob in joined for c in knob[1]] + list(codes)))
    return tuple(Knob(codes[0], tuple(names), frozenset(codes)) for names, codes in found)


@cache
def knob_of_code() -> Mapping[str, str]:
    """Return the name of the knob behind each reason code that earns or costs points."""
    return {code: knob.name for knob in knobs() for code in knob.codes}


def _declared() -> Iterator[tuple[str, tuple[str, ...]]]:
    for declared in fields(Weights):
        if codes := declared.metadata.get(_CODES):
            yield declared.name, codes


#: Where `brug calibrate` keeps what it fitted: a scale of all points and a shift of the base.
CALIBRATION = "calibration.json"
_DIGEST_LENGTH = 6


def calibrated(weights: Weights, scale: float, shift: float) -> Weights:
    """Return weights whose scores read as chances; every order of pairs stays.

    Their version ends on a digest of all values: whoever changes one makes another prior, on which
    `web.services.learning` learns anew. A changed formula asks for another `Weights.version`.
    """
    turned = weights.turned(Turn(shift, {knob.name: scale for knob in knobs()}), weights.version)
    told = repr(sorted(asdict(turned).items())).encode()
    digest = hashlib.sha256(told).hexdigest()[:_DIGEST_LENGTH]
    return replace(turned, version=f"{weights.version}-{digest}")


def _as_calibrated(weights: Weights) -> Weights:
    stored = json.loads((files("matcher") / "data" / CALIBRATION).read_text(encoding="utf-8"))
    return calibrated(weights, stored["scale"], stored["shift"])


DEFAULT_WEIGHTS = _as_calibrated(Weights())
