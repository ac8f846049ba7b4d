"""Offers and needs kept ready to be matched: adding or changing one costs milliseconds.

An index holds the entries, their text vectors and a few columns (kind, place, area, activities)
from which the best possible score of every row follows in a few array operations. It never looks
at other entries to weigh one, so the order of adding and the company do not matter.
"""

import threading
from collections.abc import Hashable, Iterator
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Columns
from matcher.encoding import Meaning
from matcher.entries import Entry, Item, make_entry
from matcher.features import TextVector
from matcher.meanings import Meanings
from matcher.postings import Postings
from matcher.rules import facts_of
from matcher.selecting import best_rows
from matcher.taxonomy import Taxonomy
from matcher.values import Need, Offer
from matcher.weights import DEFAULT_WEIGHTS, Weights

_COMPACT_FROM = 1024


class _Index(Generic[Item]):
    """What `OfferIndex` and `NeedIndex` share. Safe to use from several threads at once."""

    def __init__(self, taxonomy: Taxonomy, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self.taxonomy = taxonomy
        self.weights = weights
        self.lock = threading.RLock()
        self._entries: dict[str, Entry[Item]] = {}
        self._row_of: dict[str, int] = {}
        self._ids: list[str | None] = []
        self._postings = Postings()
        self._columns = Columns(taxonomy)
        self._meanings = Meanings()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._entries))

    def get(self, item_id: str) -> Item | None:
        """Return the stored value, or None."""
        entry = self._entries.get(item_id)
        return None if entry is None else entry.item

    def put(self, item: Item, meaning: Meaning | None = None) -> None:
        """Add a value, or replace the one with the same id; `meaning` is None while unknown."""
        known = self._entries.get(item.id)
        if known is not None and known.item == item:
            with self.lock:
                self._meanings.set(self._row_of[item.id], meaning)
            return
        entry, vector = make_entry(item, self.taxonomy)
        with self.lock:
            self.remove(item.id)
            self._entries[item.id] = entry
            self._row_of[item.id] = self._postings.add(vector)
            self._ids.append(item.id)
            self._columns.append(entry, self._facts(item), self._owner(item))
            self._meanings.append(meaning)

    def meaning(self, item_id: str) -> Meaning | None:
        """Return the vector of a stored value, or None."""
        row = self._row_of.get(item_id)
        return None if row is None else self._meanings.get(row)

    def remove(self, item_id: str) -> None:
        """Forget a value; an unknown id is no error."""
        with self.lock:
            if self._entries.pop(item_id, None) is None:
                return
            row = self._row_of.pop(item_id)
            self._ids[row] = None
            self._columns.kill(row)
            dead = len(self._ids) - len(self._entries)
            if dead >= _COMPACT_FROM and dead > len(self._entries):
                self._compact()

    def _compact(self) -> None:
        kept = [row for row, item_id in enumerate(self._ids) if item_id is not None]
        self._postings.compact(np.array(kept, np.intp))
        self._meanings.compact(np.array(kept, np.intp))
        self._ids = [self._ids[row] for row in kept]
        self._row_of = {item_id: row for row, item_id in enumerate(self._ids) if item_id}
        self._columns = Columns(self.taxonomy)
        for item_id in self._row_of:
            entry = self._entries[item_id]
            self._columns.append(entry, self._facts(entry.item), self._owner(entry.item))

    def entry(self, row: int) -> Entry[Item]:
        """Return the entry of a living row."""
        item_id = self._ids[row]
        assert item_id is not None
        return self._entries[item_id]

    @property
    def columns(self) -> Columns:
        """Return the columns of all rows, removed ones included."""
        return self._columns

    def similarities(self, query: TextVector) -> NDArray[np.float32]:
        """Return the text similarity of every row with a query, in whole units."""
        return self._postings.similarities(query)

    def closenesses(self, query: Meaning | None) -> NDArray[np.float32]:
        """Return the closeness in meaning of every row, in whole units; NaN where unknown."""
        return self._meanings.closenesses(query)

    def most_similar(self, query: TextVector, limit: int) -> list[tuple[str, int]]:
        """Return the ids of the entries whose texts resemble a query most, and how much.

        Similarity in whole units, above 0; best first, ties by id.
        """
        with self.lock:
            units = self.similarities(query)
            units[[row for row, item_id in enumerate(self._ids) if item_id is None]] = 0
            found = [(self.entry(row).item.id, int(units[row])) for row in best_rows(units, limit)]
            return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _facts(self, item: Item) -> Hashable:
        raise NotImplementedError

    def _owner(self, item: Item) -> str | None:
        raise NotImplementedError


class OfferIndex(_Index[Offer]):
    """Offers that may be proposed: only put in what may be found now."""

    def _facts(self, item: Offer) -> Hashable:
        return facts_of(item)

    def _owner(self, item: Offer) -> str | None:
        return item.supplier_id


class NeedIndex(_Index[Need]):
    """Open needs."""

    def _facts(self, item: Need) -> Hashable:
        asked = item.conditions
        return (
            item.kind,
            item.asker_type,
            item.asker_nace,
            item.core_activity,
            asked.hours_per_week,
            asked.start,
            asked.end,
            asked.licences,
            asked.certificates,
            asked.phase,
        )

    def _owner(self, item: Need) -> str | None:
        return item.asker_id
