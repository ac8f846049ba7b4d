"""Words that decisions teach: proposed for an activity, until a coordinator accepts or refuses.

Where an approved offer does work that nobody read in the need, some word of that need may name it.
A word is proposed when it stands in such needs of several askers, and there far more often than
elsewhere beside that activity. A word that was decided on is never proposed again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import Taxonomy, dutch
from matcher.profiles import recognise
from matcher.tokens import tokens
from models import Need, Offer, PlaceName, SynonymProposal
from models.states import ActivityOrigin, ProposalStatus
from web.services.catalogue import NEED_PARTS, OFFER_PARTS, Shelf
from web.services.learning.lessons import told_decisions

#: Askers that a word must come from, the share of their needs, and how much that exceeds chance.
LEAST_ASKERS, LEAST_SHARE, LEAST_LIFT = 2, 0.6, 1.5
#: Open proposals at most: who decides on them must not drown.
MOST_OPEN = 20
_SHORTEST = 4
#: Words commoner than this in Dutch (Zipf scale) name no work.
_TOO_COMMON = 4.5
_EXAMPLES = 5


@dataclass(slots=True)
class _Word:
    """A word by its stem: how it is typed, in which needs, and beside which activities."""

    typed: Counter[str] = field(default_factory=Counter)
    needs: set[int] = field(default_factory=set)
    beside: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class Found:
    """A word that may name an activity, with the needs that say so."""

    activity_id: str
    word: str
    needs: tuple[int, ...]


def propose_words(session: Session, shelf: Shelf) -> int:
    """Bring the open proposals level with the decisions; returns how many there are."""
    pairs = _approved_pairs(session)
    found = find_words(shelf.taxonomy, pairs, _place_names(session))
    stored = {(row.activity_id, row.word): row for row in session.scalars(select(SynonymProposal))}
    count = 0
    for one in found:
        row = stored.pop((one.activity_id, one.word), None)
        if row is not None and row.status is not ProposalStatus.OPEN:
            continue
        if count < MOST_OPEN:
            count += 1
            _keep(session, row, one)
    for row in stored.values():
        if row.status is ProposalStatus.OPEN:
            session.delete(row)
    return count


def _keep(session: Session, row: SynonymProposal | None, found: Found) -> None:
    if row is None:
        row = SynonymProposal(activity_id=found.activity_id, word=found.word)
        session.add(row)
    row.needs, row.examples = len(found.needs), list(found.needs[:_EXAMPLES])


def find_words(
    taxonomy: Taxonomy, pairs: list[tuple[Need, Offer]], places: frozenset[str]
) -> list[Found]:
    """Return the words that approved pairs teach, the best supported first."""
    words: dict[str, _Word] = defaultdict(_Word)
    beside = Counter[str]()
    for need, offer in pairs:
        kept = (a for a in offer.activities if a.origin is not ActivityOrigin.REJECTED)
        done = {a.activity_id for a in kept} & {a.id for a in taxonomy.activities}
        beside.update(done)
        # A guess that rests on no word of the need is no reading of it.
        understood = [one for one in recognise(taxonomy, need.title, need.text) if one.words]
        explained = bool(done & {one.activity_id for one in understood})
        spent = {word.casefold() for one in understood for word in one.words}
        for stem, typed in _candidates(taxonomy, need, spent):
            if typed in places:
                continue
            word = words[stem]
            word.typed[typed] += 1
            word.needs.add(need.id)
            for activity in () if explained else done:
                word.beside[activity][need.id] = need.organisation_id
    chances = {activity: number / len(pairs) for activity, number in beside.items()}
    found = [one for word in words.values() if (one := _taught(word, chances))]
    return sorted(found, key=lambda one: (-len(one.needs), one.word, one.activity_id))


def _candidates(
    taxonomy: Taxonomy, need: Need, spent: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the words of a need that lead nowhere yet: stem and how it is typed, each once."""
    seen: set[str] = set()
    for token in tokens(f"{need.title}\n{need.text}"):
        stem = dutch.stem(token.word)
        if stem in seen or len(token.word) < _SHORTEST or token.word in spent:
            continue
        seen.add(stem)
        common = max(dutch.term_zipf(stem), dutch.frequencies().get(token.word, 0.0))
        rare = common < _TOO_COMMON and not dutch.is_generic(stem)
        if rare and not taxonomy.mentions("", token.word):
            yield stem, token.word


def _taught(word: _Word, chances: dict[str, float]) -> Found | None:
    """Return the activity that a word stands beside most, if it does so enough."""
    best: Found | None = None
    for activity, by_need in sorted(word.beside.items()):
        share = len(by_need) / len(word.needs)
        askers = len(set(by_need.values()))
        telling = share >= LEAST_SHARE and share >= LEAST_LIFT * chances[activity]
        if askers >= LEAST_ASKERS and telling and (best is None or len(by_need) > len(best.needs)):
            typed = min(word.typed, key=lambda form: (-word.typed[form], len(form), form))
            best = Found(activity, typed, tuple(sorted(by_need)))
    return best


def _approved_pairs(session: Session) -> list[tuple[Need, Offer]]:
    """Return the pairs that coordinators approved or put forward by hand, each once."""
    told = [one.after for one in told_decisions(session) if one.approved]
    ids = dict.fromkeys((after["need"], after["offer"]) for after in told)
    needs = select(Need).where(Need.id.in_({need for need, _ in ids})).options(*NEED_PARTS)
    offers = select(Offer).where(Offer.id.in_({offer for _, offer in ids})).options(*OFFER_PARTS)
    need_by_id = {need.id: need for need in session.scalars(needs).unique()}
    offer_by_id = {offer.id: offer for offer in session.scalars(offers).unique()}
    return [(need_by_id[n], offer_by_id[o]) for n, o in ids if n in need_by_id and o in offer_by_id]


def _place_names(session: Session) -> frozenset[str]:
    """Return the words of all place names, which name no work."""
    names = session.scalars(select(PlaceName.name).distinct())
    return frozenset(token.word for name in names for token in tokens(name))
