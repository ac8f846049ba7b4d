"""What a coordinator decides on a pair, and where that offer stands among all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matcher.values import Ranking, Suggestion
from models import Need, Offer
from models.marker import N_
from models.states import MatchStatus, RefusalReason
from web.services.catalogue import Shelf
from web.services.errors import InvalidError
from web.services.matching import count_eligible, rank_until
from web.services.texts import LONGEST_TEXT

LOOKED_AT_FIRST = 60
#: Offers that the record of an approval keeps, the best first; of the others it keeps the number.
MOST_RECORDED = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person decided, checked."""

    to: MatchStatus
    refusal_reason: RefusalReason | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person saw: versions of match and need, whether an offer was approved.

    people: for how many he approves, None for what is still open.
    """

    match: int | None
    need: int | None
    approved: bool
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Among what was chosen: the best offers with their scores, how many fit, and who was kept out.

    kept_out: the number of offers by rule.
    """

    considered: tuple[tuple[int, float], ...]
    eligible: int
    kept_out: Mapping[str, int]

    def recorded(self) -> dict[str, Any]:
        """Return what the record keeps of it, JSON-ready."""
        return {
            "considered": [list(pair) for pair in self.considered],
            "eligible": self.eligible,
            "kept_out": dict(self.kept_out),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an offer stands among all: `position` counts from 1, `ahead` are the better ones."""

    suggestion: Suggestion | None
    position: int | None
    ahead: tuple[int, ...]
    refused_by: str | None
    weights_version: str
    choice: Choice


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


def find_standing(
    session: Session,
    shelf: Shelf,
    need: Need,
    offer: Offer,
    on: date,
    first: int = LOOKED_AT_FIRST,
) -> Standing:
    """Find an offer in the ranking of its need, among the `first` best first: they cost least."""
    key = str(offer.id)
    ranking = rank_until(session, shelf, need, on, first, [key])
    ids = [suggestion.offer_id for suggestion in ranking.suggestions]
    version, choice = ranking.weights_version, _choice(shelf, need, ranking)
    if key not in ids:
        refused_by = {refusal.offer_id: refusal.rule_id for refusal in ranking.refusals}
        return Standing(None, None, (), refused_by.get(key), version, choice)
    place = ids.index(key)
    ahead = tuple(map(int, ids[:place]))
    return Standing(ranking.suggestions[place], place + 1, ahead, None, version, choice)


def _choice(shelf: Shelf, need: Need, ranking: Ranking) -> Choice:
    best = ranking.suggestions[:MOST_RECORDED]
    return Choice(
        considered=tuple((int(suggestion.offer_id), suggestion.score) for suggestion in best),
        eligible=count_eligible(shelf, need, ranking),
        kept_out=Counter(refusal.rule_id for refusal in ranking.refusals),
    )
