"""The words behind the reasons: looked up only for pairs that are shown, since it takes longest."""

from dataclasses import replace

from matcher.entries import Entry, Item
from matcher.evidence import shared_words
from matcher.pairs import Pair
from matcher.profiles import words_for
from matcher.values import Evidence, Need, Offer, Reason


def explain(pair: Pair, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return the reasons with the words of both texts that tell why."""
    return tuple(_explained(pair, reason) for reason in reasons)


def _explained(pair: Pair, reason: Reason) -> Reason:
    need, offer = pair.need.item, pair.offer.item
    if reason.code in ("text.similar", "text.none"):
        words = shared_words((need.title, need.text), (offer.title, offer.text))
        return replace(reason, evidence={**reason.evidence, "words": words})
    if reason.code == "activity.shared":
        return replace(reason, evidence=_with_words(reason.evidence, pair))
    return reason


def _with_words(evidence: Evidence, pair: Pair) -> Evidence:
    listed = evidence["activities"]
    assert isinstance(listed, list)
    names = [activity["id"] for activity in listed]
    asked, offered = _words(names, pair.need), _words(names, pair.offer)
    activities = [
        {"id": name, "need_words": list(asked[name]), "offer_words": list(offered[name])}
        for name in names
    ]
    return {**evidence, "activities": activities}


def _words(activities: list[str], entry: Entry[Item]) -> dict[str, tuple[str, ...]]:
    item: Need | Offer = entry.item
    return words_for(activities, item.title, item.text, entry.named)
