"""The hashed features of single words, which are kept: hashing is the dear part of reading a text.

What a word adds to a text depends on the word alone. So each word is hashed once a process, by
scikit-learn's `FeatureHasher`, all new words of a text or of many texts in one call; a text is the
sum of its words. Weights are counted in hundredths, so that sums are exact in every order.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher import dutch
from matcher.fingerprints import fingerprint
from matcher.postings import Postings, make_postings

Weighed = tuple[tuple[str, float], ...]

#: Stems have the lower half of the feature numbers, character n-grams the upper.
HALF = 1 << 20
#: The unit of weights: all of those below are whole numbers of it.
HUNDREDTHS = 100
_PART_WEIGHT = 0.5
_CONCEPT_WEIGHT = 0.7
_GENERIC_WEIGHT = 0.3
#: 3-, 4- and 5-grams together find no better order, and cost twice the memory and time.
_GRAM_LENGTH = 4
#: Words that are kept, and the most that a table holds.
MOST_WORDS = 100_000


class WordFeatures(NamedTuple):
    """The feature numbers of a word, and their weights in hundredths."""

    ids: NDArray[np.int32]
    weights: NDArray[np.int64]


def stem_features(word: str) -> Weighed:
    """Return the stems of a word with their weights: whole 1, parts and concepts less."""
    whole = dutch.stem(word)
    return tuple((term, _stem_weight(term, whole)) for term in dutch.terms(word))


def _stem_weight(term: str, whole: str) -> float:
    weight = _CONCEPT_WEIGHT if term.startswith("=") else _PART_WEIGHT
    if term == whole:
        weight = 1.0
    return weight * _GENERIC_WEIGHT if dutch.is_generic(term) else weight


def gram_features(word: str) -> Weighed:
    """Return the character n-grams of a word, its two borders counting as a character."""
    padded = f" {word} "
    weight = _GENERIC_WEIGHT if dutch.is_generic(dutch.stem(word)) else 1.0
    starts = range(max(1, len(padded) - _GRAM_LENGTH + 1))
    return tuple((padded[start : start + _GRAM_LENGTH], weight) for start in starts)


@cache
def _hasher() -> Any:  # scikit-learn ships no types
    from sklearn.feature_extraction import FeatureHasher

    return FeatureHasher(HALF, input_type="pair", alternate_sign=False, dtype=np.float64)


def hashed(features: Iterable[Iterable[tuple[str, float]]]) -> Any:
    """Return named, weighed features as rows of counts, each in a hashed space of one view."""
    counts = _hasher().transform(features)
    counts.sort_indices()
    return counts


class _Kept:
    """The words that were hashed, here or by a process that kept them.

    `known` is replaced, never emptied, so that threads may share it.
    """

    def __init__(self) -> None:
        self.known: dict[str, WordFeatures] = {}
        self.stored: Postings | None = None

    def all_of(self, words: Collection[str]) -> list[WordFeatures]:
        """See `features_of`."""
        known = self.known
        if new := [word for word in dict.fromkeys(words) if word not in known]:
            if len(known) + len(new) > MOST_WORDS:
                known = {word: known[word] for word in words if word in known}
            known.update(self._stored_of(new))
            new = [word for word in new if word not in known]
            known.update(zip(new, _hash(new) if new else [], strict=True))
            self.known = known
        return [known[word] for word in words]

    def _stored_of(self, words: Iterable[str]) -> Iterator[tuple[str, WordFeatures]]:
        if self.stored is None:
            return
        for word in words:
            ids, weights = self.stored.of(fingerprint(word))
            # Every word has a feature at least: one without stands nowhere in the table.
            if ids.size:
                yield word, WordFeatures(ids, weights.astype(np.int64))


_KEPT = _Kept()


def features_of(words: Collection[str]) -> list[WordFeatures]:
    """Return the features of words, hashing those that were not seen before in one call."""
    return _KEPT.all_of(words)


def table_of(words: Iterable[str]) -> Postings:
    """Return the features of words as postings by the fingerprint of the word, to be kept."""
    listed = sorted(set(words))[:MOST_WORDS]
    features = features_of(listed)
    keys = np.array([fingerprint(word) for word in listed], np.int64)
    ids = np.concatenate([np.empty(0, np.int32), *(word.ids for word in features)])
    weights = np.concatenate([np.empty(0, np.int64), *(word.weights for word in features)])
    repeated = np.repeat(keys, [word.ids.size for word in features])
    return make_postings(repeated, ids, weights.astype(np.int16))


def lend(table: Postings) -> None:
    """Let words be looked up in a table of this version before they are hashed.

    So a process that starts with a kept index answers without loading scikit-learn, which takes
    longer than all else, until somebody writes a word that it never saw.
    """
    _KEPT.stored = table


def _hash(words: list[str]) -> list[WordFeatures]:
    views = [hashed(map(features, words)) for features in (stem_features, gram_features)]
    numbers = [view.indices + half * HALF for half, view in enumerate(views)]
    weights = [np.rint(view.data * HUNDREDTHS).astype(np.int64) for view in views]
    spans = [list(zip(v.indptr.tolist(), v.indptr.tolist()[1:], strict=False)) for v in views]
    return [
        WordFeatures(
            np.concatenate([n[a:b] for n, (a, b) in zip(numbers, both, strict=True)]),
            np.concatenate([w[a:b] for w, (a, b) in zip(weights, both, strict=True)]),
        )
        for both in zip(*spans, strict=True)
    ]
