"""How good rankings are, against judgments: mean per measure, with a bootstrap interval.

==========  ======================================================================================
ndcg@10     gain 2^grade - 1, discount log2(position + 1), over the ideal order of all judged
mrr@10      1 / position of the first offer of grade 3 among the first ten, else 0
recall@5    share of the offers of grade 2 or 3 that are among the first five
hit@1       1 when the first offer has grade 2 or 3, else 0
==========  ======================================================================================

A need says something of a measure only when the offer that it looks for exists: ndcg@10 leaves out
the needs without any graded offer, mrr@10 those without one of grade 3, recall@5 and hit@1 those
without one of grade 2 or 3. How many needs each mean rests on is told beside it.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from matcher.labelled import EvaluationFileError, Labelled, read_labelled

__all__ = [
    "MEASURES",
    "EvaluationFileError",
    "Labelled",
    "Mean",
    "Quality",
    "evaluate",
    "read_labelled",
    "run_lines",
    "write_run",
]

_RESAMPLES = 2000
_SEED = 20260101
_PLAUSIBLE = 2
_CERTAIN = 3
_CONTROL = dict.fromkeys((*range(33), 127), "_")

Grades = Mapping[str, int]
Measure = Callable[[Sequence[str], Grades], float | None]


def ndcg_at_10(ranked: Sequence[str], grades: Grades) -> float | None:
    """Return DCG / ideal DCG of the first ten, or None without a graded offer."""
    ideal = _dcg(sorted(grades.values(), reverse=True)[:10])
    if ideal == 0:
        return None
    return _dcg([grades.get(offer, 0) for offer in ranked[:10]]) / ideal


def _dcg(grades: Iterable[int]) -> float:
    gains = (float(2**grade - 1) for grade in grades)
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def mrr_at_10(ranked: Sequence[str], grades: Grades) -> float | None:
    """Return 1 / place of the first certain offer among ten, or None without such an offer."""
    if _CERTAIN not in grades.values():
        return None
    places = (n for n, offer in enumerate(ranked[:10], 1) if grades.get(offer, 0) == _CERTAIN)
    return 1 / next(places, math.inf)


def recall_at_5(ranked: Sequence[str], grades: Grades) -> float | None:
    """Return the share of plausible offers among the first five, or None without any."""
    plausible = {offer for offer, grade in grades.items() if grade >= _PLAUSIBLE}
    return len(plausible & set(ranked[:5])) / len(plausible) if plausible else None


def hit_at_1(ranked: Sequence[str], grades: Grades) -> float | None:
    """Return 1 when the first offer is plausible, 0 when not, None without a plausible offer."""
    if max(grades.values(), default=0) < _PLAUSIBLE:
        return None
    return float(bool(ranked) and grades.get(ranked[0], 0) >= _PLAUSIBLE)


MEASURES: Mapping[str, Measure] = {
    "ndcg@10": ndcg_at_10,
    "mrr@10": mrr_at_10,
    "recall@5": recall_at_5,
    "hit@1": hit_at_1,
}


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over needs with its 95 % bootstrap interval; all None over no need at all."""

    mean: float | None
    low: float | None
    high: float | None
    needs: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Means by measure and group (`overall` or a kind of need); `unanswered`: needs without one."""

    means: Mapping[str, Mapping[str, Mean]]
    needs: int
    offers: int
    unanswered: int

    def as_json(self) -> dict[str, object]:
        """Return the measures and counts as one JSON-ready object."""
        measures = {
            name: {group: asdict(mean) for group, mean in groups.items()}
            for name, groups in self.means.items()
        }
        counts = {"needs": self.needs, "offers": self.offers, "unanswered": self.unanswered}
        return {**measures, **counts}


def evaluate(rankings: Mapping[str, Sequence[str]], labelled: Labelled) -> Quality:
    """Measure rankings (need id to offer ids, best first) against the judgments of a file."""
    means = {name: _by_group(measure, rankings, labelled) for name, measure in MEASURES.items()}
    unanswered = sum(need.id not in labelled.grades for need in labelled.needs)
    return Quality(means, len(labelled.needs), len(labelled.offers), unanswered)


def _by_group(
    measure: Measure, rankings: Mapping[str, Sequence[str]], labelled: Labelled
) -> dict[str, Mean]:
    values: dict[str, list[float]] = {"overall": []}
    for need in labelled.needs:
        group = values.setdefault(need.kind.value, [])
        value = measure(rankings.get(need.id, ()), labelled.grades.get(need.id, {}))
        if value is not None:
            group.append(value)
            values["overall"].append(value)
    return {group: mean_of(found) for group, found in values.items()}


def mean_of(values: Sequence[float]) -> Mean:
    """Return the mean with the 2.5 and 97.5 percentiles of its bootstrap means (fixed seed)."""
    if not values:
        return Mean(None, None, None, 0)
    array = np.array(values)
    drawn = np.random.default_rng(_SEED).integers(0, array.size, (_RESAMPLES, array.size))
    low, high = np.percentile(array[drawn].mean(axis=1), (2.5, 97.5))
    return Mean(float(array.mean()), float(low), float(high), array.size)


def run_lines(rankings: Mapping[str, Sequence[tuple[str, float]]]) -> Iterable[str]:
    """Yield `need Q0 offer rank score brug` for offers with scores, best first.

    Blanks in ids become underscores, which the format would else take for the next column.
    """
    for need, offers in rankings.items():
        for place, (offer, score) in enumerate(offers, start=1):
            ids = need.translate(_CONTROL), offer.translate(_CONTROL)
            yield f"{ids[0]} Q0 {ids[1]} {place} {score:.6f} brug"


def write_run(path: Path, rankings: Mapping[str, Sequence[tuple[str, float]]]) -> None:
    """Write a TREC run file."""
    path.write_text(
        "".join(f"{line}\n" for line in run_lines(rankings)), encoding="utf-8", errors="replace"
    )
