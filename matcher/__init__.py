"""What is a good match, and why: pure Python, no database, no web.

    taxonomy = Taxonomy(activities)
    recognise(taxonomy, title, text)    activities in free text, with the words that led there
    taxonomy.suggest(query)             activities for a box that completes what is typed
    offers = OfferIndex(taxonomy)       .put(offer) .remove(id) .get(id) len() in
    needs = NeedIndex(taxonomy)         the same for open needs
    rank(need, offers, rules, on=today, limit=20)         Ranking of offers
    rank_needs(offer, needs, rules, on=today, limit=20)   Ranking of needs; pairs weigh the same
    score_pair(need, offer, taxonomy, rules, on=today)    Suggestion or Refusal
    search(query, offers, place=..., kinds=..., activities=..., max_km=..., limit=...)   SearchHits
    best_change(score, reasons, weights)                  the change of an offer that lifts it most
    turn(need_id, offer_id)                               where an offer stands among equal scores
    shared_spans(need_text, offer_text)                   what both share, as character spans
    check_rules(rules)                                    raises RuleError for an unusable rule

A score is in log-odds and equals the `math.fsum` of its reasons; `Suggestion.chance` reads it as a
chance. Reasons carry codes and evidence (listed in `matcher.criteria` and `matcher.conditions`),
refusals and cautions those of `matcher.rules`. A pair's score depends on that pair, the taxonomy
and the weights only. `put`, `rank`, `rank_needs` and `score_pair` take vectors of meaning as well,
which `matcher.encoding` makes where an encoder is installed (`matcher.encoders`); without them a
pair is weighed by its words. `matcher.evaluation` measures rankings against labelled files.

Names load on first use, so that importing the vocabulary costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.evidence import shared_spans
    from matcher.improving import Change, best_change
    from matcher.index import NeedIndex, OfferIndex
    from matcher.profiles import Recognised, recognise
    from matcher.ranking import rank, rank_needs, score_pair
    from matcher.rules import InvalidRuleError, RuleError, UnknownRuleCode, check_rules
    from matcher.searching import SearchHit, search
    from matcher.taxonomy import Taxonomy
    from matcher.turns import turn
    from matcher.weights import DEFAULT_WEIGHTS, Weights

__all__ = [
    "DEFAULT_WEIGHTS",
    "Change",
    "InvalidRuleError",
    "NeedIndex",
    "OfferIndex",
    "Recognised",
    "RuleError",
    "SearchHit",
    "Taxonomy",
    "UnknownRuleCode",
    "Weights",
    "best_change",
    "check_rules",
    "rank",
    "rank_needs",
    "recognise",
    "score_pair",
    "search",
    "shared_spans",
    "turn",
]

_MODULE_OF = {
    "Change": "improving",
    "DEFAULT_WEIGHTS": "weights",
    "InvalidRuleError": "rules",
    "NeedIndex": "index",
    "OfferIndex": "index",
    "Recognised": "profiles",
    "RuleError": "rules",
    "SearchHit": "searching",
    "Taxonomy": "taxonomy",
    "UnknownRuleCode": "rules",
    "Weights": "weights",
    "best_change": "improving",
    "check_rules": "rules",
    "rank": "ranking",
    "recognise": "profiles",
    "rank_needs": "ranking",
    "score_pair": "ranking",
    "search": "searching",
    "shared_spans": "evidence",
    "turn": "turns",
}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'matcher' has no attribute {name!r}")
    return getattr(import_module(f"matcher.{_MODULE_OF[name]}"), name)
