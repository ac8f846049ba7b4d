"""Vectors of meaning of many entries, one row each, compared all at once.

A row may lack a vector, now or for good. All vectors of one object come from one encoder.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Meaning

#: So many rows at a time are widened to float32, which counts exactly here (`matcher.encoding`).
_BLOCK = 4096


@dataclass(slots=True)
class Meanings:
    """Rows of int8, of no length while none has a vector, and which of them are known."""

    rows: NDArray[np.int8]
    known: NDArray[np.bool_]

    def set(self, row: int, meaning: Meaning | None) -> None:
        """Give a row its vector, another one, or none; raises ValueError for another length."""
        if meaning is not None:
            if not self.rows.shape[1]:
                self.rows = np.zeros((self.known.size, meaning.size), np.int8)
            self.rows[row] = meaning
        self.known[row] = meaning is not None

    def get(self, row: int) -> Meaning | None:
        """Return the vector of a row, or None."""
        return self.rows[row] if self.known[row] else None

    def closenesses(self, query: Meaning | None) -> NDArray[np.float32]:
        """Return the closeness of every row to a query in whole units, NaN where a side lacks."""
        found = np.full(self.known.size, np.nan, np.float32)
        if query is None or not self.rows.shape[1]:
            return found
        wanted = query.astype(np.float32)
        for start in range(0, found.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            found[block] = self.rows[block].astype(np.float32) @ wanted
        found[~self.known] = np.nan
        return found

    def kept(self, rows: NDArray[np.intp]) -> "Meanings":
        """Return these rows, in this order."""
        return Meanings(self.rows[rows], self.known[rows])


def make_meanings(listed: Sequence[Meaning | None]) -> Meanings:
    """Return a row for every vector or lack of one; raises ValueError for unequal lengths."""
    held = Meanings(np.zeros((len(listed), 0), np.int8), np.zeros(len(listed), np.bool_))
    for row, meaning in enumerate(listed):
        held.set(row, meaning)
    return held


def join_meanings(parts: Sequence[Meanings]) -> Meanings:
    """Return the rows of several as one."""
    dimensions = max(part.rows.shape[1] for part in parts)
    known = np.concatenate([part.known for part in parts])
    rows = np.zeros((known.size, dimensions), np.int8)
    start = 0
    for part in parts:
        if part.rows.shape[1]:
            rows[start : start + part.known.size] = part.rows
        start += part.known.size
    return Meanings(rows, known)
