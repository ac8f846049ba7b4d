"""What an offer leaves out, against what a need asks."""

from functools import lru_cache

from matcher.conditions.base import reason
from matcher.evidence import telling_terms
from matcher.reading.exclusions import denied_words
from matcher.reading.page import Page
from matcher.tokens import normal_form, tokens
from matcher.values import Evidence, Need, Offer, Reason
from matcher.weights import Weights

Terms = frozenset[str]


def excluded(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return excluded_asked when the text of a need asks what an offer leaves out.

    All telling words of a thing must stand there: who moves no heavy furniture moves other things.
    """
    if not offer.conditions.excluded:
        return None
    asked = asked_terms(need.title, need.text)
    pairs = [
        [thing, words]
        for thing in sorted(offer.conditions.excluded)
        if (words := _asked_as(thing, asked))
    ]
    if not pairs:
        return None
    evidence: Evidence = {"pairs": pairs}
    return reason("excluded.asked", weights.excluded_asked, evidence)


def _asked_as(thing: str, asked: dict[str, str]) -> str:
    """Return the words of a need that ask a thing; empty when it does not."""
    found: list[str] = []
    for terms in terms_of(thing):
        word = next((asked[term] for term in sorted(terms) if term in asked), None)
        if word is None:
            return ""
        found.append(word)
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def terms_of(thing: str) -> tuple[Terms, ...]:
    """Return the terms of every telling word of a thing that is left out."""
    found = (frozenset(term for _, term in telling_terms(token.word)) for token in tokens(thing))
    return tuple(terms for terms in found if terms)


@lru_cache(maxsize=4096)
def asked_terms(title: str, text: str) -> dict[str, str]:
    """Return the telling terms of a need, each with its word, without what it denies itself."""
    whole = f"{title}\n{text}"
    denied = denied_words(Page(whole))
    found: dict[str, str] = {}
    for token in tokens(whole):
        if normal_form(token.word) in denied:
            continue
        for _, term in telling_terms(token.word):
            found.setdefault(term, whole[token.start : token.end])
    return found
