"""Postings: for every key the rows that have it, and a whole number for each of these rows.

Keys are numbers: features of a text, activities, or fingerprints of names. A question touches the
postings of its own keys only. Values are whole, so that sums are exact and equal in every order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Up to so many rows a product with several queries at once is quicker than one by one.
_FEW = 3_000

Keys = NDArray[np.int64]
Rows = NDArray[np.int32]
Values = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Postings:
    """`rows[starts[k]:starts[k + 1]]` have `keys[k]`; keys ascend, and so do the rows of a key."""

    keys: Keys
    starts: Keys
    rows: Rows
    values: Values

    def of(self, key: int) -> tuple[Rows, Values]:
        """Return the rows that have a key, with their values."""
        place = int(np.searchsorted(self.keys, key))
        if place == self.keys.size or self.keys[place] != key:
            return self.rows[:0], self.values[:0]
        span = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.rows[span], self.values[span]

    def products(
        self, keys: NDArray[np.int32], values: NDArray[np.float32], size: int
    ) -> NDArray[np.float32]:
        """Return the sum of products of `values` with those of each of `size` rows.

        `keys` ascend. Exact as long as no sum reaches 2^24.
        """
        from scipy.sparse import csc_array

        places = np.searchsorted(self.keys, keys)
        found = places < self.keys.size
        found[found] = self.keys[places[found]] == keys[found]
        places = places[found]
        begins, ends = self.starts[places].tolist(), self.starts[places + 1].tolist()
        spans = list(zip(begins, ends, strict=True))
        if not spans:
            return np.zeros(size, np.float32)
        rows = np.concatenate([self.rows[begin:end] for begin, end in spans])
        held = np.concatenate([self.values[begin:end] for begin, end in spans])
        starts = np.cumsum([0, *(end - begin for begin, end in spans)], dtype=np.int32)
        columns = csc_array((held.astype(np.float32), rows, starts), shape=(size, len(spans)))
        sums: NDArray[np.float32] = columns @ values[found]
        return sums

    def products_each(
        self, queries: Sequence[tuple[NDArray[np.int32], NDArray[np.float32]]], size: int
    ) -> Iterator[NDArray[np.float32]]:
        """Yield the same for several queries; few rows take one product for all."""
        if size > _FEW:
            yield from (self.products(keys, values, size) for keys, values in queries)
            return
        from scipy.sparse import csr_array

        keys = np.concatenate([keys for keys, _ in queries])
        places = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        values = np.concatenate([values for _, values in queries])
        # A key that nobody has may stand at any place, with nothing to multiply.
        values = np.where(self.keys[places] == keys, values, np.float32(0))
        ends = np.cumsum([0, *(keys.size for keys, _ in queries)])
        asked = csr_array((values, places, ends), shape=(len(queries), self.keys.size))
        held = csr_array(
            (self.values.astype(np.float32), self.rows, self.starts), shape=(self.keys.size, size)
        )
        yield from (asked @ held).toarray()

    def kept(self, row_of: Rows) -> "Postings":
        """Return the postings of the rows that get a new number; -1 leaves a row out.

        Kept rows keep their order.
        """
        rows = row_of[self.rows]
        stays = rows >= 0
        starts = np.concatenate([[0], np.cumsum(stays, dtype=np.int64)])[self.starts]
        used = np.diff(starts) > 0
        return Postings(
            self.keys[used],
            np.concatenate([starts[:1], starts[1:][used]]),
            rows[stays],
            self.values[stays],
        )


def make_postings(keys: Keys, rows: Rows, values: Values) -> Postings:
    """Sort (key, row, value) triples whose rows ascend into postings."""
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    firsts = np.flatnonzero(np.diff(sorted_keys, prepend=sorted_keys[:1] - 1))
    starts = np.append(firsts, keys.size).astype(np.int64)
    return Postings(sorted_keys[firsts], starts, rows[order], values[order])


def join_postings(parts: Sequence[Postings], offsets: Sequence[int]) -> Postings:
    """Return several postings as one, the rows of each raised by its offset (which ascend)."""
    keys = np.unique(np.concatenate([part.keys for part in parts]))
    places = [np.searchsorted(keys, part.keys) for part in parts]
    lengths = [np.diff(part.starts) for part in parts]
    counts = np.zeros(keys.size, np.int64)
    for place, length in zip(places, lengths, strict=True):
        counts[place] += length
    starts = np.concatenate([[0], np.cumsum(counts)])
    rows, values = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.int16)
    free = starts[:-1].copy()
    for part, place, length, offset in zip(parts, places, lengths, offsets, strict=True):
        target = np.repeat(free[place] - part.starts[:-1], length) + np.arange(part.rows.size)
        rows[target] = part.rows + np.int32(offset)
        values[target] = part.values
        free[place] += length
    return Postings(keys, starts, rows, values)
