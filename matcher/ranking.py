"""Ranking: eligible, text, criteria, score, reasons; the same pair weighs the same either way.

With a limit the exact best are found without weighing every pair: the text, kind and activity
points of all rows follow from the index at once, and what the other criteria can still add is
bounded, so that rows are weighed in order of their bound until no row can enter any more.

`score_pair` answers for a pair that cannot be matched with a refusal of no rule: code
`pair.kind` (this kind of offer does not answer this kind of need; evidence need_kind, offer_kind)
or `pair.own` (both sides are the same organisation).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Floats, Mask
from matcher.conditions import most_points, most_points_of_any_need
from matcher.criteria import Pair, kind_points, reasons, text_points, together
from matcher.encoding import Meaning, closeness
from matcher.entries import make_entry
from matcher.evidence import shared_words
from matcher.features import similarity
from matcher.index import NeedIndex, OfferIndex
from matcher.rules import active_rules, facts_of, judge
from matcher.screening import Screened, screen_needs, screen_offers
from matcher.taxonomy import Taxonomy
from matcher.values import Caution, Need, Offer, Ranking, Reason, Refusal, Rule, Suggestion
from matcher.vocabulary import ANSWERS, NeedKind, OfferKind
from matcher.weights import DEFAULT_WEIGHTS, Weights

#: Rows are weighed in steps of this many; bounds get this much room for rounding.
_STEP = 64
_SLACK = 0.002

Units = NDArray[np.float32]
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
    """Rows that take part, the most each may score, and how to look at one as a pair."""

    rows: Mask
    bound: Floats
    pair: Callable[[int], Pair]
    item_id: Callable[[Pair], str]


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
    entry, vector = make_entry(need, offers.taxonomy)
    weights = offers.weights
    with offers.lock:
        columns = offers.columns
        answering = columns.alive_of_kinds({kind.value for kind in ANSWERS[need.kind]})
        screened = screen_offers(offers, answering, need, active_rules(rules, on))
        units, near = offers.similarities(vector), offers.closenesses(meaning)
        bound = text_bound(units, near, weights) + columns.activity_points(entry, weights)
        bound += columns.by_kind(lambda k: kind_points(need.kind, OfferKind(k), weights))
        bound += columns.distance_ceiling(need.place, weights) + most_points(need, weights)
        candidates = Candidates(
            screened.rows,
            bound,
            lambda row: Pair(entry, offers.entry(row), int(units[row]), whole(near[row])),
            lambda pair: pair.offer.item.id,
        )
        return _ranking(candidates, screened, weights, limit)


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
    entry, vector = make_entry(offer, needs.taxonomy)
    weights = needs.weights
    kinds = {need.value for need, answers in ANSWERS.items() if offer.kind in answers}

    def kind(name: str) -> float:
        return kind_points(NeedKind(name), offer.kind, weights)

    with needs.lock:
        columns = needs.columns
        screened = screen_needs(
            needs, columns.alive_of_kinds(kinds), offer, active_rules(rules, on)
        )
        units, near = needs.similarities(vector), needs.closenesses(meaning)
        bound = text_bound(units, near, weights) + columns.activity_points(entry, weights)
        bound += columns.by_kind(kind) + most_points_of_any_need(weights)
        candidates = Candidates(
            screened.rows,
            bound,
            lambda row: Pair(needs.entry(row), entry, int(units[row]), whole(near[row])),
            lambda pair: pair.need.item.id,
        )
        return _ranking(candidates, screened, weights, limit)


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
    asked, asked_vector = make_entry(need, taxonomy)
    offered, offered_vector = make_entry(offer, taxonomy)
    units = similarity(asked_vector, offered_vector)
    pair = Pair(asked, offered, units, closeness(*meanings))
    return _suggestion(_weigh(pair, offer.id, 0, weights, reasons), judgement.cautions)


def text_bound(units: Units, near: Units, weights: Weights) -> Floats:
    """Return base and text points of every row, before rounding; `near` is NaN where unknown."""
    meanings = np.nan_to_num(near.astype(np.float64))
    return weights.base + text_points(
        together(units.astype(np.float64), meanings, weights), weights
    )


def whole(near: np.float32) -> int | None:
    """Return a closeness as a whole number, or None where it is unknown."""
    return None if np.isnan(near) else int(near)


def best_of(
    candidates: Candidates, weights: Weights, limit: int | None, weigh: Weigh = reasons
) -> list[Weighed]:
    """Return the candidates by score, ties by id: all, or exactly the first `limit`."""
    rows = np.flatnonzero(candidates.rows)
    if limit is not None and limit <= 0:
        return []
    found: list[Weighed] = []
    bounds = candidates.bound[rows]
    rows, bounds = _by_bound(rows, bounds, limit)
    for start in range(0, rows.size, _STEP):
        if limit is not None and len(found) >= limit:
            found.sort(key=lambda weighed: (-weighed.score, weighed.item_id))
            del found[limit:]
            if bounds[start] + _SLACK < found[-1].score:
                break
        for row in rows[start : start + _STEP].tolist():
            pair = candidates.pair(row)
            found.append(_weigh(pair, candidates.item_id(pair), row, weights, weigh))
    found.sort(key=lambda weighed: (-weighed.score, weighed.item_id))
    return found[:limit]


def _by_bound(
    rows: NDArray[np.intp], bounds: Floats, limit: int | None
) -> tuple[NDArray[np.intp], Floats]:
    if limit is None:
        return rows, bounds
    order = np.argsort(-bounds, kind="stable")
    return rows[order], bounds[order]


def _weigh(pair: Pair, item_id: str, row: int, weights: Weights, weigh: Weigh) -> Weighed:
    given = weigh(pair, weights)
    score = math.fsum(reason.contribution for reason in given)
    return Weighed(score, item_id, row, pair, given)


def _ranking(
    candidates: Candidates, screened: Screened, weights: Weights, limit: int | None
) -> Ranking:
    best = best_of(candidates, weights, limit)
    found = tuple(_suggestion(weighed, screened.cautions(weighed.row)) for weighed in best)
    return Ranking(found, screened.refusals, weights.version)


def _suggestion(weighed: Weighed, cautions: tuple[Caution, ...]) -> Suggestion:
    need, offer = weighed.pair.need.item, weighed.pair.offer.item
    return Suggestion(offer.id, weighed.score, explain(weighed), cautions, need.id)


def explain(weighed: Weighed) -> tuple[Reason, ...]:
    """Return the reasons with, for the text, the words that both sides share."""
    need, offer = weighed.pair.need.item, weighed.pair.offer.item
    words = shared_words((need.title, need.text), (offer.title, offer.text))
    return tuple(
        replace(reason, evidence={**reason.evidence, "words": words})
        if reason.code in ("text.similar", "text.none")
        else reason
        for reason in weighed.reasons
    )
