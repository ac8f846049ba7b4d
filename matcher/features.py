"""A text as a sparse vector of whole numbers: what makes two texts comparable.

Two views share one vector: stems (with compound parts and thesaurus names) and character 3-5-grams
of each word, in separate halves of a hashed space. Each view is (1 + ln tf) x idf, brought to
length 1, and weighs `WORD_SHARE` or the rest. Values are rounded to whole numbers of 1/`UNIT`: the
dot product of two vectors then is an exact whole number, below 2^24, equal in every order of
adding, in every process and on every machine.
"""

import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matcher import dutch
from matcher.tokens import words

Ids = NDArray[np.int32]
Values = NDArray[np.float32]

_HALF = 1 << 20
FEATURES = 2 * _HALF
#: One unit of length; 4000 squared stays below 2^24, where float32 still counts exactly.
UNIT = 4000.0
#: Share of the stems in the similarity; characters have the rest.
WORD_SHARE = 0.4
#: idf = ln((1 + N) / (1 + N x df)), where df is the chance that a text of this many words has it.
UNSEEN_DOCUMENTS = 1000
TYPICAL_WORDS = 60.0
#: Features found in more texts than this say nothing and are left out.
VERY_COMMON = 0.03
IDF_STEP = 1 / 32
_TITLE_TIMES = 2
_PART_WEIGHT = 0.5
_CONCEPT_WEIGHT = 0.7
_GENERIC_WEIGHT = 0.3
_GRAM_LENGTHS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class TextVector:
    """Feature numbers in ascending order with their whole-numbered values."""

    ids: Ids
    values: Values

    @property
    def empty(self) -> bool:
        """Tell whether the text held nothing to compare."""
        return self.ids.size == 0


def _hash(term: str) -> int:
    return zlib.crc32(term.encode("utf-8")) & (_HALF - 1)


@cache
def _idf() -> NDArray[np.float32]:
    path = files("matcher") / "data" / "nl_background.npz"
    with path.open("rb") as stream:
        steps = np.load(stream)["idf"]
    idf: NDArray[np.float32] = steps.astype(np.float32) * np.float32(IDF_STEP)
    return idf


@lru_cache(maxsize=100_000)
def word_ids(word: str) -> tuple[Ids, Values]:
    """Return the stem features of a word and their counts: whole 1, parts and concepts less."""
    whole = dutch.stem(word)
    counts: dict[int, float] = {}
    for term in dutch.terms(word):
        weight = _CONCEPT_WEIGHT if term.startswith("=") else _PART_WEIGHT
        if term == whole:
            weight = 1.0
        if dutch.is_generic(term):
            weight *= _GENERIC_WEIGHT
        number = _hash(term)
        counts[number] = max(weight, counts.get(number, 0.0))
    return np.array(list(counts), np.int32), np.array(list(counts.values()), np.float32)


@lru_cache(maxsize=100_000)
def gram_ids(word: str) -> tuple[Ids, Values]:
    """Return the character n-gram features of a word, its two borders counting as a character."""
    padded = f" {word} "
    weight = _GENERIC_WEIGHT if dutch.is_generic(dutch.stem(word)) else 1.0
    numbers = [
        _HALF + _hash(padded[start : start + length])
        for length in _GRAM_LENGTHS
        for start in range(max(1, len(padded) - length + 1))
    ]
    return np.array(numbers, np.int32), np.full(len(numbers), weight, np.float32)


def _view(counted: list[tuple[Ids, Values, float]], share: float) -> tuple[Ids, Values]:
    ids, place = np.unique(np.concatenate([part[0] for part in counted]), return_inverse=True)
    weights = np.concatenate([part[1] * np.float32(part[2]) for part in counted])
    tf = np.bincount(place, weights=weights, minlength=ids.size)
    tf = np.where(tf > 1, 1 + np.log(np.maximum(tf, 1)), tf)
    values = tf * _idf()[ids]
    length = float(np.sqrt(np.square(values).sum()))
    if length == 0:
        return ids[:0], values[:0].astype(np.float32)
    whole = np.round(values * (UNIT * np.sqrt(share) / length))
    kept = whole > 0
    return ids[kept].astype(np.int32), whole[kept].astype(np.float32)


def text_vector(title: str, text: str) -> TextVector:
    """Return the vector of a title and a text; words of the title count twice."""
    times = Counter(words(text))
    for word in words(title):
        times[word] += _TITLE_TIMES
    if not times:
        return TextVector(np.empty(0, np.int32), np.empty(0, np.float32))
    stems = _view([(*word_ids(word), count) for word, count in times.items()], WORD_SHARE)
    grams = _view([(*gram_ids(word), count) for word, count in times.items()], 1 - WORD_SHARE)
    return TextVector(np.concatenate([stems[0], grams[0]]), np.concatenate([stems[1], grams[1]]))


def similarity(first: TextVector, second: TextVector) -> int:
    """Return the similarity of two vectors in whole units, 0 to about `UNIT` squared."""
    _, left, right = np.intersect1d(first.ids, second.ids, assume_unique=True, return_indices=True)
    return int(np.dot(first.values[left].astype(np.int64), second.values[right].astype(np.int64)))
