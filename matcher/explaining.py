"""The words behind the reasons: looked up only for pairs that are shown, since it takes longest."""

from dataclasses import replace

from matcher.criteria import Pair
from matcher.evidence import shared_words
from matcher.profiles import words_for
from matcher.taxonomy import Taxonomy
from matcher.values import Evidence, Need, Offer, Reason


def explain(pair: Pair, reasons: tuple[Reason, ...], taxonomy: Taxonomy) -> tuple[Reason, ...]:
    """Return the reasons with the words of both texts that tell why."""
    return tuple(_explained(pair, reason, taxonomy) for reason in reasons)


def _explained(pair: Pair, reason: Reason, taxonomy: Taxonomy) -> Reason:
    need, offer = pair.need.item, pair.offer.item
    if reason.code in ("text.similar", "text.none"):
        words = shared_words((need.title, need.text), (offer.title, offer.text))
        return replace(reason, evidence={**reason.evidence, "words": words})
    if reason.code == "activity.shared":
        return replace(reason, evidence=_with_words(reason.evidence, need, offer, taxonomy))
    return reason


def _with_words(evidence: Evidence, need: Need, offer: Offer, taxonomy: Taxonomy) -> Evidence:
    listed = evidence["activities"]
    assert isinstance(listed, list)
    names = [activity["id"] for activity in listed]
    asked, offered = (words_for(taxonomy, names, side.title, side.text) for side in (need, offer))
    activities = [
        {"id": name, "need_words": list(asked[name]), "offer_words": list(offered[name])}
        for name in names
    ]
    return {**evidence, "activities": activities}
