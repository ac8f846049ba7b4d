"""Suggestions: what the matcher finds for a need, stored with its reasons."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from matcher import rank, rank_needs, turn
from matcher.encoding import Meaning
from matcher.values import Need as NeedValue
from matcher.values import Ranking, Suggestion
from matcher.vocabulary import ANSWERS
from models import Match, Need, Offer
from models.states import MatchOrigin, MatchStatus
from web.services.catalogue import Shelf, is_current
from web.services.returning import bring_back
from web.services.text_vectors import meaning_of
from web.services.values import need_value, offer_value

#: Suggestions stored for a need; the coordinator's page ranks every eligible offer anew.
STORED_SUGGESTIONS = 30
#: How many times more offers are asked for where the best few do not hold a wanted one.
MORE_AT_ONCE = 8
#: Needs that a published offer is weighed against, the best fitting first.
RERANKED_NEEDS = 200


def rank_offers(
    session: Session, shelf: Shelf, need: Need, on: date, limit: int | None = None
) -> Ranking:
    """Return the eligible offers for a need, best first, and the refused ones."""
    meaning = meaning_of(session, shelf.encoder, need)
    return rank_values(shelf, need_value(need), on, limit, meaning)


def rank_until(
    session: Session, shelf: Shelf, need: Need, on: date, first: int, wanted: Collection[str]
) -> Ranking:
    """Return the `first` best offers, or more: as many as it takes to hold the wanted ones.

    The best few of thousands cost a fraction of all, so more are asked for step by step. Wanted
    are numbers of offers; those that no longer are on the shelf are not waited for.
    """
    awaited, limit = {number for number in wanted if number in shelf.offers}, first
    while True:
        everything = limit >= len(shelf.offers)
        ranking = rank_offers(session, shelf, need, on, None if everything else limit)
        known = {suggestion.offer_id for suggestion in ranking.suggestions}
        known |= {refusal.offer_id for refusal in ranking.refusals}
        if everything or awaited <= known:
            return ranking
        limit *= MORE_AT_ONCE


def rank_values(
    shelf: Shelf,
    need: NeedValue,
    on: date,
    limit: int | None = None,
    meaning: Meaning | None = None,
) -> Ranking:
    """Return the same for a need that is not stored, with the vector of its text if known."""
    return rank(need, shelf.offers, shelf.rules, on=on, limit=limit, meaning=meaning)


def count_eligible(shelf: Shelf, need: Need, ranking: Ranking) -> int:
    """Return how many offers no rule keeps out, those that a limit left off included."""
    kinds = {kind.value for kind in ANSWERS[need.kind]}
    return int(shelf.offers.alive_of_kinds(kinds).sum()) - len(ranking.refusals)


@dataclass(frozen=True, slots=True)
class Fresh:
    """The best offers for a need as of a day, and the reference data that they were ranked with."""

    ranking: Ranking
    on: date
    reference: int


def rank_fresh(session: Session, shelf: Shelf, need: Need, on: date) -> Fresh:
    """Return what to store of a need's suggestions, for who stores it once the shelf is back."""
    ranking = rank_offers(session, shelf, need, on, STORED_SUGGESTIONS)
    return Fresh(ranking, on, shelf.reference_revision)


def store_suggestions(session: Session, shelf: Shelf, need: Need, on: date) -> int:
    """Rank the offers for a need and store the best; returns how many are suggested."""
    return keep_suggestions(session, need, rank_fresh(session, shelf, need, on))


def keep_suggestions(session: Session, need: Need, fresh: Fresh) -> int:
    """Bring the stored suggestions of a need up to date; returns how many there are.

    What a coordinator decided, or added by hand, stays as it is; a refused pair comes back once
    one side changed what the refusal was about.
    """
    ranking = fresh.ranking
    matches = session.scalars(select(Match).where(Match.need_id == need.id))
    stored = {match.offer_id: match for match in matches}
    found_ids = {int(suggestion.offer_id) for suggestion in ranking.suggestions}
    bring_back(session, [match for match in stored.values() if match.offer_id in found_ids])
    for suggestion in ranking.suggestions:
        match = stored.pop(int(suggestion.offer_id), None)
        if match is None:
            session.add(new_match(need.id, suggestion, ranking.weights_version))
        else:
            renew(match, suggestion, ranking.weights_version)
    _forget(session, list(stored.values()))
    _mark_ranked(session, need, fresh)
    return len(ranking.suggestions)


def _mark_ranked(session: Session, need: Need, fresh: Fresh) -> None:
    """Note how fresh the suggestions are; to who is changing the need it stays the same need."""
    session.flush()
    marked = update(Need).where(Need.id == need.id)
    values = {
        "ranked_on": fresh.on,
        "ranked_reference": fresh.reference,
        "ranked_weights": fresh.ranking.weights_version,
        "updated_at": Need.updated_at,
    }
    session.execute(marked.values(values).execution_options(synchronize_session=False))


def rerank_for_offer(session: Session, shelf: Shelf, offer: Offer, on: date) -> int:
    """Bring a changed offer into the suggestions of open needs; returns how many it joins.

    A suggestion whose offer no longer fits, is no longer published or ran out, disappears.
    """
    matches = session.scalars(select(Match).where(Match.offer_id == offer.id))
    stored = {match.need_id: match for match in matches}
    joined = 0
    if is_current(offer, on):
        ranking = rank_needs(
            offer_value(offer),
            shelf.needs,
            shelf.rules,
            on=on,
            limit=RERANKED_NEEDS,
            meaning=meaning_of(session, shelf.encoder, offer),
        )
        bars = _scores_to_beat(session)
        found_ids = {int(found.need_id) for found in ranking.suggestions}
        bring_back(session, [match for match in stored.values() if match.need_id in found_ids])
        for found in ranking.suggestions:
            need_id = int(found.need_id)
            match = stored.pop(need_id, None)
            if match is not None:
                renew(match, found, ranking.weights_version)
            elif found.score > bars.get(need_id, float("-inf")):
                session.add(new_match(need_id, found, ranking.weights_version))
                joined += 1
    _forget(session, list(stored.values()))
    return joined


def by_rank(match: Match) -> tuple[float, tuple[bytes, str]]:
    """Return the key that sorts stored matches of a need as `rank` does."""
    return -match.score, turn(str(match.need_id), str(match.offer_id))


def new_match(
    need_id: int, suggestion: Suggestion, version: str, origin: MatchOrigin = MatchOrigin.ENGINE
) -> Match:
    """Return a match, not yet in a session, that carries all of a suggestion."""
    match = Match(need_id=need_id, offer_id=int(suggestion.offer_id), origin=origin)
    _fill(match, suggestion, version)
    return match


def renew(match: Match, suggestion: Suggestion, version: str) -> None:
    """Bring an undecided match level with what the matcher says now."""
    if match.status is MatchStatus.SUGGESTED:
        _fill(match, suggestion, version)


def _fill(match: Match, suggestion: Suggestion, version: str) -> None:
    match.score = suggestion.score
    match.reasons = [asdict(reason) for reason in suggestion.reasons]
    match.cautions = [asdict(caution) for caution in suggestion.cautions]
    match.weights_version = version


def _forget(session: Session, matches: list[Match]) -> None:
    """Drop suggestions that fell out, unless a person ever touched them."""
    gone = [
        match.id
        for match in matches
        if match.status is MatchStatus.SUGGESTED
        and match.origin is MatchOrigin.ENGINE
        and not match.decisions
    ]
    if gone:
        session.execute(delete(Match).where(Match.id.in_(gone)))


def _scores_to_beat(session: Session) -> dict[int, float]:
    """Return the lowest stored score of each need that has its fill of suggestions."""
    counted = (
        select(Match.need_id, func.min(Match.score))
        .where(Match.status == MatchStatus.SUGGESTED)
        .group_by(Match.need_id)
        .having(func.count() >= STORED_SUGGESTIONS)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
