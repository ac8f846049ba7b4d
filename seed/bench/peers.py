"""The other engines: each indexes the same words of the same texts, and finds 20 offers for a need.

Words are those of `matcher.tokens`, without the commonest of Dutch, brought to their Snowball stem;
every engine gets them ready-made and runs on one thread. The engines are the extra `bench`; one
that is not installed is left out.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
import Stemmer  # type: ignore[import-not-found]  # PyStemmer ships no types

from matcher import dutch
from matcher.tokens import words
from seed.bench.clock import ASKED, milliseconds, p50, per_second
from seed.bench.material import Material, text_of

MOST = 20
#: Words at least this common (Zipf scale) are left out of the texts for the others.
_STOP = 6.0
Words = list[list[str]]


class Peer(Protocol):
    """An engine with the offers in it and the needs at hand."""

    def all_pairs(self, numbers: range) -> object:
        """Find the best offers for each of these needs."""


class Bm25s:
    """bm25s with its compiled backend, the fastest it has."""

    def __init__(self, offers: Words, needs: Words) -> None:
        from bm25s import BM25

        self._index = BM25(backend="numba")
        self._index.index(offers, show_progress=False)
        self._needs = needs

    def all_pairs(self, numbers: range) -> object:
        """See `Peer`."""
        asked = self._needs[numbers.start : numbers.stop]
        return self._index.retrieve(asked, k=self._most, show_progress=False, n_threads=1)

    @property
    def _most(self) -> int:
        return min(MOST, int(self._index.scores["num_docs"]))


class Tantivy:
    """tantivy, an index in memory written by one thread into one segment."""

    def __init__(self, offers: Words, needs: Words) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder().add_text_field("words", tokenizer_name="whitespace")
        self._schema = schema.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(num_threads=1)
        for listed in offers:
            writer.add_document(tantivy.Document(words=" ".join(listed)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self._queries = [self._query(listed) for listed in needs]

    def _query(self, listed: list[str]) -> Any:
        from tantivy import Occur, Query

        terms = [Query.term_query(self._schema, "words", word) for word in sorted(set(listed))]
        return Query.boolean_query([(Occur.Should, term) for term in terms])

    def all_pairs(self, numbers: range) -> object:
        """See `Peer`."""
        return [self._searcher.search(self._queries[n], MOST, count=False).hits for n in numbers]


class LinearKernel:
    """TF-IDF with scikit-learn's `linear_kernel`."""

    def __init__(self, offers: Words, needs: Words) -> None:
        self._offers, self._needs = _tf_idf(offers, needs)

    def all_pairs(self, numbers: range) -> object:
        """See `Peer`."""
        from sklearn.metrics.pairwise import linear_kernel

        scores = linear_kernel(self._needs[numbers.start : numbers.stop], self._offers)
        most = min(MOST, scores.shape[1] - 1)
        return np.argpartition(-scores, most, axis=1)[:, :most]


class SparseDotTopN:
    """TF-IDF with sparse_dot_topn."""

    def __init__(self, offers: Words, needs: Words) -> None:
        held, self._needs = _tf_idf(offers, needs)
        self._offers = held.T.tocsr()

    def all_pairs(self, numbers: range) -> object:
        """See `Peer`."""
        from sparse_dot_topn import sp_matmul_topn

        asked = self._needs[numbers.start : numbers.stop]
        return sp_matmul_topn(asked, self._offers, top_n=MOST, n_threads=1)


_PEERS: dict[str, tuple[tuple[str, ...], Callable[[Words, Words], Peer]]] = {
    "bm25s": (("bm25s", "numba"), Bm25s),
    "tantivy": (("tantivy",), Tantivy),
    "linear_kernel": ((), LinearKernel),
    "sparse_dot_topn": (("sparse_dot_topn",), SparseDotTopN),
}


def installed() -> list[str]:
    """Return the names of the engines that can be measured here."""
    return [name for name, (needed, _) in _PEERS.items() if all(map(find_spec, needed))]


def measure_peers(material: Material) -> dict[str, dict[str, float]]:
    """Measure every engine that is installed, one after the other."""
    offers = [_words(text_of(offer)) for offer in material.offers()]
    needs = [_words(text_of(need)) for need in material.needs]
    return {name: _measure(_PEERS[name][1](offers, needs), len(needs)) for name in installed()}


def _measure(peer: Peer, count: int) -> dict[str, float]:
    alone = milliseconds(lambda n: peer.all_pairs(range(n, n + 1)), range(min(ASKED, count)))
    return {
        "retrieve_ms_p50": p50(alone),
        "allpairs_needs_per_s": per_second(peer.all_pairs, count),
    }


def _words(text: str) -> list[str]:
    return [stem for word in words(text) if (stem := _stem(word))]


@lru_cache(maxsize=500_000)
def _stem(word: str) -> str:
    """Return the Snowball stem, or nothing for the commonest words."""
    if dutch.frequencies().get(word, 0.0) >= _STOP:
        return ""
    stemmed: str = Stemmer.Stemmer("dutch").stemWord(word)
    return stemmed


def _tf_idf(offers: Words, needs: Words) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    def as_it_is(listed: Iterable[str]) -> Iterable[str]:
        return listed

    vectorizer = TfidfVectorizer(analyzer=as_it_is, dtype=np.float32, sublinear_tf=True)
    return vectorizer.fit_transform(offers), vectorizer.transform(needs)
