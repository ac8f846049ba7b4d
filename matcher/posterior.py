"""Where weights most likely lie, given decisions, and how sure that is.

The chance that a pair is approved is 1 / (1 + e^-z), z = base + shift + e^l x sum of r_k x_k: x_k
are the points that the prior gives the pair by knob k, e^l one scale for all of them and r_k the
relative factor of a knob. All are fitted at once, as the maximum of a penalised likelihood: the
scale fitted first would explain what one criterion does, and every other would pay for that.
Gaussian priors draw l and the shift to 0, and each r_k to 1 with a width of `DOUBT` points for a
typical contribution of its knob, measured before scaling and at most 1 however small that is.

How sure that is follows from the curvature there (Laplace's approximation). A pair unlike those
that were decided on is judged less surely, and its chance lies nearer to even: of N(z, v) the mean
chance is about that of z / sqrt(1 + pi v / 8) (MacKay, Neural Computation 4, 1992, p. 727).
`Posterior.moderated` takes the scale and base that come nearest to those chances on the pairs that
are shown, so that the score stays a sum, and the order as it was.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Standard deviation of the prior on a typical contribution, in points of log-odds.
DOUBT = 0.7
#: Standard deviations of the priors on the logarithm of the scale, and on the shift.
SCALE_DOUBT, SHIFT_DOUBT = 0.5, 2.0
#: How much more a refusal counts for the criterion that it names.
BLAME = 1.0
#: A relative factor stays in these bounds: no sign turns, and points seen later can be traced back.
LEAST_FACTOR, MOST_FACTOR = 0.1, 10.0
LEAST_SCALE, MOST_SCALE = 0.1, 3.0
MOST_SHIFT = 8.0


@dataclass(frozen=True, slots=True)
class Table:
    """Decided pairs: points and blamed (pairs x knobs), labels 0 or 1 and weights (pairs).

    Blamed are the knobs that a refusal named, where they spoke against the pair.
    """

    points: Floats
    labels: Floats
    weights: Floats
    blamed: NDArray[np.bool_]

    @property
    def typical(self) -> Floats:
        """Return the typical points of each knob where it says something, at least `DOUBT`."""
        occurs = np.maximum(1, (self.points != 0).sum(axis=0))
        found: Floats = np.sqrt(np.square(self.points).sum(axis=0) / occurs)
        return np.maximum(found, DOUBT)


@dataclass(frozen=True, slots=True)
class Posterior:
    """The most likely shift, scale and relative factors, and the covariance of shift and factors.

    covariance: (1 + knobs) squared, of the shift and of scale x relative factor.
    """

    base: float
    shift: float
    scale: float
    relative: Floats
    covariance: Floats

    @property
    def factors(self) -> Floats:
        """Return the factor of each knob."""
        return self.scale * self.relative

    def moderated(self, shown: Floats) -> "Posterior":
        """Return it moderated on the points (pairs x knobs) of shown pairs."""
        if not len(shown):
            return self
        scores = shown @ self.factors
        columns = np.column_stack([np.ones(len(shown)), shown])
        variance = np.einsum("ij,jk,ik->i", columns, self.covariance, columns)
        middle = self.base + self.shift
        chances = chances_of((middle + scores) / np.sqrt(1 + math.pi * variance / 8))
        scale, shift = nearest(scores, chances, middle)
        return replace(self, scale=scale * self.scale, shift=self.shift + shift)


class _Blame:
    """What refusals say of the knobs that they name, all else held at a scale and shift."""

    def __init__(self, table: Table, base: float, scale: float, shift: float) -> None:
        self._table = table
        self._points = scale * table.points
        self._held = base + shift + self._points.sum(axis=1)
        named = np.flatnonzero(table.blamed.any(axis=0))
        self._charges = [(int(knob), np.flatnonzero(table.blamed[:, knob])) for knob in named]

    def add(self, relative: Floats, slopes: Floats) -> float:
        """Return the loss for relative factors, and add its slopes to those of the factors."""
        total = 0.0
        for knob, rows in self._charges:
            points = self._points[rows, knob]
            alone = self._held[rows] + points * (relative[knob] - 1)
            weights = BLAME * self._table.weights[rows]
            loss, slope = likelihood(alone, self._table.labels[rows], weights)
            total += loss
            slopes[knob] += slope @ points
        return total


def fit(table: Table, base: float, held: tuple[float, float]) -> Posterior:
    """Return the posterior; held: scale and shift at which blame holds all but the blamed knob."""
    typical = table.typical
    blame = _Blame(table, base, *held)

    def loss(at: Floats) -> tuple[float, Floats]:
        shift, log_scale, relative = float(at[0]), float(at[1]), at[2:]
        scale, scores = math.exp(log_scale), table.points @ relative
        value, slope = likelihood(base + shift + scale * scores, table.labels, table.weights)
        drawn = (relative - 1) * typical / DOUBT
        value += float(drawn @ drawn) / 2
        value += (log_scale / SCALE_DOUBT) ** 2 / 2 + (shift / SHIFT_DOUBT) ** 2 / 2
        slopes = scale * (slope @ table.points) + drawn * typical / DOUBT
        of_scale = scale * float(slope @ scores) + log_scale / SCALE_DOUBT**2
        value += blame.add(relative, slopes)
        of_shift = float(slope.sum()) + shift / SHIFT_DOUBT**2
        return value, np.concatenate([[of_shift, of_scale], slopes])

    count = table.points.shape[1]
    bounds = [(-MOST_SHIFT, MOST_SHIFT), (math.log(LEAST_SCALE), math.log(MOST_SCALE))]
    bounds += [(LEAST_FACTOR, MOST_FACTOR)] * count
    start = np.concatenate([[0.0, 0.0], np.ones(count)])
    found = lowest(loss, start, bounds)
    shift, scale, relative = float(found[0]), math.exp(float(found[1])), found[2:]
    covariance = _covariance(table, base + shift, scale, relative)
    return Posterior(base, shift, scale, relative, covariance)


def _covariance(table: Table, middle: float, scale: float, relative: Floats) -> Floats:
    """Return the inverse curvature for shift and factors, at a scale that is taken as known."""
    chances = chances_of(middle + scale * (table.points @ relative))
    columns = np.column_stack([np.ones(len(chances)), table.points])
    curvature = columns.T @ ((chances * (1 - chances) * table.weights)[:, None] * columns)
    widths = np.append(SHIFT_DOUBT, scale * DOUBT / table.typical)
    return np.asarray(np.linalg.inv(curvature + np.diag(widths**-2.0)), np.float64)


def nearest(scores: Floats, chances: Floats, middle: float) -> tuple[float, float]:
    """Return the scale of scores and the shift whose chances come nearest to the given ones."""

    def loss(at: Floats) -> tuple[float, Floats]:
        scaled = math.exp(float(at[0])) * scores
        value, slope = likelihood(middle + at[1] + scaled, chances, np.ones_like(scores))
        return value / len(scores), np.array([slope @ scaled, slope.sum()]) / len(scores)

    found = lowest(loss, np.zeros(2))
    return math.exp(float(found[0])), float(found[1])


def likelihood(scores: Floats, labels: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return the weighted negative log-likelihood, and its slope by score."""
    losses = np.logaddexp(0.0, scores) - labels * scores
    return float(weights @ losses), weights * (chances_of(scores) - labels)


def chances_of(scores: Floats) -> Floats:
    """Return log-odds as chances."""
    # Loaded by whoever learns, not by every process that starts: it takes a third of a second.
    from scipy.special import expit

    return np.asarray(expit(scores), np.float64)


def lowest(
    loss: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    bounds: Sequence[tuple[float, float]] | None = None,
) -> Floats:
    """Return where a loss, given with its slopes, is lowest."""
    from scipy.optimize import minimize

    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    return np.asarray(found.x, np.float64)
