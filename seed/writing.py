"""Dutch-like texts of any number, for measuring: never meant to be read by people.

A text is two to four sentences about an activity of the taxonomy (its label or a synonym in a fixed
pattern) and as many of words drawn as often as Dutch uses them (`matcher.dutch.frequencies`), so
that few words are in most texts and most words in few, as in what people write. One drawn word in
forty is mistyped. One text in four speaks of a second activity, one in two ends in noise.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from matcher import dutch

_ASKS = (
    "Wij zoeken hulp voor {a}, liefst vanaf volgende maand.",
    "Onze eigen mensen geraken niet rond met {a}.",
    "Het gaat om {a} en soms ook {b}.",
    "Wie kan {a} van ons overnemen?",
    "Elke week is er werk: {a}, {b}.",
    "Vroeger deden we {a} zelf, nu lukt dat niet meer.",
)
_OFFERS = (
    "Onze ploeg doet al jaren {a}.",
    "Naast {a} nemen we ook {b} aan.",
    "Voor {a} komen we ter plaatse met eigen materiaal.",
    "We werken nauwkeurig en met vaste begeleiding: {a}, {b}.",
    "Vraag gerust een proefdag voor {a}.",
    "Ook {a} in kleine oplagen is mogelijk.",
)
_NOISE = (
    "Bellen kan tussen 9 en 16 uur.",
    "Parking is er genoeg.",
    "De factuur gaat naar de boekhouding.",
    "Een bezoek vooraf is welkom.",
    "We starten klein en bouwen op.",
)
_SECOND_SUBJECT = 0.25
_NOISY = 0.5
_MISTYPED = 1 / 40
_CLAUSE = (7, 18)


@dataclass(frozen=True, slots=True)
class Subject:
    """An activity as material for texts."""

    id: str
    words: tuple[str, ...]


class Writer:
    """Writes titles and texts about subjects; every draw comes from the caller's `Random`."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._subjects = subjects
        frequencies = dutch.frequencies()
        self._words = sorted(frequencies)
        self._chances = list(accumulate(10 ** frequencies[word] for word in self._words))

    def need(self, draw: random.Random) -> tuple[Subject, str, str]:
        """Return what a need is about, its title and its text."""
        return self._write(draw, _ASKS)

    def offer(self, draw: random.Random) -> tuple[Subject, str, str]:
        """Return what an offer is about, its title and its text."""
        return self._write(draw, _OFFERS)

    def _write(self, draw: random.Random, patterns: tuple[str, ...]) -> tuple[Subject, str, str]:
        first = draw.choice(self._subjects)
        second = draw.choice(self._subjects) if draw.random() < _SECOND_SUBJECT else first
        sentences = []
        for _ in range(draw.randint(2, 4)):
            subject = draw.choice((first, second))
            a, b = draw.choice(subject.words), draw.choice(subject.words)
            sentences.append(draw.choice(patterns).format(a=a, b=b))
            sentences.append(self._clause(draw))
        if draw.random() < _NOISY:
            sentences.append(draw.choice(_NOISE))
        return first, draw.choice(first.words).capitalize(), " ".join(sentences)

    def _clause(self, draw: random.Random) -> str:
        drawn = draw.choices(self._words, cum_weights=self._chances, k=draw.randint(*_CLAUSE))
        return " ".join(_typed(draw, word) for word in drawn).capitalize() + "."


def _typed(draw: random.Random, word: str) -> str:
    """Return a word as somebody types it: seldom with two letters swapped."""
    if len(word) < 5 or draw.random() >= _MISTYPED:
        return word
    place = draw.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
