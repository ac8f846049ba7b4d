"""Choosing the best of many rows, weighing as few as possible.

The index tells of every row at once what its subject scores (text, activity and kind) and the most
that its terms (distance and conditions) can add. Rows are looked at in the order of that bound. Of
a row that was looked at the terms are known, so that only rounding is open; the others of its
reasons are made, and the rules asked, only while it may still be among the best.
"""

import math
from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.columns import Floats, Mask
from matcher.pairs import Pair
from matcher.selecting import best_rows
from matcher.turns import turn
from matcher.values import Reason
from matcher.weights import Weights

#: Rows are looked at in steps of this many, found in lots that begin with so many;
#: bounds get this much room for rounding.
_STEP, _FIRST_LOT = 16, 32
_SLACK = 0.002

Rows = NDArray[np.intp]
Weigh = Callable[[Pair, Weights], tuple[Reason, ...]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair with its score and its reasons, the words of its texts still to be looked up."""

    score: float
    item_id: str
    row: int
    pair: Pair
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that take part, what is known of their scores, and how to look at one as a pair.

    subject: what the subject of each row scores, before rounding. bound: the same with the most
    that its terms can add. item_id: the id of the row's side of a pair. passing: returns those of
    some rows that are not known to be refused. admits: tells whether a row may be weighed.
    """

    rows: Mask
    subject: Floats
    bound: Floats
    pair: Callable[[int], Pair]
    item_id: Callable[[Pair], str]
    passing: Callable[[Rows], Rows]
    admits: Callable[[int, Pair], bool]


@dataclass(frozen=True, slots=True)
class Scale:
    """What weighs a pair: its subject, as the index knows it of every row, and its terms."""

    subject: Weigh = criteria.subject
    terms: Weigh = criteria.terms


SCALE = Scale()


def weighed(pair: Pair, item_id: str, row: int, reasons: tuple[Reason, ...]) -> Weighed:
    """Return a pair with the sum of its reasons."""
    return Weighed(math.fsum(r.contribution for r in reasons), item_id, row, pair, reasons)


def best_of(
    candidates: Candidates, weights: Weights, limit: int | None, scale: Scale = SCALE
) -> list[Weighed]:
    """Return the candidates by score, equals by turn: all, or exactly the first `limit`."""
    if limit is not None:
        return _Choice(candidates, weights, limit, scale).made() if limit > 0 else []
    found: list[Weighed] = []
    rows = np.flatnonzero(candidates.rows)
    for start in range(0, rows.size, _STEP):
        for row in candidates.passing(rows[start : start + _STEP]).tolist():
            pair = candidates.pair(row)
            if candidates.admits(row, pair):
                reasons = (*scale.subject(pair, weights), *scale.terms(pair, weights))
                found.append(weighed(pair, candidates.item_id(pair), row, reasons))
    return sorted(found, key=_order)


class _Choice:
    """The best rows so far, and those that were looked at and wait to be weighed."""

    def __init__(self, candidates: Candidates, weights: Weights, limit: int, scale: Scale) -> None:
        self._candidates, self._weights = candidates, weights
        self._limit, self._scale = limit, scale
        self._found: list[Weighed] = []
        self._waiting: list[tuple[float, int, Pair, tuple[Reason, ...]]] = []
        self._doubt = 0

    def made(self) -> list[Weighed]:
        """Return the best, in order."""
        for rows, others in _steps(self._candidates, self._limit):
            for row in rows:
                self._look(row)
            self._weigh_above(others)
            best = -self._waiting[0][0] if self._waiting else -math.inf
            if self._out_of_reach(max(best, others)):
                break
        return self._found

    def _look(self, row: int) -> None:
        pair = self._candidates.pair(row)
        # While most are refused, the rules come before the terms.
        if self._doubt > 0 and not self._admits(row, pair):
            return
        terms = self._scale.terms(pair, self._weights)
        most = float(self._candidates.subject[row]) + math.fsum(r.contribution for r in terms)
        heappush(self._waiting, (-most, row, pair, terms))

    def _weigh_above(self, others: float) -> None:
        """Weigh who waits and may be better than all rows that nobody looked at, the best first."""
        while self._waiting and (-self._waiting[0][0] >= others or self._out_of_reach(others)):
            if self._out_of_reach(-self._waiting[0][0]):
                break
            _, row, pair, terms = heappop(self._waiting)
            if self._admits(row, pair):
                reasons = (*self._scale.subject(pair, self._weights), *terms)
                one = weighed(pair, self._candidates.item_id(pair), row, reasons)
                insort(self._found, one, key=_order)
                del self._found[self._limit :]

    def _out_of_reach(self, most: float) -> bool:
        full = len(self._found) == self._limit
        return full and most + _SLACK < self._found[-1].score

    def _admits(self, row: int, pair: Pair) -> bool:
        admits = self._candidates.admits(row, pair)
        self._doubt += -1 if admits else 1
        return admits


def _order(weighed: Weighed) -> tuple[float, tuple[bytes, str], str]:
    pair = weighed.pair
    return -weighed.score, turn(pair.need.item.id, pair.offer.item.id), weighed.item_id


def _steps(candidates: Candidates, limit: int) -> Iterator[tuple[list[int], float]]:
    """Yield all rows in steps, those of the highest bounds first, and the most of the others."""
    lot, left = max(limit, _FIRST_LOT), candidates.bound.copy()
    left[~candidates.rows] = -np.inf
    while (rows := best_rows(left, lot)).size:
        left[rows] = -np.inf
        rows = candidates.passing(rows)
        bounds = candidates.bound[rows]
        order = np.argsort(-bounds, kind="stable")
        for start in range(0, rows.size, _STEP):
            step = order[start : start + _STEP]
            yield candidates.passing(rows[step]).tolist(), float(bounds[step[-1]])
        lot *= 2
    yield [], -math.inf
