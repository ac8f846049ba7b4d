"""Scale and base of the prior, fitted so that a score reads as a chance of approval.

Labelled files stand in for decisions: an offer of grade 2 or 3 counts as approved, and of each need
the `SHOWN` best offers count, for those are what a coordinator is shown. Fitted are a scale of all
points and a shift of the base (`matcher.learning.calibrate`): every order stays, and every score
the sum of its reasons. What is reported was never fitted on the pair that it reports on.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matcher.labelled import Labelled
from matcher.learning import calibrate
from matcher.reliability import Reliability, reliability
from matcher.weights import CALIBRATION, DEFAULT_WEIGHTS
from seed.evaluation import Rankings

SHOWN = 10
FOLDS = 5
#: Where the calibration of this Brug stands; to be written in a checkout.
CALIBRATION_FILE = Path(str(files("matcher"))) / "data" / CALIBRATION
_PLAUSIBLE = 2
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Shown pairs: their scores without the base, whether approved, and the number of the need."""

    points: Floats
    approved: Floats
    needs: NDArray[np.intp]

    @staticmethod
    def join(parts: Sequence["Pairs"]) -> "Pairs":
        """Return the pairs of several files, their needs apart."""
        sizes = [int(part.needs.max(initial=-1)) + 1 for part in parts]
        starts = np.cumsum([0, *sizes[:-1]])
        return Pairs(
            np.concatenate([part.points for part in parts]),
            np.concatenate([part.approved for part in parts]),
            np.concatenate([p.needs + start for p, start in zip(parts, starts, strict=True)]),
        )

    def of_needs(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """Return the pairs of the needs that are chosen by number."""
        rows = chosen[self.needs]
        return Pairs(self.points[rows], self.approved[rows], self.needs[rows])


@dataclass(frozen=True, slots=True)
class Calibration:
    """A scale of the points and a shift of the base."""

    scale: float = 1.0
    shift: float = 0.0

    def chances(self, pairs: Pairs) -> Floats:
        """Return the chances of pairs."""
        scores = DEFAULT_WEIGHTS.base + self.shift + self.scale * pairs.points
        found: Floats = expit(scores)
        return found

    def reliability(self, pairs: Pairs) -> Reliability:
        """Return how the chances of pairs compare with what was approved."""
        return reliability(self.chances(pairs).tolist(), (pairs.approved > 0).tolist())


def shown_pairs(rankings: Rankings, labelled: Labelled) -> Pairs:
    """Return the pairs that a coordinator would be shown of a labelled file."""
    rows = [
        (score - DEFAULT_WEIGHTS.base, labelled.grades.get(need, {}).get(offer, 0), number)
        for number, (need, ranked) in enumerate(rankings.items())
        for offer, score in ranked[:SHOWN]
    ]
    points, grades, needs = zip(*rows, strict=True) if rows else ((), (), ())
    approved = np.array(grades) >= _PLAUSIBLE
    return Pairs(np.array(points), approved.astype(np.float64), np.array(needs, np.intp))


def fit(pairs: Pairs) -> Calibration:
    """Return the scale and shift that fit best."""
    scale, shift = calibrate(pairs.points, pairs.approved, DEFAULT_WEIGHTS.base)
    return Calibration(round(scale, 3), round(shift, 3))


def write_calibration(found: Calibration, path: Path = CALIBRATION_FILE) -> None:
    """Add what was fitted to the calibration of the prior."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    renewed = {
        "scale": round(stored["scale"] * found.scale, 4),
        "shift": round(stored["shift"] + found.shift, 3),
    }
    path.write_text(json.dumps(renewed) + "\n", encoding="utf-8")


def across_files(by_name: Mapping[str, Pairs]) -> dict[str, Reliability]:
    """Return the reliability on each file of what was fitted on all others."""
    if len(by_name) < 2:
        return {}
    return {
        name: fit(Pairs.join([p for other, p in by_name.items() if other != name])).reliability(own)
        for name, own in by_name.items()
    }


def across_needs(pairs: Pairs) -> Reliability:
    """Return the reliability of all pairs, each weighed by what other needs fitted."""
    count = int(pairs.needs.max(initial=-1)) + 1
    folds = np.random.default_rng(20260101).permutation(count) % FOLDS
    chances: list[float] = []
    approved: list[bool] = []
    for fold in range(FOLDS):
        held_out = pairs.of_needs(folds == fold)
        chances += fit(pairs.of_needs(folds != fold)).chances(held_out).tolist()
        approved += (held_out.approved > 0).tolist()
    return reliability(chances, approved)
