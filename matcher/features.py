"""Texts as sparse vectors of whole numbers: what makes two texts comparable.

Two views share one vector: stems (with compound parts and thesaurus names) and character 4-grams of
each word, hashed into separate halves of one space (`matcher.word_features`). Each view is
(1 + ln tf) x idf, brought to length 1, and weighs `WORD_SHARE` or the rest. Values are rounded to
whole numbers of 1/`UNIT`: the dot product of two vectors then is an exact whole number, below 2^24,
equal in every order of adding, in every process and on every machine.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.tokens import words
from matcher.word_features import HALF, HUNDREDTHS, WordFeatures, features_of

Ids = NDArray[np.int32]
Values = NDArray[np.float32]

FEATURES = 2 * HALF
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
        return int(np.searchsorted(self.ids, HALF))


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


def text_vector(title: str, text: str) -> TextVector:
    """Return the vector of one title and text; words of the title count twice."""
    times = _word_counts(title, text)
    return _vector(features_of(times), list(times.values()))


def vectors_of(texts: Sequence[tuple[str, str]]) -> Iterator[TextVector]:
    """Yield the vectors of (title, text) pairs, new words hashed all at once."""
    counted = [_word_counts(title, text) for title, text in texts]
    features_of({word: None for times in counted for word in times})
    return (_vector(features_of(times), list(times.values())) for times in counted)


def text_vectors(texts: Sequence[tuple[str, str]]) -> Any:
    """Return the vectors of (title, text) pairs as the rows of a CSR array, in float32."""
    from scipy.sparse import csr_array

    vectors = list(vectors_of(texts))
    ends = np.cumsum([0, *(vector.ids.size for vector in vectors)])
    ids = np.concatenate([np.empty(0, np.int32), *(vector.ids for vector in vectors)])
    values = np.concatenate([np.empty(0, np.float32), *(vector.values for vector in vectors)])
    return csr_array((values, ids, ends), shape=(len(vectors), FEATURES))


def _word_counts(title: str, text: str) -> Counter[str]:
    times = Counter(words(text))
    for word in words(title):
        times[word] += _TITLE_TIMES
    return times


def _vector(features: Sequence[WordFeatures], times: Sequence[int]) -> TextVector:
    """Return the sum of words, each so many times, as whole-numbered values."""
    if not features:
        return TextVector(np.empty(0, np.int32), np.empty(0, np.float32))
    all_ids = np.concatenate([word.ids for word in features])
    weights = np.concatenate([word.weights for word in features])
    weights *= np.repeat(times, [word.ids.size for word in features])
    order = np.argsort(all_ids, kind="stable")
    all_ids = all_ids[order]
    firsts = np.flatnonzero(np.diff(all_ids, prepend=-1))
    ids = all_ids[firsts]
    tf = np.add.reduceat(weights[order], firsts) / HUNDREDTHS
    values = np.where(tf > 1, 1 + np.log(np.maximum(tf, 1)), tf) * _idf()[ids]
    middle = int(np.searchsorted(ids, HALF))
    for view, share in ((values[:middle], WORD_SHARE), (values[middle:], 1 - WORD_SHARE)):
        # An exact sum: the same in every order, on every machine.
        length = math.sqrt(math.fsum((view * view).tolist()))
        view /= length or 1.0
        view *= UNIT * math.sqrt(share)
    values = np.round(values).astype(np.float32)
    told = values != 0
    return TextVector(ids[told], values[told])


def similarity(first: TextVector, second: TextVector) -> int:
    """Return the similarity of two vectors in whole units, 0 to about `UNIT` squared."""
    _, left, right = np.intersect1d(first.ids, second.ids, assume_unique=True, return_indices=True)
    return int(np.dot(first.values[left].astype(np.int64), second.values[right].astype(np.int64)))
