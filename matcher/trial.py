"""Whether learned weights may go live: measured on decisions that they have not seen.

Decisions are held out in time: weights are fitted on the older ones and tried on the newest. They
win only when they lose less (mean log loss) than the live weights by more than the noise, and put
the pairs of a need in no worse order (nDCG: an approval gains 1, a refusal 0). What goes live for
them is fitted in the same way on all decisions, the newest too.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation import ndcg_at_10
from matcher.learning import Example, learn, rescaled
from matcher.posterior import chances_of
from matcher.weights import Turn, Weights

#: Share of the decisions, the newest, that are held out.
HELD_OUT = 0.25
#: Log loss to win per decision: at least this much, and this many standard errors of the mean.
LEAST_GAIN, STANDARD_ERRORS = 0.005, 1.0
#: What the order may lose in nDCG, which a handful of needs cannot tell from nothing.
ORDER_SLACK = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measures:
    """What weights make of held-out decisions.

    log_loss: mean, in nats; ndcg: mean over the needs that have both an approval and a refusal,
    None without any; right: decisions that fall on the side of 50 % where they were expected;
    chance_approved, chance_refused: mean chance of what was approved and refused, None without.
    """

    log_loss: float
    ndcg: float | None
    right: int
    chance_approved: float | None
    chance_refused: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """Weights tried against the live ones.

    kind: `reweighted` (every knob) or `rescaled` (scale and base alone); turn: what was tried, or
    when it wins the same fitted on all decisions; seen, held_out: numbers of decisions; ordered:
    needs that `ndcg` rests on; better, worse: held-out decisions that would cross 50 % to the right
    and to the wrong side.
    """

    kind: str
    turn: Turn
    wins: bool
    seen: int
    held_out: int
    ordered: int
    live: Measures
    tried: Measures
    better: int
    worse: int

    def figures(self) -> dict[str, object]:
        """Return all but the weights as a JSON-ready object."""
        found = asdict(self)
        del found["turn"], found["wins"]
        return found


def split(examples: Sequence[Example]) -> tuple[Sequence[Example], Sequence[Example]]:
    """Return the older examples and the newest; they come in the order of time."""
    cut = len(examples) - math.ceil(HELD_OUT * len(examples))
    return examples[:cut], examples[cut:]


def try_weights(
    examples: Sequence[Example],
    prior: Weights,
    live: Turn,
    shown: Sequence[Mapping[str, float]] = (),
) -> Trial:
    """Fit weights on the older examples and try them on the newest against the live ones.

    shown: points of pairs as they are shown (`matcher.learning.learn`). New factors must also win
    from the live weights with scale and base alone refitted: what a better scale wins may not
    bring an arbitrary order along.
    """
    seen, unseen = split(examples)
    scaled, full = rescaled(seen, prior, live), learn(seen, prior, shown)
    bench = _Bench(unseen, prior)
    reweighted = bench.trial("reweighted", full, live, len(seen))
    if reweighted.wins and bench.gains(full, scaled):
        return replace(reweighted, turn=learn(examples, prior, shown))
    only_scaled = bench.trial("rescaled", scaled, live, len(seen))
    if only_scaled.wins:
        return replace(only_scaled, turn=rescaled(examples, prior, live))
    return replace(reweighted, wins=False)


class _Bench:
    """Held-out decisions, on which weights are compared."""

    def __init__(self, unseen: Sequence[Example], prior: Weights) -> None:
        self._unseen = unseen
        self._base = prior.base
        self._labels = np.array([float(e.approved) for e in unseen])

    def trial(self, kind: str, tried: Turn, live: Turn, seen: int) -> Trial:
        """Compare weights with the live ones."""
        old, new = self.measures(live), self.measures(tried)
        ordered = old.ndcg is None or new.ndcg is None or new.ndcg >= old.ndcg - ORDER_SLACK
        right, was_right = self._right(tried), self._right(live)
        return Trial(
            kind=kind,
            turn=tried,
            wins=ordered and self.gains(tried, live),
            seen=seen,
            held_out=len(self._unseen),
            ordered=len(self._mixed()),
            live=old,
            tried=new,
            better=int((right & ~was_right).sum()),
            worse=int((was_right & ~right).sum()),
        )

    def gains(self, tried: Turn, other: Turn) -> bool:
        """Tell whether weights lose less than others by more than the noise."""
        won = self._losses(other) - self._losses(tried)
        if won.size < 2:
            return False
        error = float(won.std(ddof=1)) / math.sqrt(won.size)
        return bool(won.mean() > max(LEAST_GAIN, STANDARD_ERRORS * error))

    def measures(self, turn: Turn) -> Measures:
        """Return what weights make of the held-out decisions."""
        chances, approved = chances_of(self._scores(turn)), self._labels > 0
        return Measures(
            log_loss=round(float(self._losses(turn).mean()), 4),
            ndcg=self._ndcg(turn),
            right=int(self._right(turn).sum()),
            chance_approved=_mean(chances[approved]),
            chance_refused=_mean(chances[~approved]),
        )

    def _scores(self, turn: Turn) -> Floats:
        return np.array([turn.score(example.points, self._base) for example in self._unseen])

    def _losses(self, turn: Turn) -> Floats:
        scores = self._scores(turn)
        losses: Floats = np.logaddexp(0.0, scores) - self._labels * scores
        return losses

    def _right(self, turn: Turn) -> NDArray[np.bool_]:
        right: NDArray[np.bool_] = (self._scores(turn) > 0) == (self._labels > 0)
        return right

    def _mixed(self) -> list[list[int]]:
        """Return the places of the pairs of each need that was both approved and refused for."""
        rows: dict[str, list[int]] = defaultdict(list)
        for place, example in enumerate(self._unseen):
            rows[example.need_id].append(place)
        return [found for found in rows.values() if 0 < self._labels[found].sum() < len(found)]

    def _ndcg(self, turn: Turn) -> float | None:
        scores = self._scores(turn)
        found = []
        for rows in self._mixed():
            ranked = [str(row) for row in sorted(rows, key=lambda row: (-scores[row], row))]
            grades = {str(row): int(self._labels[row]) for row in rows}
            value = ndcg_at_10(ranked, grades)
            assert value is not None
            found.append(value)
        return round(fmean(found), 4) if found else None


def _mean(values: Floats) -> float | None:
    return round(float(values.mean()), 4) if values.size else None
