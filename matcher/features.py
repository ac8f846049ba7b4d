"""Texts as sparse vectors of whole numbers: what makes two texts comparable.

Two views share one vector: stems (with compound parts and thesaurus names) and character 4-grams of
each word, hashed by scikit-learn's `FeatureHasher` into separate halves of one space. Each view is
(1 + ln tf) x idf, brought to length 1, and weighs `WORD_SHARE` or the rest. Values are rounded to
whole numbers of 1/`UNIT`: the dot product of two vectors then is an exact whole number, below 2^24,
equal in every order of adding, in every process and on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher import dutch
from matcher.tokens import words

Ids = NDArray[np.int32]
Values = NDArray[np.float32]
Weighed = tuple[tuple[str, float], ...]

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
#: 3-, 4- and 5-grams together find no better order, and cost twice the memory and time.
_GRAM_LENGTH = 4


@dataclass(frozen=True, slots=True)
class TextVector:
    """Feature numbers in ascending order with their whole-numbered values."""

    ids: Ids
    values: Values

    @property
    def empty(self) -> bool:
        """Tell whether the text held nothing to compare."""
        return self.ids.size == 0

    @property
    def stems(self) -> int:
        """Return how many different terms the text holds."""
        return int(np.searchsorted(self.ids, _HALF))


@cache
def _idf() -> NDArray[np.float32]:
    path = files("matcher") / "data" / "nl_background.npz"
    with path.open("rb") as stream:
        steps = np.load(stream)["idf"]
    idf: NDArray[np.float32] = steps.astype(np.float32) * np.float32(IDF_STEP)
    return idf


def idf_of(number: int) -> float:
    """Return how much a feature tells, by its number."""
    return float(_idf()[number])


@lru_cache(maxsize=100_000)
def stem_features(word: str) -> Weighed:
    """Return the stems of a word with their weights: whole 1, parts and concepts less."""
    whole = dutch.stem(word)
    return tuple((term, _stem_weight(term, whole)) for term in dutch.terms(word))


def _stem_weight(term: str, whole: str) -> float:
    weight = _CONCEPT_WEIGHT if term.startswith("=") else _PART_WEIGHT
    if term == whole:
        weight = 1.0
    return weight * _GENERIC_WEIGHT if dutch.is_generic(term) else weight


@lru_cache(maxsize=100_000)
def gram_features(word: str) -> Weighed:
    """Return the character n-grams of a word, its two borders counting as a character."""
    padded = f" {word} "
    weight = _GENERIC_WEIGHT if dutch.is_generic(dutch.stem(word)) else 1.0
    starts = range(max(1, len(padded) - _GRAM_LENGTH + 1))
    return tuple((padded[start : start + _GRAM_LENGTH], weight) for start in starts)


@cache
def _hasher() -> Any:  # scikit-learn ships no types
    from sklearn.feature_extraction import FeatureHasher

    return FeatureHasher(_HALF, input_type="pair", alternate_sign=False, dtype=np.float64)


def hashed(features: Iterable[Iterable[tuple[str, float]]]) -> Any:
    """Return named, weighed features as rows of counts, each in a hashed space of one view."""
    counts = _hasher().transform(features)
    counts.sort_indices()
    return counts


@lru_cache(maxsize=100_000)
def stem_number(term: str) -> int:
    """Return the feature number of a stem, as `hashed` gives it."""
    return int(hashed([[(term, 1.0)]]).indices[0])


def text_vectors(texts: Sequence[tuple[str, str]]) -> Any:
    """Return the vectors of (title, text) pairs as the rows of a CSR array, in float32.

    Words of the title count twice. Many texts at once cost a third of one at a time.
    """
    from scipy.sparse import csr_array, hstack

    if not texts:
        return csr_array((0, FEATURES), dtype=np.float32)
    counted = [_word_counts(title, text) for title, text in texts]
    views = [
        _view(hashed(_weighed(times, stem_features) for times in counted), 0, WORD_SHARE),
        _view(hashed(_weighed(times, gram_features) for times in counted), 1, 1 - WORD_SHARE),
    ]
    return csr_array(hstack(views, format="csr"))


def _word_counts(title: str, text: str) -> Counter[str]:
    times = Counter(words(text))
    for word in words(title):
        times[word] += _TITLE_TIMES
    return times


def _weighed(times: Counter[str], features: Any) -> list[tuple[str, float]]:
    return [
        (name, weight * count) for word, count in times.items() for name, weight in features(word)
    ]


def _view(counts: Any, half: int, share: float) -> Any:
    """Turn counts into whole-numbered values of length sqrt(share) x `UNIT` a row."""
    from sklearn.preprocessing import normalize

    tf = counts.data
    counts.data = np.where(tf > 1, 1 + np.log(np.maximum(tf, 1)), tf)
    counts.data *= _idf()[half * _HALF + counts.indices]
    values = normalize(counts, copy=False)
    values.data = np.round(values.data * (UNIT * np.sqrt(share))).astype(np.float32)
    values.eliminate_zeros()
    return values


def text_vector(title: str, text: str) -> TextVector:
    """Return the vector of one title and text."""
    row = text_vectors([(title, text)])
    return TextVector(row.indices.astype(np.int32), row.data)


def similarity(first: TextVector, second: TextVector) -> int:
    """Return the similarity of two vectors in whole units, 0 to about `UNIT` squared."""
    _, left, right = np.intersect1d(first.ids, second.ids, assume_unique=True, return_indices=True)
    return int(np.dot(first.values[left].astype(np.int64), second.values[right].astype(np.int64)))
