"""Everything a coordinator weighs for one need: all eligible offers ranked now, and the refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from matcher.values import Ranking, Refusal, Suggestion
from matcher.weights import Weights
from models import Decision, Match, Need, Offer, Organisation, Rule
from models.match_life import CHOSEN, DECIDED
from models.states import MatchOrigin, MatchStatus, OfferStatus, OrganisationStatus
from web.services.actor import Actor
from web.services.catalogue import OFFER_PARTS, Catalogue, Shelf
from web.services.matching import count_eligible, rank_until
from web.services.search import Wish, find_offers, is_about
from web.services.visibility import interested

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """An offer on the sheet: its place in the ranking of now, and what is stored of the pair."""

    offer_id: int
    position: int | None
    suggestion: Suggestion | None
    match: Match | None
    needs_words: bool

    @property
    def status(self) -> MatchStatus:
        """Return where the pair stands."""
        return self.match.status if self.match else MatchStatus.SUGGESTED

    @property
    def by_hand(self) -> bool:
        """Tell whether a person put this offer forward."""
        return self.match is not None and self.match.origin is MatchOrigin.MANUAL

    @property
    def scored(self) -> Suggestion | Match:
        """Return what to explain: the moment of the decision, else the ranking of now."""
        kept = self.match if self.status in DECIDED else None
        found = kept or self.suggestion or self.match
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its offer; `interest` bars the actor from deciding on it."""

    entry: Entry
    offer: Offer
    interest: bool


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """A rule with the offers it keeps away."""

    rule: Rule | None
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """The best offers for a need as things are now, every refusal, and how many offers fit.

    weights: those that the offers were ranked with.
    """

    ranking: Ranking
    eligible: int
    weights: Weights


def standings(
    session: Session, catalogue: Catalogue, need: Need, on: date, first: int
) -> Standings:
    """Rank the `first` best offers, and more when a person touched one that ranks lower."""
    touched = or_(Match.status != MatchStatus.SUGGESTED, Match.origin == MatchOrigin.MANUAL)
    chosen = select(Match.offer_id).where(Match.need_id == need.id, touched)
    kept = {str(offer_id) for offer_id in session.scalars(chosen)}
    with catalogue.open(session) as shelf:
        ranking = rank_until(session, shelf, need, on, first, kept)
        return Standings(ranking, count_eligible(shelf, need, ranking), shelf.offers.weights)


def entries(session: Session, need: Need, ranking: Ranking) -> list[Entry]:
    """Return every offer of the sheet: approved and hand-picked ones first, then by rank.

    A pair that was decided stays on the sheet when its offer is no longer on the shelf.
    """
    parts = selectinload(Match.decisions).joinedload(Decision.actor)
    stored = select(Match).where(Match.need_id == need.id).options(parts)
    matches = {match.offer_id: match for match in session.scalars(stored)}
    found: list[Entry] = []
    passed_over = False
    for position, suggestion in enumerate(ranking.suggestions, start=1):
        match = matches.pop(int(suggestion.offer_id), None)
        entry = Entry(int(suggestion.offer_id), position, suggestion, match, passed_over)
        found.append(entry)
        passed_over = passed_over or entry.status not in DECIDED
    gone = [match for match in matches.values() if match.decisions]
    found += [Entry(match.offer_id, None, None, match, False) for match in gone]
    return sorted(found, key=_place)


def _place(entry: Entry) -> tuple[int, bool, int, int]:
    if entry.status in CHOSEN:
        shelf = 0
    elif entry.by_hand and entry.status is MatchStatus.SUGGESTED:
        shelf = 1
    else:
        shelf = 2
    return (shelf, entry.position is None, entry.position or 0, entry.offer_id)


def candidates(
    session: Session, actor: Actor, need: Need, chosen: Iterable[Entry]
) -> list[Candidate]:
    """Return the entries of one page with their offers."""
    kept = list(chosen)
    ids = [entry.offer_id for entry in kept]
    offers = select(Offer).where(Offer.id.in_(ids)).options(*OFFER_PARTS)
    by_id = {offer.id: offer for offer in session.scalars(offers)}
    return [
        Candidate(entry, by_id[entry.offer_id], interested(actor, need, by_id[entry.offer_id]))
        for entry in kept
        if entry.offer_id in by_id
    ]


def refused_by_rule(session: Session, ranking: Ranking) -> list[RefusedBy]:
    """Return the refused offers under the rule that keeps them away, the busiest rule first."""
    groups: dict[str, list[Refusal]] = defaultdict(list)
    for refusal in ranking.refusals:
        groups[refusal.rule_id].append(refusal)
    rules = rules_by_id(session, groups)
    order = sorted(groups, key=lambda rule_id: (-len(groups[rule_id]), rule_id))
    return [RefusedBy(rules.get(rule_id), tuple(groups[rule_id])) for rule_id in order]


def refused_offers(
    session: Session, refusals: Sequence[Refusal], rule_id: str, words: str
) -> list[Refusal]:
    """Return refusals by the title of their offer; of one rule or with some words if asked."""
    by_offer = {
        int(refusal.offer_id): refusal for refusal in refusals if rule_id in ("", refusal.rule_id)
    }
    chosen = select(Offer.id).join(Offer.organisation).where(Offer.id.in_(by_offer))
    if words:
        columns = (Offer.title, Organisation.name)
        chosen = chosen.where(or_(*(c.icontains(words, autoescape=True) for c in columns)))
    ordered = session.scalars(chosen.order_by(func.lower(Offer.title), Offer.id))
    return [by_offer[offer_id] for offer_id in ordered]


def rules_by_id(session: Session, ids: Iterable[str]) -> dict[str, Rule]:
    """Return rules by id."""
    asked = list(ids)
    if not asked:
        return {}
    chosen = select(Rule).where(Rule.id.in_(asked))
    return {rule.id: rule for rule in session.scalars(chosen)}


def offers_by_id(session: Session, ids: Iterable[int]) -> dict[int, Offer]:
    """Return offers by id, with their organisation."""
    asked = list(ids)
    if not asked:
        return {}
    parts = joinedload(Offer.organisation)
    chosen = select(Offer).where(Offer.id.in_(asked)).options(parts)
    return {offer.id: offer for offer in session.scalars(chosen)}


def find_by_words(session: Session, shelf: Shelf, actor: Actor, words: str) -> list[Offer]:
    """Return offers that hold all the words, then those that a visitor's search finds.

    Words may stand in the title, the text or the name of the organisation.
    """
    exact = _holding(session, words)
    known = {offer.id for offer in exact}
    alike = [hit for hit in find_offers(session, shelf, actor, Wish(text=words)) if is_about(hit)]
    more = [hit.offer_id for hit in alike if hit.offer_id not in known][: MOST_FOUND - len(exact)]
    chosen = _suggestible().where(Offer.id.in_(more)).options(*OFFER_PARTS)
    return exact + sorted(session.scalars(chosen), key=lambda offer: more.index(offer.id))


def _suggestible() -> Select[Offer]:
    return (
        select(Offer)
        .join(Offer.organisation)
        .where(
            Offer.status == OfferStatus.PUBLISHED,
            Organisation.status == OrganisationStatus.APPROVED,
        )
    )


def _holding(session: Session, words: str) -> list[Offer]:
    chosen = _suggestible()
    for word in words.split()[:8]:
        columns = (Offer.title, Offer.text, Organisation.name)
        chosen = chosen.where(or_(*(c.icontains(word, autoescape=True) for c in columns)))
    chosen = chosen.order_by(Organisation.name, Offer.title, Offer.id).limit(MOST_FOUND)
    return list(session.scalars(chosen.options(*OFFER_PARTS)))


def last_decision(session: Session, need_id: int, offer_id: int | None) -> Decision | None:
    """Return the newest decision on a pair, or on the need when that pair has none."""
    chosen = select(Decision).join(Decision.match).where(Match.need_id == need_id)
    own = Match.offer_id == (offer_id or 0)
    newest = chosen.order_by(own.desc(), Decision.id.desc()).limit(1)
    return session.scalar(newest.options(joinedload(Decision.actor)))
