"""Text vectors of many entries, added one at a time and compared all at once.

New rows wait in a short tail that is compared row by row; a full tail becomes a segment of postings
(per feature, the rows that have it), and small segments are joined, so that adding stays cheap and
a query touches only the postings of its own features. Sums are exact whole numbers (see
`matcher.features`), hence equal wherever a row happens to be stored.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.features import FEATURES, TextVector

_TAIL = 512


def _matrix(vectors: list[TextVector]) -> Any:  # scipy's stubs leave sparse shapes open
    from scipy.sparse import csr_array

    ends = np.cumsum([0, *(vector.ids.size for vector in vectors)])
    ids = np.concatenate([np.empty(0, np.int32), *(vector.ids for vector in vectors)])
    values = np.concatenate([np.empty(0, np.float32), *(vector.values for vector in vectors)])
    return csr_array((values, ids, ends.astype(np.int32)), shape=(len(vectors), FEATURES))


class Postings:
    """Rows are numbered in the order of adding; a removed row keeps its number until `compact`."""

    def __init__(self) -> None:
        self._segments: list[Any] = []
        self._tail: list[TextVector] = []
        self._tail_rows: Any = None

    def __len__(self) -> int:
        return sum(int(segment.shape[1]) for segment in self._segments) + len(self._tail)

    def add(self, vector: TextVector) -> int:
        """Store a vector and return its row number."""
        row = len(self)
        self._tail.append(vector)
        self._tail_rows = None
        if len(self._tail) >= _TAIL:
            self._seal()
        return row

    def _seal(self) -> None:
        from scipy.sparse import hstack

        self._segments.append(_matrix(self._tail).T.tocsr())
        self._tail = []
        while len(self._segments) > 1:
            last, before = self._segments[-1], self._segments[-2]
            if before.shape[1] > 2 * last.shape[1]:
                break
            self._segments[-2:] = [hstack([before, last], format="csr")]

    def compact(self, kept: NDArray[np.intp]) -> None:
        """Keep only these rows, in this order, and number them anew from 0."""
        from scipy.sparse import hstack

        parts = [*self._segments]
        if self._tail:
            parts.append(_matrix(self._tail).T.tocsr())
        self._segments, self._tail, self._tail_rows = [], [], None
        if parts:
            joined = hstack(parts, format="csc")[:, kept].tocsr()
            self._segments = [joined]

    def similarities(self, query: TextVector) -> NDArray[np.float32]:
        """Return the similarity of every row with a query, in whole units, by row number."""
        if query.empty:
            return np.zeros(len(self), np.float32)
        found = [np.zeros(0, np.float32)]
        row = _matrix([query])
        for segment in self._segments:
            found.append((row @ segment).toarray()[0])
        if self._tail:
            if self._tail_rows is None:
                self._tail_rows = _matrix(self._tail)
            dense = np.zeros(FEATURES, np.float32)
            dense[query.ids] = query.values
            found.append(self._tail_rows @ dense)
        return np.concatenate(found)
