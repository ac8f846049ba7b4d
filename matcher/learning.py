"""Weights learned from decisions: a factor for each knob and a shift of the base, still additive.

The chance that a pair is approved is 1 / (1 + e^-z), z = base + shift + scale x sum of r_k x_k:
x_k are the points that the prior gives the pair by knob k (`matcher.weights`), r_k its relative
factor. Three convex steps, each a penalised logistic likelihood:

1. scale and shift alone, which leave every order of offers as it is (`calibrate`);
2. the relative factors with that scale, each drawn to 1 by a Gaussian prior whose width is
   `DOUBT` points of log-odds for a typical contribution of its knob, and at most 1 however small
   that is. The width is measured before scaling: where decisions follow nothing the scale goes to
   zero, and the order stays;
3. scale and shift once more.

A refusal that names a criterion counts once for the pair as a whole, and `BLAME` times more for
the penalties of that criterion alone, all else held at step 1: "too far" makes distance weigh,
without making everything else about that pair look worse.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from matcher.weights import Turn, Weights, knob_of_code, knobs

Floats = NDArray[np.float64]

#: Standard deviation of the prior on a typical contribution, in points of log-odds.
DOUBT = 0.5
#: How much more a refusal counts for the criterion that it names.
BLAME = 0.5
#: Standard deviations of the prior on the logarithm of the scale and on the shift.
_SCALE_DOUBT, _SHIFT_DOUBT = 0.7, 2.0
#: A factor stays in these bounds: no sign turns, and points seen later can be traced back.
LEAST_FACTOR, MOST_FACTOR = 0.1, 10.0
_LEAST_SCALE, _MOST_SCALE = 0.1, 3.0
_MOST_SHIFT = 8.0
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


@dataclass(frozen=True, slots=True)
class _Table:
    """Examples as arrays: points (examples x knobs), labels and weights (examples)."""

    points: Floats
    labels: Floats
    weights: Floats


def _table(examples: Sequence[Example], names: Sequence[str]) -> _Table:
    return _Table(
        np.array([[e.points.get(name, 0.0) for name in names] for e in examples]),
        np.array([float(e.approved) for e in examples]),
        np.array([e.weight for e in examples]),
    )


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
        value, slope = _likelihood(base + shift + scaled, labels, counts)
        value += (log_scale / _SCALE_DOUBT) ** 2 / 2 + (shift / _SHIFT_DOUBT) ** 2 / 2
        slopes = (
            slope @ scaled + log_scale / _SCALE_DOUBT**2,
            slope.sum() + shift / _SHIFT_DOUBT**2,
        )
        return value, np.array(slopes)

    bounds = [(math.log(_LEAST_SCALE), math.log(_MOST_SCALE)), (-_MOST_SHIFT, _MOST_SHIFT)]
    found = minimize(loss, np.zeros(2), jac=True, bounds=bounds, method="L-BFGS-B").x
    return math.exp(float(found[0])), float(found[1])


def rescaled(examples: Sequence[Example], prior: Weights, live: Turn) -> Turn:
    """Return the live weights with scale and base refitted; every order of offers stays."""
    scores = [live.score(e.points, -live.shift) for e in examples]
    labels = [float(e.approved) for e in examples]
    scale, shift = calibrate(scores, labels, prior.base, [e.weight for e in examples])
    return _turn(scale, shift, {knob.name: live.factor(knob.name) for knob in knobs()})


def learn(examples: Sequence[Example], prior: Weights) -> Turn:
    """Return the turn of the prior that fits the examples; see the module for the formula."""
    names = [knob.name for knob in knobs()]
    table = _table(examples, names)
    sums = table.points.sum(axis=1)
    scale, shift = calibrate(sums, table.labels, prior.base, table.weights)
    relative = _relative(examples, names, table, prior.base + shift, scale)
    scale, shift = calibrate(table.points @ relative, table.labels, prior.base, table.weights)
    return _turn(scale, shift, dict(zip(names, relative.tolist(), strict=True)))


def _turn(scale: float, shift: float, relative: Mapping[str, float]) -> Turn:
    factors = {
        name: round(min(MOST_FACTOR, max(LEAST_FACTOR, scale * value)), _DECIMALS)
        for name, value in relative.items()
    }
    return Turn(round(shift, _DECIMALS), factors)


def _relative(
    examples: Sequence[Example], names: Sequence[str], table: _Table, base: float, scale: float
) -> Floats:
    """Return the relative factors of the knobs, by step 2 of the module."""
    occurs = np.maximum(1, (table.points != 0).sum(axis=0))
    typical = np.sqrt(np.square(table.points).sum(axis=0) / occurs)
    typical = np.maximum(typical, DOUBT)
    blamed = np.array([[name in e.blamed for name in names] for e in examples])
    # A reason against cannot be that something fits.
    blamed &= table.points < 0
    held = base + scale * table.points.sum(axis=1)

    def loss(at: Floats) -> tuple[float, Floats]:
        shift, relative = at[0], at[1:]
        scores = base + shift + scale * (table.points @ relative)
        value, slope = _likelihood(scores, table.labels, table.weights)
        drawn = (relative - 1) * typical / DOUBT
        value += float(np.square(drawn).sum()) / 2 + float(shift / _SHIFT_DOUBT) ** 2 / 2
        slopes = scale * (slope @ table.points) + drawn * typical / DOUBT
        for knob in np.flatnonzero(blamed.any(axis=0)):
            rows = blamed[:, knob]
            points = scale * table.points[rows, knob]
            alone = held[rows] + points * (relative[knob] - 1)
            more, blame = _likelihood(alone, table.labels[rows], BLAME * table.weights[rows])
            value += more
            slopes[knob] += blame @ points
        return value, np.append(slope.sum() + shift / _SHIFT_DOUBT**2, slopes)

    start = np.append(0.0, np.ones(len(names)))
    bounds = [(-_MOST_SHIFT, _MOST_SHIFT)] + [(LEAST_FACTOR, MOST_FACTOR)] * len(names)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    relative: Floats = found[1:]
    return relative


def _likelihood(scores: Floats, labels: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return the weighted negative log-likelihood, and its slope by score."""
    losses = np.logaddexp(0.0, scores) - labels * scores
    return float(weights @ losses), weights * (expit(scores) - labels)
