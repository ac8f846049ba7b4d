"""Eligibility of the rows of an index: who takes part, who is refused and what to keep in mind.

Rules see few facts of an entry, so rows with equal facts are judged once, however many there are.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.columns import Mask
from matcher.index import NeedIndex, OfferIndex
from matcher.rules import ActiveRule, Judgement, facts_of, judge
from matcher.values import Caution, Need, Offer, Refusal


@dataclass(frozen=True, slots=True)
class Screened:
    """The rows that take part, the refused pairs, and the cautions of a row."""

    rows: Mask
    refusals: tuple[Refusal, ...]
    cautions: Callable[[int], tuple[Caution, ...]]


def screen_offers(
    offers: OfferIndex, rows: Mask, need: Need, rules: tuple[ActiveRule, ...]
) -> Screened:
    """Judge offers for a need; an offer of the asker itself never takes part."""

    def judged(row: int, own: bool) -> Judgement:
        return judge(need, facts_of(offers.entry(row).item, own=own), rules)

    def refusal(row: int, judgement: Judgement) -> Refusal | None:
        return judgement.refusal(need.id, offers.entry(row).item.id)

    screened = _screen(offers, rows, need.asker_id, judged, refusal)
    return Screened(
        screened.rows,
        tuple(sorted(screened.refusals, key=lambda refused: refused.offer_id)),
        screened.cautions,
    )


def screen_needs(
    needs: NeedIndex, rows: Mask, offer: Offer, rules: tuple[ActiveRule, ...]
) -> Screened:
    """Judge needs for an offer; a need of the supplier itself never takes part."""

    def judged(row: int, own: bool) -> Judgement:
        return judge(needs.entry(row).item, facts_of(offer, own=own), rules)

    def refusal(row: int, judgement: Judgement) -> Refusal | None:
        return judgement.refusal(needs.entry(row).item.id, offer.id)

    screened = _screen(needs, rows, offer.supplier_id, judged, refusal)
    return Screened(
        screened.rows,
        tuple(sorted(screened.refusals, key=lambda refused: refused.need_id)),
        screened.cautions,
    )


def _screen(
    index: OfferIndex | NeedIndex,
    rows: Mask,
    owner: str | None,
    judged: Callable[[int, bool], Judgement],
    refusal: Callable[[int, Judgement], Refusal | None],
) -> Screened:
    eligible = rows.copy()
    own = index.columns.owned_by(owner)
    own = own[rows[own]]
    eligible[own] = False
    found = [refusal(int(row), judged(int(row), True)) for row in own]
    kept: list[tuple[Caution, ...]] = [()]
    code = np.zeros(rows.size, np.int32)
    for first, group in index.columns.fact_groups(eligible):
        judgement = judged(first, False)
        if judgement.refused_by is not None:
            eligible[group] = False
            found += [refusal(int(row), judgement) for row in group]
        elif judgement.cautions:
            code[group] = len(kept)
            kept.append(judgement.cautions)
    refusals = tuple(refused for refused in found if refused is not None)
    return Screened(eligible, refusals, lambda row: kept[code[row]])
