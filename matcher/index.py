"""Offers and needs kept ready to be matched: adding or changing one costs milliseconds.

An index is a list of segments (`matcher.segment`). What is new waits in a short tail, of which a
small segment is made when somebody asks; a full tail stays as it is, and small neighbours are
joined, so that adding never touches what is large. Weighing an entry never looks at another, so the
order of adding and the company do not matter.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher import columns
from matcher.building import join_segments, make_segment
from matcher.bulk import read_all
from matcher.columns import Floats, Mask
from matcher.encoding import Meaning
from matcher.entries import Entry, Item, make_entry
from matcher.features import TextVector
from matcher.packing import name_in, unpack
from matcher.rows import Row, make_row
from matcher.segment import Segment
from matcher.selecting import best_rows
from matcher.taxonomy import Taxonomy
from matcher.tokens import words
from matcher.values import Need, Offer
from matcher.weights import DEFAULT_WEIGHTS, Weights

Value = TypeVar("Value", bound=np.generic)

#: Ids with their similarity.
Alike = list[tuple[str, int]]
#: What finds the segment of a row, and its number there.
Locate = Callable[[int], tuple[Segment, int]]

#: Rows that wait in the tail.
_TAIL = 64
#: Segments of at most so many rows are joined or made anew when their neighbours or rows go.
_SMALL = 4096


class _Index(Generic[Item]):
    """What `OfferIndex` and `NeedIndex` share. Safe to use from several threads at once.

    Rows are numbered through all segments, the tail last; a number holds while `lock` is held.
    """

    _item_type: type[Item]

    def __init__(self, taxonomy: Taxonomy, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self.taxonomy = taxonomy
        self.weights = weights
        self.lock = threading.RLock()
        self._segments: list[Segment] = []
        self._tail: dict[str, Row] = {}
        self._tail_segment: Segment | None = None

    def __len__(self) -> int:
        with self.lock:
            return len(self._tail) + sum(int(part.alive.sum()) for part in self._segments)

    def __contains__(self, item_id: object) -> bool:
        return isinstance(item_id, str) and self.get(item_id) is not None

    def __iter__(self) -> Iterator[str]:
        with self.lock:
            living = [(part, row) for part in self.parts() for row in np.flatnonzero(part.alive)]
            return iter(sorted(name_in(part.bytes_of(int(row))) for part, row in living))

    def get(self, item_id: str) -> Item | None:
        """Return the stored value, or None."""
        with self.lock:
            if item_id in self._tail:
                return self._unpack(self._tail[item_id].packed).item
            found = self._find(item_id)
            return None if found is None else self._read(*found).item

    def meaning(self, item_id: str) -> Meaning | None:
        """Return the vector of a stored value, or None."""
        with self.lock:
            if item_id in self._tail:
                return self._tail[item_id].meaning
            found = self._find(item_id)
            return None if found is None else found[0].meanings.get(found[1])

    def put(self, item: Item, meaning: Meaning | None = None) -> None:
        """Add a value, or replace the one with the same id; `meaning` is None while unknown."""
        with self.lock:
            if self.get(item.id) == item and _same(self.meaning(item.id), meaning):
                return
        entry, vector = make_entry(item, self.taxonomy, meaning)
        row = make_row(entry, vector, meaning)
        with self.lock:
            self.remove(item.id)
            self._tail[item.id] = row
            self._tail_segment = None
            if len(self._tail) >= _TAIL:
                self._seal()

    def remove(self, item_id: str) -> None:
        """Forget a value; an unknown id is no error."""
        with self.lock:
            if self._tail.pop(item_id, None) is not None:
                self._tail_segment = None
                return
            found = self._find(item_id)
            if found is None:
                return
            part, row = found
            part.alive[row] = False
            if len(part) <= _SMALL and 2 * int(part.alive.sum()) < len(part):
                self._renew(part)

    def put_all(self, items: Iterable[tuple[Item, Meaning | None]], jobs: int = 1) -> None:
        """Put many values with their vectors, each id once; `jobs` processes read the texts."""
        for segment in read_all(items, self.taxonomy, jobs):
            self.adopt(segment)

    def adopt(self, segment: Segment) -> None:
        """Add a segment of entries of the same taxonomy; they replace those of the same ids."""
        with self.lock:
            for name in set(self._names_in(segment)):
                self.remove(name)
            self._segments.append(segment)

    def unread(self) -> Iterator[Item]:
        """Yield the values without a vector of meaning."""
        with self.lock:
            for part in self.parts():
                for row in np.flatnonzero(part.alive & ~part.meanings.known).tolist():
                    yield self._read(part, row).item

    def segments(self) -> list[Segment]:
        """Return all that is here as segments without dead rows, to be kept elsewhere."""
        with self.lock:
            return [part if part.alive.all() else part.kept() for part in self.parts()]

    def words(self) -> Iterator[str]:
        """Yield the words of all titles and texts, again and again."""
        with self.lock:
            for part in self.parts():
                for row in np.flatnonzero(part.alive).tolist():
                    item: Need | Offer = self._read(part, row).item
                    yield from (*words(item.title), *words(item.text))

    def _names_in(self, segment: Segment) -> Iterator[str]:
        """Yield the ids of a segment that are here already."""
        for part in self.parts():
            for key in np.intersect1d(part.names.keys, segment.names.keys).tolist():
                for row in segment.names.of(key)[0].tolist():
                    name = name_in(segment.bytes_of(row))
                    if name in self:
                        yield name

    def compact(self) -> None:
        """Make the segments anew of which most rows are dead; takes seconds for millions."""
        with self.lock:
            for part in list(self._segments):
                if 2 * int(part.alive.sum()) < len(part):
                    self._renew(part)

    def most_similar(self, queries: Sequence[TextVector], limit: int) -> list[Alike]:
        """Return for each query the ids whose texts resemble it most, and how much.

        Similarity in whole units, above 0; best first, ties by id.
        """
        asked = [(query.ids, query.values) for query in queries]
        found: list[Alike] = [[] for _ in asked]
        with self.lock:
            for part in self.parts() if asked else []:
                dead = np.flatnonzero(~part.alive)
                for alike, units in zip(
                    found, part.words.products_each(asked, len(part)), strict=True
                ):
                    units[dead] = 0
                    rows = best_rows(units, limit, above=0)
                    names = [name_in(part.bytes_of(row)) for row in rows.tolist()]
                    alike += zip(names, units[rows].astype(int).tolist(), strict=True)
        return [sorted(alike, key=lambda one: (-one[1], one[0]))[:limit] for alike in found]

    def parts(self) -> list[Segment]:
        """Return the segments, with one of the tail when anything waits there."""
        if self._tail and self._tail_segment is None:
            self._tail_segment = make_segment(list(self._tail.values()))
        return self._segments + ([self._tail_segment] if self._tail_segment else [])

    def over(self, ask: Callable[[Segment], NDArray[Value]], dtype: type[Value]) -> NDArray[Value]:
        """Return what `ask` gives for the rows of every segment, as one column."""
        found: list[NDArray[Value]] = [ask(part) for part in self.parts()]
        return found[0] if len(found) == 1 else np.concatenate([np.empty(0, dtype), *found])

    def alive_of_kinds(self, kinds: Collection[str]) -> Mask:
        """Return the living rows of some kinds."""
        return self.over(lambda part: columns.living(part, kinds), np.bool_)

    def similarities(self, query: TextVector) -> Floats:
        """Return the text similarity of every row with a query, in whole units."""
        ids, values = query.ids, query.values
        return self.over(lambda part: part.words.products(ids, values, len(part)), np.float32)

    def closenesses(self, query: Meaning | None) -> Floats | None:
        """Return the closeness in meaning of every row, in whole units; NaN where unknown.

        None without a query.
        """
        if query is None:
            return None
        return self.over(lambda part: part.meanings.closenesses(query), np.float32)

    def facts(self) -> tuple[NDArray[np.int32], list[str]]:
        """Return the place of each row's facts in a list, and the list, which may have doubles."""
        parts = self.parts()
        starts = accumulate((len(part.facts) for part in parts), initial=0)
        codes: list[NDArray[np.int32]] = [
            part.fact + np.int32(start) for part, start in zip(parts, starts, strict=False)
        ]
        listed = [facts for part in parts for facts in part.facts]
        return np.concatenate([np.empty(0, np.int32), *codes]), listed

    def reader(self) -> Callable[[int], Entry[Item]]:
        """Return what reads the entry of a row as the rows are numbered now, whatever follows."""
        locate = self._locator()
        return lambda row: self._read(*locate(row))

    def _locator(self) -> Locate:
        """Return what finds the segment of a row, and its number there."""
        parts = self.parts()
        ends = list(accumulate(map(len, parts)))

        def locate(row: int) -> tuple[Segment, int]:
            place = bisect_right(ends, row)
            return parts[place], row - (ends[place] - len(parts[place]))

        return locate

    def _find(self, item_id: str) -> tuple[Segment, int] | None:
        for part in self._segments:
            for row in part.rows_named(item_id):
                if name_in(part.bytes_of(row)) == item_id:
                    return part, row
        return None

    def _read(self, part: Segment, row: int) -> Entry[Item]:
        return self._unpack(part.bytes_of(row))

    def _unpack(self, packed: bytes | memoryview) -> Entry[Item]:
        return unpack(packed, self._item_type)

    def _seal(self) -> None:
        """Keep the tail as a segment, joined with the small ones before it."""
        sealed = self.parts()
        while len(sealed) > 1 and _SMALL >= len(sealed[-2]) <= 2 * len(sealed[-1]):
            sealed[-2:] = [join_segments(sealed[-2:])]
        self._segments, self._tail, self._tail_segment = sealed, {}, None

    def _renew(self, part: Segment) -> None:
        place = next(n for n, other in enumerate(self._segments) if other is part)
        self._segments[place : place + 1] = [part.kept()] if part.alive.any() else []


def _same(one: Meaning | None, other: Meaning | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)


class OfferIndex(_Index[Offer]):
    """Offers that may be proposed: only put in what may be found now."""

    _item_type = Offer


class NeedIndex(_Index[Need]):
    """Open needs."""

    _item_type = Need
