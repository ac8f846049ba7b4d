"""Ranking: eligible, text, criteria, score, reasons; the same pair weighs the same either way.

With a limit the exact best are found without weighing every pair: the text, kind and activity
points of all rows follow from the index at once, and what the other criteria can still add is
bounded, so that rows are weighed in order of their bound until no row can enter any more.

`score_pair` answers for a pair that cannot be matched with a refusal of no rule: code
`pair.kind` (this kind of offer does not answer this kind of need; evidence need_kind, offer_kind)
or `pair.own` (both sides are the same organisation).
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from matcher.choosing import Candidates, Weighed, best_of, weighed
from matcher.columns import (
    Floats,
    activity_points,
    by_kind,
    condition_ceiling,
    distance_ceiling,
)
from matcher.conditions import most_of_any_need
from matcher.criteria import core_points, kind_points, reasons, text_points, together
from matcher.encoding import Meaning, closeness
from matcher.entries import make_entry
from matcher.explaining import explain
from matcher.facts import families_in
from matcher.features import similarity
from matcher.index import NeedIndex, OfferIndex
from matcher.pairs import Pair, asked_of
from matcher.rules import active_rules, facts_of, judge
from matcher.screening import Refusals, Screening, screen_needs, screen_offers
from matcher.segment import Segment
from matcher.taxonomy import Taxonomy
from matcher.values import Caution, Need, Offer, Ranking, Refusal, Rule, Suggestion
from matcher.vocabulary import ANSWERS, NeedKind, OfferKind
from matcher.weights import DEFAULT_WEIGHTS, Weights


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
        read, asked = offers.reader(), asked_of(entry)

        def points(part: Segment) -> Floats:
            kinds = by_kind(part, lambda k: kind_points(need.kind, OfferKind(k), weights))
            return activity_points(part, entry, weights) + kinds

        def most(part: Segment) -> Floats:
            core = by_kind(part, lambda k: core_points(need, OfferKind(k), weights))
            core += condition_ceiling(part, asked.need, weights)
            return core + distance_ceiling(part, need.place, weights)

        subject = text_bound(units, near, weights) + offers.over(points, np.float32)
        candidates = Candidates(
            screening.rows,
            subject,
            subject + offers.over(most, np.float32),
            lambda row: Pair(entry, read(row), int(units[row]), whole(near, row), asked=asked),
            lambda pair: pair.offer.item.id,
            screening.passing,
            lambda row, pair: screening.admits(row, pair.offer.item),
        )
        best = best_of(candidates, weights, limit)
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

    known = entry.known
    most = most_of_any_need(weights, families_in(known.conditions))

    def kind(name: str) -> float:
        return kind_points(NeedKind(name), offer.kind, weights)

    with needs.lock:
        asking = needs.alive_of_kinds(kinds)
        screening, refusals = screen_needs(needs, asking, offer, active_rules(rules, on))
        units, near = needs.similarities(vector), needs.closenesses(meaning)
        read = needs.reader()

        def points(part: Segment) -> Floats:
            return activity_points(part, entry, weights) + by_kind(part, kind)

        subject = text_bound(units, near, weights) + needs.over(points, np.float32)
        candidates = Candidates(
            screening.rows,
            subject,
            subject + np.float32(most),
            lambda row: Pair(read(row), entry, int(units[row]), whole(near, row), offered=known),
            lambda pair: pair.need.item.id,
            screening.passing,
            lambda row, pair: screening.admits(row, pair.need.item),
        )
        best = best_of(candidates, weights, limit)
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
    return _suggestion(weighed(pair, offer.id, 0, reasons(pair, weights)), judgement.cautions)


def text_bound(units: Floats, near: Floats | None, weights: Weights) -> Floats:
    """Return base and text points of every row, before rounding; `near` is NaN where unknown."""
    meanings = np.zeros(1, np.float32) if near is None else np.nan_to_num(near)
    return text_points(together(units, meanings, weights), weights) + np.float32(weights.base)


def whole(near: Floats | None, row: int) -> int | None:
    """Return the closeness of a row as a whole number, or None where it is unknown."""
    return None if near is None or np.isnan(near[row]) else int(near[row])


def _ranking(
    best: list[Weighed],
    screening: Screening[Need] | Screening[Offer],
    refusals: Refusals,
    index: OfferIndex | NeedIndex,
) -> Ranking:
    found = tuple(_suggestion(one, screening.cautions(one.row)) for one in best)
    return Ranking(found, refusals, index.weights.version)


def _suggestion(found: Weighed, cautions: tuple[Caution, ...]) -> Suggestion:
    need, offer = found.pair.need.item, found.pair.offer.item
    given = explain(found.pair, found.reasons)
    return Suggestion(offer.id, found.score, given, cautions, need.id)
