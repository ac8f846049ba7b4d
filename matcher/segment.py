"""A segment: some rows of an index as plain arrays, made at once and never added to.

What a question needs of all rows at once lies in columns and postings; the entries themselves wait
as bytes until one is looked at. Only two things change later: a row dies, or gets its vector of
meaning. So a segment can be made in another process, joined with others, and mapped from a file.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.fingerprints import fingerprint
from matcher.meanings import Meanings
from matcher.postings import Postings

POSTINGS = ("names", "words", "activities", "clusters", "owners", "served")
COLUMNS = ("alive", "squares", "kind", "fact", "area", "areas", "state", "states", "ends", "packed")


@dataclass(slots=True)
class Segment:
    """Columns have a value per row; `kind`, `fact`, `area` and `state` are places in `kinds` …

    squares: sums of squares of the profiles of activities and of clusters. facts: texts that are
    equal for entries that the rules cannot tell apart. areas: latitude, longitude, 1 where there is
    a place, radius in km (0: none), 1 where the area is known. states: of which families of facts
    something is known (`matcher.facts`). packed, ends: the bytes of all entries, and where those of
    each row end. The keys of all postings but `words` are fingerprints: of ids, of activities and
    clusters (values: percents), of organisations, and of the municipalities that an offer names.
    """

    alive: NDArray[np.bool_]
    squares: NDArray[np.int32]
    kind: NDArray[np.uint8]
    fact: NDArray[np.int32]
    area: NDArray[np.int32]
    areas: NDArray[np.float64]
    state: NDArray[np.int32]
    states: NDArray[np.uint32]
    ends: NDArray[np.int64]
    packed: NDArray[np.uint8]
    kinds: tuple[str, ...]
    facts: tuple[str, ...]
    names: Postings
    words: Postings
    activities: Postings
    clusters: Postings
    owners: Postings
    served: Postings
    meanings: Meanings

    def __len__(self) -> int:
        return self.alive.size

    def bytes_of(self, row: int) -> memoryview:
        """Return the packed entry of a row."""
        start = int(self.ends[row - 1]) if row else 0
        return self.packed[start : int(self.ends[row])].data

    def rows_named(self, name: str) -> list[int]:
        """Return the living rows that may have a name; its fingerprint may have doubles."""
        return [int(row) for row in self.names.of(fingerprint(name))[0] if self.alive[row]]

    def kept(self) -> "Segment":
        """Return the living rows alone."""
        rows = np.flatnonzero(self.alive)
        row_of = np.full(len(self), -1, np.int32)
        row_of[rows] = np.arange(rows.size, dtype=np.int32)
        starts = np.concatenate([[0], self.ends[:-1]])[rows]
        lengths = self.ends[rows] - starts
        packed = [self.packed[a : a + n] for a, n in zip(starts, lengths, strict=True)]
        return Segment(
            alive=np.ones(rows.size, np.bool_),
            squares=self.squares[rows],
            kind=self.kind[rows],
            fact=self.fact[rows],
            area=self.area[rows],
            areas=self.areas,
            state=self.state[rows],
            states=self.states,
            ends=np.cumsum(lengths),
            packed=np.concatenate([np.empty(0, np.uint8), *packed]),
            kinds=self.kinds,
            facts=self.facts,
            meanings=self.meanings.kept(rows),
            **{name: getattr(self, name).kept(row_of) for name in POSTINGS},
        )
