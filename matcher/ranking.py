"""Ranking: eligible, text, criteria, score, reasons; the same pair weighs the same either way.

With a limit the exact best are found without weighing every pair: the text, kind and activity
points of all rows follow from the index at once, and what the other criteria can still add is
bounded, so that rows are weighed in order of their bound until no row can enter any more.

`score_pair` answers for a pair that cannot be matched with a refusal of no rule: code
`pair.kind` (this kind of offer does not answer this kind of need; evidence need_kind, offer_kind)
or `pair.own` (both sides are the same organisation).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.columns import (
    Floats,
    Mask,
    activity_points,
    by_kind,
    condition_ceiling,
    distance_ceiling,
)
from matcher.conditions import most_of_any_need, most_of_core_activity
from matcher.criteria import Pair, kind_points, reasons, text_points, together
from matcher.encoding import Meaning, closeness
from matcher.entries import make_entry
from matcher.explaining import explain
from matcher.facts import families_in
from matcher.features import similarity
from matcher.index import NeedIndex, OfferIndex
from matcher.rules import active_rules, facts_of, judge
from matcher.screening import Refusals, Screening, screen_needs, screen_offers
from matcher.segment import Segment
from matcher.selecting import best_rows
from matcher.taxonomy import Taxonomy
from matcher.turns import turn
from matcher.values import Caution, Need, Offer, Ranking, Reason, Refusal, Rule, Suggestion
from matcher.vocabulary import ANSWERS, NeedKind, OfferKind
from matcher.weights import DEFAULT_WEIGHTS, Weights

#: Rows are weighed in steps of this many, and looked up in lots that begin with so many;
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
    """Rows that take part, the most each may score, and how to look at one as a pair.

    admitted: returns those of some rows that may be weighed, and takes from `rows` what it finds.
    """

    rows: Mask
    bound: Floats
    pair: Callable[[int], Pair]
    item_id: Callable[[Pair], str]
    admitted: Callable[[Rows], Rows]


def rank(
    need: Need,
    offers: OfferIndex,
    rules: Sequence[Rule],
    *,
    on: date,
    limit: int | None = None,
    meaning: Meaning | None = None,
) -> Ranking:
    """Return the eligible offers for a need, best first, and every refused one with its rule.

    meaning: the vector of the need's text, by the encoder of the index; None: by words alone.
    """
    entry, vector = make_entry(need, offers.taxonomy, meaning)
    weights = offers.weights
    with offers.lock:
        answering = offers.alive_of_kinds({kind.value for kind in ANSWERS[need.kind]})
        screening, refusals = screen_offers(offers, answering, need, active_rules(rules, on))
        units, near = offers.similarities(vector), offers.closenesses(meaning)
        read, known = offers.reader(), entry.known

        def most(part: Segment) -> Floats:
            points = activity_points(part, entry, weights)
            points += by_kind(part, lambda k: kind_points(need.kind, OfferKind(k), weights))
            points += condition_ceiling(part, known, weights)
            return points + distance_ceiling(part, need.place, weights)

        candidates = Candidates(
            screening.rows,
            text_bound(units, near, weights) + offers.over(most, np.float32),
            lambda row: Pair(entry, read(row), int(units[row]), whole(near, row)),
            lambda pair: pair.offer.item.id,
            screening.admitted,
        )
        best = best_of(candidates, weights, limit, spare=most_of_core_activity(weights))
        return _ranking(best, screening, refusals, offers)


def rank_needs(
    offer: Offer,
    needs: NeedIndex,
    rules: Sequence[Rule],
    *,
    on: date,
    limit: int | None = None,
    meaning: Meaning | None = None,
) -> Ranking:
    """Return the needs that an offer may answer, best first; pairs weigh exactly as in `rank`."""
    entry, vector = make_entry(offer, needs.taxonomy, meaning)
    weights = needs.weights
    kinds = {need.value for need, answers in ANSWERS.items() if offer.kind in answers}

    spare = most_of_any_need(weights, families_in(entry.known.conditions))

    def kind(name: str) -> float:
        return kind_points(NeedKind(name), offer.kind, weights)

    with needs.lock:
        asking = needs.alive_of_kinds(kinds)
        screening, refusals = screen_needs(needs, asking, offer, active_rules(rules, on))
        units, near = needs.similarities(vector), needs.closenesses(meaning)
        read = needs.reader()

        def most(part: Segment) -> Floats:
            return activity_points(part, entry, weights) + by_kind(part, kind)

        candidates = Candidates(
            screening.rows,
            text_bound(units, near, weights) + needs.over(most, np.float32),
            lambda row: Pair(read(row), entry, int(units[row]), whole(near, row)),
            lambda pair: pair.need.item.id,
            screening.admitted,
        )
        best = best_of(candidates, weights, limit, spare=spare)
        return _ranking(best, screening, refusals, needs)


def score_pair(
    need: Need,
    offer: Offer,
    taxonomy: Taxonomy,
    rules: Sequence[Rule],
    *,
    on: date,
    weights: Weights = DEFAULT_WEIGHTS,
    meanings: tuple[Meaning | None, Meaning | None] = (None, None),
) -> Suggestion | Refusal:
    """Weigh one pair as `rank` would; see the module for pairs that cannot be matched.

    meanings: the vectors of the need and of the offer.
    """
    if offer.kind not in ANSWERS[need.kind]:
        evidence: dict[str, object] = {"need_kind": need.kind.value, "offer_kind": offer.kind.value}
        return Refusal(offer.id, "", "pair.kind", evidence, need.id)
    own = need.asker_id is not None and need.asker_id == offer.supplier_id
    judgement = judge(need, facts_of(offer, own=own), active_rules(rules, on))
    refusal = judgement.refusal(need.id, offer.id)
    if refusal is None and own:
        refusal = Refusal(offer.id, "", "pair.own", {}, need.id)
    if refusal is not None:
        return refusal
    asked, asked_vector = make_entry(need, taxonomy, meanings[0])
    offered, offered_vector = make_entry(offer, taxonomy, meanings[1])
    units = similarity(asked_vector, offered_vector)
    pair = Pair(asked, offered, units, closeness(*meanings))
    weighed = _weigh(pair, offer.id, 0, weights, reasons)
    return _suggestion(weighed, judgement.cautions)


def text_bound(units: Floats, near: Floats | None, weights: Weights) -> Floats:
    """Return base and text points of every row, before rounding; `near` is NaN where unknown."""
    meanings = np.zeros(1, np.float32) if near is None else np.nan_to_num(near)
    return text_points(together(units, meanings, weights), weights) + np.float32(weights.base)


def whole(near: Floats | None, row: int) -> int | None:
    """Return the closeness of a row as a whole number, or None where it is unknown."""
    return None if near is None or np.isnan(near[row]) else int(near[row])


def best_of(
    candidates: Candidates,
    weights: Weights,
    limit: int | None,
    weigh: Weigh = reasons,
    spare: float = 0.0,
) -> list[Weighed]:
    """Return the candidates by score, equals by turn: all, or exactly the first `limit`.

    spare: what any row may score above its bound.
    """
    found: list[Weighed] = []
    for rows in _by_bound(candidates, limit):
        for start in range(0, rows.size, _STEP):
            if limit is not None and len(found) >= limit:
                found.sort(key=_first_best)
                del found[limit:]
                if candidates.bound[rows[start]] + spare + _SLACK < found[-1].score:
                    return found
            for row in candidates.admitted(rows[start : start + _STEP]).tolist():
                pair = candidates.pair(row)
                found.append(_weigh(pair, candidates.item_id(pair), row, weights, weigh))
    found.sort(key=_first_best)
    return found[:limit]


def _first_best(weighed: Weighed) -> tuple[float, tuple[bytes, str], str]:
    pair = weighed.pair
    return -weighed.score, turn(pair.need.item.id, pair.offer.item.id), weighed.item_id


def _by_bound(candidates: Candidates, limit: int | None) -> Iterator[Rows]:
    """Yield all rows, those of the highest bounds first, in ever larger lots; none for limit 0."""
    if limit is None:
        yield np.flatnonzero(candidates.rows)
        return
    lot = max(limit, _FIRST_LOT) if limit > 0 else 0
    left = candidates.bound.copy()
    left[~candidates.rows] = -np.inf
    while (rows := best_rows(left, lot)).size:
        yield rows[np.argsort(-left[rows], kind="stable")]
        left[rows] = -np.inf
        left[~candidates.rows] = -np.inf
        lot *= 2


def _weigh(pair: Pair, item_id: str, row: int, weights: Weights, weigh: Weigh) -> Weighed:
    given = weigh(pair, weights)
    score = math.fsum(reason.contribution for reason in given)
    return Weighed(score, item_id, row, pair, given)


def _ranking(
    best: list[Weighed],
    screening: Screening,
    refusals: Refusals,
    index: OfferIndex | NeedIndex,
) -> Ranking:
    found = tuple(_suggestion(weighed, screening.cautions(weighed.row)) for weighed in best)
    return Ranking(found, refusals, index.weights.version)


def _suggestion(weighed: Weighed, cautions: tuple[Caution, ...]) -> Suggestion:
    need, offer = weighed.pair.need.item, weighed.pair.offer.item
    given = explain(weighed.pair, weighed.reasons)
    return Suggestion(offer.id, weighed.score, given, cautions, need.id)
