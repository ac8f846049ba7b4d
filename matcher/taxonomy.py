"""Activities recognised in free text, with the words that led there.

Every label and synonym is a phrase of terms. A term weighs more the rarer it is in Dutch and the
fewer clusters of activities use it, so that `onderhoud` or `toezicht` alone leads nowhere and
`onkruid` does. A phrase counts by the share of its weight that the text holds, fully when its words
stand together; an activity takes its best phrases together. Typing errors in rare words are mended
against the words of the taxonomy itself.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher import dutch
from matcher.tokens import tokens
from matcher.values import Activity

#: An activity is recognised from this strength on.
RECOGNISED_FROM = 0.3
#: Words of a phrase stand together when they lie within this many words.
_WINDOW = 7
#: A phrase counts from this share of its weight on.
_LEAST_COVERAGE = 0.4
_COVERAGE_POWER = 1.5
_FULL_WEIGHT = 0.85
_PARTIAL_WEIGHT = 0.65
#: Several words of one phrase together tell this much, however common each is.
_TOGETHER_BONUS = 0.35
_TITLE_FACTOR = 1.25
_LONGEST_LIST = 3
#: Zipf values between which a term goes from telling everything to telling nothing.
_RARE, _COMMON = 3.8, 6.3
#: A term used by n clusters counts 1 / n to this power.
_AMBIGUITY = 1.0
_GENERIC_FACTOR = 0.25


@dataclass(frozen=True, slots=True)
class Recognised:
    """An activity found in a text: strength between 0 and 1, and the words that led to it."""

    activity_id: str
    strength: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    activity: int
    terms: tuple[str, ...]
    weight: float


@dataclass(slots=True)
class _Found:
    """Where a text has a term: positions, the words as typed, and whether in the title."""

    positions: list[int]
    words: list[str]
    in_title: bool


class Taxonomy:
    """The activities of a region, ready to be recognised and suggested."""

    def __init__(self, activities: Iterable[Activity]) -> None:
        self.activities: tuple[Activity, ...] = tuple(sorted(activities, key=lambda a: a.id))
        self._position = {activity.id: n for n, activity in enumerate(self.activities)}
        if len(self._position) != len(self.activities):
            raise ValueError("two activities have the same id")
        self._phrases: list[_Phrase] = []
        self._by_term: dict[str, list[int]] = defaultdict(list)
        self._weights: dict[str, float] = {}
        self._learn()
        vocabulary = (word for a in self.activities for phrase in _names(a) for word in phrase)
        self._words = tuple(sorted({word for word in vocabulary if len(word) >= 5}))
        self._known = frozenset(self._words)
        self._terms = lru_cache(maxsize=50_000)(self._known_terms)

    def __len__(self) -> int:
        return len(self.activities)

    def __contains__(self, activity_id: str) -> bool:
        return activity_id in self._position

    def position(self, activity_id: str) -> int | None:
        """Return the number of an activity in `activities`, or None when it is not known."""
        return self._position.get(activity_id)

    def cluster_of(self, activity_id: str) -> str:
        """Return the cluster of a known activity; raise `KeyError` for another one."""
        return self.activities[self._position[activity_id]].cluster

    def get(self, activity_id: str) -> Activity | None:
        """Return an activity by id, or None."""
        place = self._position.get(activity_id)
        return None if place is None else self.activities[place]

    def _learn(self) -> None:
        clusters: dict[str, set[str]] = defaultdict(set)
        read: list[tuple[int, tuple[str, ...]]] = []
        for number, activity in enumerate(self.activities):
            for words in _names(activity):
                terms = tuple(dict.fromkeys(t for word in words for t in _key_terms(word)))
                if terms:
                    read.append((number, terms))
                    for term in terms:
                        clusters[term].add(activity.cluster)
        self._weights = {
            term: _telling(term) / len(using) ** _AMBIGUITY for term, using in clusters.items()
        }
        for number, terms in dict.fromkeys(read):
            weight = sum(self._weights[term] for term in terms)
            if weight > 0:
                for term in terms:
                    self._by_term[term].append(len(self._phrases))
                self._phrases.append(_Phrase(number, terms, weight))

    def recognise(self, title: str, text: str, limit: int = 8) -> tuple[Recognised, ...]:
        """Return the activities a title and a text speak of, strongest first."""
        found = self._terms_of(title, text)
        hits: dict[int, list[str]] = defaultdict(list)
        for term in found:
            for number in self._by_term[term]:
                hits[number].append(term)
        evidence: dict[int, list[tuple[float, tuple[str, ...]]]] = defaultdict(list)
        for number, terms in hits.items():
            phrase = self._phrases[number]
            strength = self._phrase_strength(phrase, terms, found)
            if strength > 0.05:
                evidence[phrase.activity].append((strength, tuple(sorted(terms))))
        recognised = [self._combine(number, listed, found) for number, listed in evidence.items()]
        strong = [item for item in recognised if item.strength >= RECOGNISED_FROM]
        strong.sort(key=lambda item: (-item.strength, item.activity_id))
        return tuple(strong[:limit])

    def _terms_of(self, title: str, text: str) -> dict[str, _Found]:
        found: dict[str, _Found] = {}
        position = 0
        for part, in_title in ((title, True), (text, False)):
            for token in tokens(part):
                position += 1
                for term in self._terms(token.word):
                    place = found.setdefault(term, _Found([], [], in_title))
                    place.positions.append(position)
                    place.words.append(part[token.start : token.end])
            position += _WINDOW
        return found

    def _known_terms(self, word: str) -> tuple[str, ...]:
        return tuple(term for term in _key_terms(self._mend(word)) if term in self._by_term)

    def _mend(self, word: str) -> str:
        """Return the taxonomy word that a rare word mistypes, or the word itself."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        if len(word) < 6 or word in self._known:
            return word
        if dutch.frequencies().get(word, 0.0) >= dutch.CORRECT_WORD or dutch.parts(word):
            return word
        if any(term in self._by_term for term in _key_terms(word)):
            return word
        allowed = 1 if len(word) < 9 else 2
        best = extractOne(word, self._words, scorer=OSA.distance, score_cutoff=allowed)
        return word if best is None or best[0][0] != word[0] else str(best[0])

    def _phrase_strength(
        self, phrase: _Phrase, terms: Sequence[str], found: dict[str, _Found]
    ) -> float:
        """Return saturating weight x coverage to a power, less when the words stand apart."""
        weights = self._weights
        matched = weights[terms[0]] if len(terms) == 1 else sum(weights[term] for term in terms)
        coverage = matched / phrase.weight
        if coverage < _LEAST_COVERAGE:
            return 0.0
        together = len(terms) == len(phrase.terms) and _within_window(
            [found[term].positions for term in terms]
        )
        share = _FULL_WEIGHT if together else _PARTIAL_WEIGHT
        if any(found[term].in_title for term in terms):
            share *= _TITLE_FACTOR
        telling = matched + (_TOGETHER_BONUS if together and len(terms) > 1 else 0.0)
        return min(0.95, share * math.pow(coverage, _COVERAGE_POWER) * min(1.0, telling))

    def _combine(
        self, number: int, listed: list[tuple[float, tuple[str, ...]]], found: dict[str, _Found]
    ) -> Recognised:
        """Join the best phrases that rest on different terms: 1 - product of (1 - strength)."""
        listed.sort(key=lambda item: (-item[0], item[1]))
        left, used, kept = 1.0, set[str](), 0
        for strength, terms in listed:
            fresh = [term for term in terms if term not in used]
            if not fresh or kept == _LONGEST_LIST:
                continue
            left *= 1 - strength * len(fresh) / len(terms)
            used.update(fresh)
            kept += 1
        words = dict.fromkeys(word for term in sorted(used) for word in found[term].words[:2])
        return Recognised(self.activities[number].id, round(1 - left, 4), tuple(words))

    def suggest(self, query: str, limit: int = 8) -> tuple[Activity, ...]:
        """Return the activities whose label or synonyms begin with, hold or resemble a query."""
        from rapidfuzz.fuzz import partial_ratio

        asked = " ".join(token.word for token in tokens(query))
        if not asked:
            return tuple(sorted(self.activities, key=lambda a: (a.label, a.id))[:limit])
        scored: list[tuple[float, str, Activity]] = []
        for activity in self.activities:
            names = [" ".join(words) for words in _all_names(activity)]
            best = max((_name_score(asked, name, partial_ratio) for name in names), default=0.0)
            if best > 0:
                label = _name_score(asked, " ".join(_split(activity.label)), partial_ratio)
                scored.append((-max(best, label + 5.0 if label else 0.0), activity.label, activity))
        scored.sort(key=lambda item: (item[0], item[1], item[2].id))
        return tuple(activity for _, _, activity in scored[:limit])


def _name_score(asked: str, name: str, resemblance: object) -> float:
    """Score a name: 100 begins with the query, 90 a word does, 60..80 it resembles, else 0."""
    if name.startswith(asked):
        return 100.0
    if f" {asked}" in f" {name}":
        return 90.0
    if len(asked) >= 3 and asked in name:
        return 85.0
    if len(asked) < 4 or not callable(resemblance):
        return 0.0
    ratio = float(resemblance(asked, name, score_cutoff=78))
    return ratio * 0.8 if len(name) >= len(asked) - 1 else 0.0


def _split(name: str) -> list[str]:
    return [token.word for token in tokens(name)]


def _all_names(activity: Activity) -> list[list[str]]:
    return [_split(name) for name in (activity.label, *activity.synonyms)]


def _names(activity: Activity) -> list[list[str]]:
    """Return the names without the words that join them (`onderhoud van het groen`)."""
    kept = [[w for w in words if not _joins(w)] for words in _all_names(activity)]
    return [words for words in kept if words]


def _joins(word: str) -> bool:
    return dutch.frequencies().get(word, 0.0) >= _COMMON or len(word) < 2


@lru_cache(maxsize=100_000)
def _key_terms(word: str) -> tuple[str, ...]:
    """Return what a word means: its parts, or itself, each under its thesaurus name."""
    pieces = dutch.parts(word) or (word,)
    stems = [dutch.stem(piece) for piece in pieces]
    return tuple(dict.fromkeys(dutch.concept(stemmed) or stemmed for stemmed in stems))


def _telling(term: str) -> float:
    """Return how much a term tells, 1 for rare words to 0 for the commonest."""
    zipf = dutch.term_zipf(term)
    share = min(1.0, max(0.0, (_COMMON - zipf) / (_COMMON - _RARE)))
    return share * (_GENERIC_FACTOR if dutch.is_generic(term) else 1.0)


def _within_window(positions: Sequence[Sequence[int]]) -> bool:
    if len(positions) == 1:
        return True
    return any(
        all(any(abs(other - start) <= _WINDOW for other in others) for others in positions[1:])
        for start in positions[0]
    )
