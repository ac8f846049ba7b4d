"""Whether a score reads as a chance: of what is shown as 70 %, about 70 % is approved.

The expected calibration error (ECE) is the mean distance between the chance shown and the share
approved over bins of equal width, weighted by the pairs in each (Naeini et al., AAAI 2015).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one chance: how many, their mean chance and the share that was approved."""

    low: float
    high: float
    pairs: int
    chance: float
    approved: float

    def as_json(self) -> dict[str, float]:
        """Return the bin as a JSON-ready object."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold pairs, lowest chance first."""

    bins: tuple[Bin, ...]

    @property
    def pairs(self) -> int:
        """Return how many pairs there are."""
        return sum(one.pairs for one in self.bins)

    @property
    def error(self) -> float:
        """Return the expected calibration error, 0 without pairs."""
        apart = sum(one.pairs * abs(one.chance - one.approved) for one in self.bins)
        return apart / self.pairs if self.bins else 0.0


def reliability(
    chances: Sequence[float], approved: Sequence[bool], bins: int = BINS
) -> Reliability:
    """Sort pairs into bins by chance (0 to 1) and count what was approved of each."""
    given, labels = np.asarray(chances, np.float64), np.asarray(approved, np.float64)
    numbers = np.minimum((given * bins).astype(int), bins - 1)
    found = []
    for number in np.unique(numbers).tolist():
        inside = numbers == number
        found.append(
            Bin(
                low=number / bins,
                high=(number + 1) / bins,
                pairs=int(inside.sum()),
                chance=float(given[inside].mean()),
                approved=float(labels[inside].mean()),
            )
        )
    return Reliability(tuple(found))
