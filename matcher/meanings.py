"""Vectors of meaning of many entries, one row each, compared all at once.

Rows are numbered in the order of adding, as in `matcher.postings`; a row may lack a vector, now or
for good. All vectors of one object come from one encoder.
"""

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Meaning

_ROOM = 256
#: So many rows at a time are widened to float32, which counts exactly here (`matcher.encoding`).
_BLOCK = 4096


class Meanings:
    """Grow-only rows of int8; memory for them is taken with the first vector."""

    def __init__(self) -> None:
        self.size = 0
        self._rows = np.zeros((0, 0), np.int8)
        self._known = np.zeros(0, np.bool_)

    def append(self, meaning: Meaning | None) -> None:
        """Add the next row."""
        if self.size == self._known.size:
            more = max(_ROOM, self.size)
            self._known = np.concatenate([self._known, np.zeros(more, np.bool_)])
            self._widen(self._rows.shape[1])
        self.size += 1
        self.set(self.size - 1, meaning)

    def set(self, row: int, meaning: Meaning | None) -> None:
        """Give a row its vector, another one, or none; raises ValueError for another length."""
        self._known[row] = meaning is not None
        if meaning is None:
            return
        if not self._rows.shape[1]:
            self._widen(meaning.size)
        self._rows[row] = meaning

    def _widen(self, dimensions: int) -> None:
        rows = np.zeros((self._known.size, dimensions), np.int8)
        if self._rows.size:
            rows[: len(self._rows)] = self._rows
        self._rows = rows

    def get(self, row: int) -> Meaning | None:
        """Return the vector of a row, or None."""
        return self._rows[row] if self._known[row] else None

    def compact(self, kept: NDArray[np.intp]) -> None:
        """Keep only these rows, in this order, and number them anew from 0."""
        self._rows, self._known = self._rows[kept], self._known[kept]
        self.size = kept.size

    def closenesses(self, query: Meaning | None) -> NDArray[np.float32]:
        """Return the closeness of every row to a query in whole units, NaN where a side lacks."""
        found = np.full(self.size, np.nan, np.float32)
        if query is None or not self._rows.shape[1]:
            return found
        wanted = query.astype(np.float32)
        for start in range(0, self.size, _BLOCK):
            block = slice(start, min(start + _BLOCK, self.size))
            found[block] = self._rows[block].astype(np.float32) @ wanted
        found[~self._known[: self.size]] = np.nan
        return found
