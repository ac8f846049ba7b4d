"""Weights learned from decisions: a factor for each knob and a shift of the base, still additive.

Factors and shift are the most likely ones under a prior at the weights in the code
(`matcher.posterior`), with the scale that makes a score of a shown pair read as a chance. A refusal
that names a criterion counts once for the pair as a whole, and `posterior.BLAME` times more for the
penalties of that criterion alone, all else held where scale and base alone would put it: "too far"
makes distance weigh, without making everything else about that pair look worse.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.posterior import (
    LEAST_FACTOR,
    LEAST_SCALE,
    MOST_FACTOR,
    MOST_SCALE,
    MOST_SHIFT,
    SHIFT_DOUBT,
    Floats,
    Table,
    fit,
    likelihood,
    lowest,
)
from matcher.weights import Turn, Weights, knob_of_code, knobs

#: Standard deviation of the prior on the logarithm of the scale, where it alone is fitted.
_SCALE_DOUBT = 0.7
#: Factors and shifts are rounded: equal on every machine.
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A pair that somebody decided on.

    points: by knob, as the prior weighs them; weight: how much it counts; blamed: the knobs that
    a refusal named; need_id: pairs of one need can be put in order.
    """

    points: Mapping[str, float]
    approved: bool
    weight: float = 1.0
    blamed: frozenset[str] = frozenset()
    need_id: str = ""


def points_of(contributions: Iterable[tuple[str, float]], made_by: Turn) -> dict[str, float]:
    """Return the points that the prior gave by knob, from codes with the points of a turn of it."""
    found: dict[str, float] = {}
    for code, value in contributions:
        knob = knob_of_code().get(code)
        if knob is not None and value:
            found[knob] = found.get(knob, 0.0) + value / made_by.factor(knob)
    return found


def _table(examples: Sequence[Example], names: Sequence[str]) -> Table:
    points = _matrix([example.points for example in examples], names)
    blamed = np.array([[name in e.blamed for name in names] for e in examples])
    return Table(
        points=points,
        labels=np.array([float(e.approved) for e in examples]),
        weights=np.array([e.weight for e in examples]),
        # A reason against cannot be that something fits.
        blamed=blamed & (points < 0),
    )


def _matrix(points: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    rows = [[held.get(name, 0.0) for name in names] for held in points]
    return np.array(rows, np.float64).reshape(len(points), len(names))


def calibrate(
    scores: Sequence[float] | Floats,
    approved: Sequence[float] | Floats,
    base: float,
    weights: Sequence[float] | Floats | None = None,
) -> tuple[float, float]:
    """Return the scale of the scores without base, and the shift of the base, that fit best."""
    points, labels = np.asarray(scores, np.float64), np.asarray(approved, np.float64)
    counts = np.ones_like(labels) if weights is None else np.asarray(weights, np.float64)

    def loss(at: Floats) -> tuple[float, Floats]:
        log_scale, shift = float(at[0]), float(at[1])
        scaled = math.exp(log_scale) * points
        value, slope = likelihood(base + shift + scaled, labels, counts)
        value += (log_scale / _SCALE_DOUBT) ** 2 / 2 + (shift / SHIFT_DOUBT) ** 2 / 2
        slopes = (
            slope @ scaled + log_scale / _SCALE_DOUBT**2,
            slope.sum() + shift / SHIFT_DOUBT**2,
        )
        return value, np.array(slopes)

    bounds = [(math.log(LEAST_SCALE), math.log(MOST_SCALE)), (-MOST_SHIFT, MOST_SHIFT)]
    found = lowest(loss, np.zeros(2), bounds)
    return math.exp(float(found[0])), float(found[1])


def rescaled(examples: Sequence[Example], prior: Weights, live: Turn) -> Turn:
    """Return the live weights with scale and base refitted; every order of offers stays."""
    scores = [live.score(e.points, -live.shift) for e in examples]
    labels = [float(e.approved) for e in examples]
    scale, shift = calibrate(scores, labels, prior.base, [e.weight for e in examples])
    return _turn(scale, shift, {knob.name: live.factor(knob.name) for knob in knobs()})


def learn(
    examples: Sequence[Example], prior: Weights, shown: Sequence[Mapping[str, float]] = ()
) -> Turn:
    """Return the turn of the prior that fits the examples.

    shown: points, by knob, of pairs as they are shown; on these a score reads as a chance.
    """
    names = [knob.name for knob in knobs()]
    table = _table(examples, names)
    sums = table.points.sum(axis=1)
    held = calibrate(sums, table.labels, prior.base, table.weights)
    found = fit(table, prior.base, held).moderated(_matrix(shown, names))
    return _turn(found.scale, found.shift, dict(zip(names, found.relative.tolist(), strict=True)))


def _turn(scale: float, shift: float, relative: Mapping[str, float]) -> Turn:
    factors = {
        name: round(min(MOST_FACTOR, max(LEAST_FACTOR, scale * value)), _DECIMALS)
        for name, value in relative.items()
    }
    return Turn(round(shift, _DECIMALS), factors)
