"""What a coordinator decides on a pair, and where that offer stands among all."""

from dataclasses import dataclass

from matcher.values import Ranking, Suggestion
from models import Offer
from models.marker import N_
from models.states import MatchStatus, RefusalReason
from web.services.errors import InvalidError
from web.services.texts import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person decided, checked."""

    to: MatchStatus
    refusal_reason: RefusalReason | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person saw: versions of match and need, and whether an offer was approved."""

    match: int | None
    need: int | None
    approved: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an offer stands among all: `position` counts from 1, `ahead` are the better ones."""

    suggestion: Suggestion | None
    position: int | None
    ahead: tuple[int, ...]
    refused_by: str | None
    weights_version: str


def check_words(words: str | None, message: str) -> None:
    """Refuse missing or endless words; `message` says what is missing."""
    if not words:
        raise InvalidError({"words": message})
    if len(words) > LONGEST_TEXT:
        raise InvalidError({"words": N_("This text is too long.")})


def checked_verdict(to: MatchStatus, reason: RefusalReason | None, words: str | None) -> Verdict:
    """Return a decision when it holds what its kind asks; raises `InvalidError`."""
    if to is MatchStatus.SUGGESTED:
        raise ValueError("undo brings a match back, a decision does not")
    refused = to is MatchStatus.REFUSED
    if refused and reason is None:
        raise InvalidError({"refusal_reason": N_("Choose why this offer does not fit.")})
    if words or (refused and reason is RefusalReason.OTHER):
        check_words(words, N_("Write in a few words what the reason is."))
    return Verdict(to, reason if refused else None, words)


def standing_of(ranking: Ranking, offer: Offer) -> Standing:
    """Find an offer in the ranking of its need."""
    ids = [int(suggestion.offer_id) for suggestion in ranking.suggestions]
    refused_by = {int(refusal.offer_id): refusal.rule_id for refusal in ranking.refusals}
    if offer.id not in ids:
        return Standing(None, None, (), refused_by.get(offer.id), ranking.weights_version)
    place = ids.index(offer.id)
    found = ranking.suggestions[place]
    return Standing(found, place + 1, tuple(ids[:place]), None, ranking.weights_version)
