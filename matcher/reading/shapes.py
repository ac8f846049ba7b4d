"""The shape of one token: numbers as digits, and mistyped words as they were meant."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from matcher import dutch
from matcher.reading.phrases import vocabulary
from matcher.tokens import MAX_WORD

_UNITS = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_TEENS = [
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_FOREIGN = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "neuf": 9, "dix": 10, "douze": 12,
    "quinze": 15, "vingt": 20, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "twelve": 12, "fifteen": 15, "twenty": 20, "dizaine": 10,
    "vingtaine": 20, "douzaine": 12, "quinzaine": 15,
}  # fmt: skip
#: Shortest word in which one wrong letter is mended.
_SHORTEST_TYPO = 6
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+(?:,\d+)?")
#: What a number word may end in, and how it is then written.
_COUNTING = (("tal", "~{}"), ("koppige", "{} koppig"), ("koppig", "{} koppig"))
#: `d'avril` is `d'` and `avril`.
_ELISION = re.compile(r"([dljnm]'|qu')(?=[a-z]{2})")
_CLOCK = re.compile(r"(\d{1,2})[uh:](\d{2})")


@cache
def _numbers() -> dict[str, int]:
    """Return the Dutch number words without `een`, which mostly means `a`, and the foreign ones."""
    units = {word: n for n, word in enumerate(_UNITS, start=1)}
    named = units | {word: n for n, word in enumerate(_TEENS, start=10)}
    for n, tens in enumerate(_TENS, start=2):
        named[tens] = 10 * n
        named |= {f"{unit}en{tens}": 10 * n + digit for unit, digit in units.items()}
    for word, times in (("honderd", 100), ("duizend", 1000)):
        named[word] = times
        named |= {f"{unit}{word}": times * digit for unit, digit in units.items() if digit > 1}
    del named["een"]
    return named | _FOREIGN


@lru_cache(maxsize=100_000)
def shape(token: str) -> str:
    """Return a token as the phrases of the readers have it."""
    first = token[0]
    if first.isdigit():
        return _number_shape(token)
    if first == "\n":
        return "|"
    if not first.isalpha() or len(token) == 1:
        return token
    word = token[:MAX_WORD]
    if elided := _ELISION.match(word):
        return f"{elided[1]} {_mended(word[elided.end() :])}"
    return _numbered(word) or _mended(word)


def _numbered(word: str) -> str:
    """Return a number word in digits: `acht`, `achttal`, `achtkoppige`; empty for another word."""
    numbers = _numbers()
    if word in numbers:
        return str(numbers[word])
    for ending, shaped in _COUNTING:
        if word.endswith(ending) and word.removesuffix(ending) in numbers:
            return shaped.format(numbers[word.removesuffix(ending)])
    return ""


def _number_shape(token: str) -> str:
    if clock := _CLOCK.fullmatch(token):
        hour, minute = int(clock[1]), int(clock[2])
        return f"t{hour + minute / 60:g}" if hour <= 24 and minute < 60 else token
    if _THOUSANDS.fullmatch(token):
        token = token.replace(" ", "").replace(".", "")
    return token.replace(",", ".")[:MAX_WORD]


def _mended(word: str) -> str:
    """Return the word of the readers that a rare word mistypes by one letter, or itself."""
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST_TYPO or word in vocabulary():
        return word
    if dutch.frequencies().get(word, 0.0) >= dutch.CORRECT_WORD:
        return word
    near = {meant for piece in _deletions(word) for meant in _nearby().get(piece, ())}
    close = [meant for meant in near if OSA.distance(word, meant, score_cutoff=1) == 1]
    return close[0] if len(close) == 1 and close[0][0] == word[0] else word


def _deletions(word: str) -> Iterable[str]:
    return (word, *(word[:n] + word[n + 1 :] for n in range(len(word))))


@cache
def _nearby() -> dict[str, tuple[str, ...]]:
    """Return the words of the readers by all that is left when one letter drops out."""
    near: dict[str, list[str]] = {}
    for word in sorted(vocabulary()):
        if len(word) >= _SHORTEST_TYPO:
            for piece in _deletions(word):
                near.setdefault(piece, []).append(word)
    return {piece: tuple(words) for piece, words in near.items()}
