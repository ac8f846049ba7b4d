"""Which activities a free text names, with the words that do.

Every label and synonym is a phrase of terms. A term weighs more the rarer it is in Dutch and the
fewer clusters of activities use it, so that `onderhoud` or `toezicht` alone leads nowhere and
`onkruid` does. A phrase counts by the share of its weight that the text holds, fully when its words
stand together; an activity takes its best phrases together. Typing errors in rare words are mended
against the words of the taxonomy itself.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher import dutch
from matcher.activity_model import activity_model, fingerprint
from matcher.tokens import tokens
from matcher.values import Activity

#: An activity counts as mentioned from this strength on.
MENTIONED_FROM = 0.3
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
class Mention:
    """An activity named in a text: strength between 0 and 1, and the words that name it.

    fresh: by a name that `matcher.activity_model` has not learned.
    """

    activity_id: str
    strength: float
    words: tuple[str, ...]
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    activity: int
    terms: tuple[str, ...]
    weight: float
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Clue:
    """A phrase found in a text: its strength, the terms found, and whether it is fresh."""

    strength: float
    terms: tuple[str, ...]
    fresh: bool


@dataclass(slots=True)
class _Found:
    """Where a text has a term: positions, the words as typed, and whether in the title."""

    positions: list[int]
    words: list[str]
    in_title: bool


class Lexicon:
    """The names of activities, ready to be found in texts."""

    def __init__(self, activities: Sequence[Activity]) -> None:
        self._activities = activities
        self._phrases: list[_Phrase] = []
        self._by_term: dict[str, list[int]] = defaultdict(list)
        self._weights: dict[str, float] = {}
        self._learn()
        vocabulary = (word for a in activities for name in names_of(a) for word in name)
        self._words = tuple(sorted({word for word in vocabulary if len(word) >= 5}))
        self._known = frozenset(self._words)
        self._terms = lru_cache(maxsize=50_000)(self._known_terms)
        self.mentions = lru_cache(maxsize=1024)(self._mentions)

    def _learn(self) -> None:
        clusters: dict[str, set[str]] = defaultdict(set)
        read: dict[tuple[int, tuple[str, ...]], bool] = {}
        learned = activity_model().learned
        for number, activity in enumerate(self._activities):
            for name in (activity.label, *activity.synonyms):
                words = [word for word in split(name) if not _joins(word)]
                terms = tuple(dict.fromkeys(t for word in words for t in _key_terms(word)))
                if terms:
                    fresh = fingerprint(activity.id, name) not in learned
                    read[number, terms] = read.get((number, terms), True) and fresh
                    for term in terms:
                        clusters[term].add(activity.cluster)
        self._weights = {
            term: _telling(term) / len(using) ** _AMBIGUITY for term, using in clusters.items()
        }
        for (number, terms), fresh in read.items():
            weight = sum(self._weights[term] for term in terms)
            if weight > 0:
                for term in terms:
                    self._by_term[term].append(len(self._phrases))
                self._phrases.append(_Phrase(number, terms, weight, fresh))

    def _mentions(self, title: str, text: str) -> tuple[Mention, ...]:
        """Return the activities that a title and a text name, strongest first."""
        found = self._terms_of(title, text)
        hits: dict[int, list[str]] = defaultdict(list)
        for term in found:
            for number in self._by_term[term]:
                hits[number].append(term)
        clues: dict[int, list[_Clue]] = defaultdict(list)
        for number, terms in hits.items():
            phrase = self._phrases[number]
            strength = self._phrase_strength(phrase, terms, found)
            if strength > 0.05:
                clue = _Clue(strength, tuple(sorted(terms)), phrase.fresh)
                clues[phrase.activity].append(clue)
        mentioned = [self._combine(number, listed, found) for number, listed in clues.items()]
        strong = [mention for mention in mentioned if mention.strength >= MENTIONED_FROM]
        return tuple(sorted(strong, key=lambda mention: (-mention.strength, mention.activity_id)))

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

    def _combine(self, number: int, clues: list[_Clue], found: dict[str, _Found]) -> Mention:
        """Join the best phrases that rest on different terms: 1 - product of (1 - strength)."""
        clues.sort(key=lambda clue: (-clue.strength, clue.terms))
        left, used, kept = 1.0, set[str](), list[_Clue]()
        for clue in clues:
            new = [term for term in clue.terms if term not in used]
            if not new or len(kept) == _LONGEST_LIST:
                continue
            left *= 1 - clue.strength * len(new) / len(clue.terms)
            used.update(new)
            kept.append(clue)
        words = dict.fromkeys(word for term in sorted(used) for word in found[term].words[:2])
        fresh = any(clue.fresh for clue in kept)
        return Mention(self._activities[number].id, round(1 - left, 4), tuple(words), fresh)


def split(name: str) -> list[str]:
    """Return the words of a name in normal form."""
    return [token.word for token in tokens(name)]


def names_of(activity: Activity) -> list[list[str]]:
    """Return the names without the words that join them (`onderhoud van het groen`)."""
    names = (activity.label, *activity.synonyms)
    kept = [[word for word in split(name) if not _joins(word)] for name in names]
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
