"""Makes segments of rows, and one segment of several."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.features import TextVector
from matcher.fingerprints import fingerprint
from matcher.meanings import join_meanings, make_meanings
from matcher.postings import Postings, join_postings, make_postings
from matcher.profiles import squares
from matcher.rows import Area, Row
from matcher.segment import POSTINGS, Segment

Value = TypeVar("Value", str, int, Area)
Codes = NDArray[np.int32]


def make_segment(rows: Sequence[Row]) -> Segment:
    """Make a segment of one row or more."""
    kind, kinds = _coded([row.kind for row in rows])
    fact, facts = _coded([row.facts for row in rows])
    area, areas = _coded([row.area for row in rows])
    state, states = _coded([row.families for row in rows])
    return Segment(
        alive=np.ones(len(rows), np.bool_),
        squares=np.array([[squares(r.activities), squares(r.clusters)] for r in rows], np.int32),
        kind=kind.astype(np.uint8),
        fact=fact,
        area=area,
        areas=np.array(areas, np.float64),
        state=state,
        states=np.array(states, np.uint32),
        ends=np.cumsum([len(row.packed) for row in rows], dtype=np.int64),
        packed=np.frombuffer(b"".join(row.packed for row in rows), np.uint8),
        kinds=kinds,
        facts=facts,
        names=_keyed([{row.name: 0} for row in rows]),
        words=_words([row.vector for row in rows]),
        activities=_keyed([row.activities for row in rows]),
        clusters=_keyed([row.clusters for row in rows]),
        owners=_keyed([{row.owner: 0} if row.owner else {} for row in rows]),
        served=_keyed([dict.fromkeys(row.served, 0) for row in rows]),
        meanings=make_meanings([row.meaning for row in rows]),
    )


def join_segments(parts: Sequence[Segment]) -> Segment:
    """Return the living rows of one segment or more, in order, as one."""
    parts = [part if part.alive.all() else part.kept() for part in parts]
    rows = [0, *accumulate(len(part) for part in parts)]
    packed = [0, *accumulate(part.packed.size for part in parts)]
    kind, kinds = _recoded([part.kinds for part in parts], [part.kind for part in parts])
    fact, facts = _recoded([part.facts for part in parts], [part.fact for part in parts])
    areas_of = [tuple(map(tuple, part.areas.tolist())) for part in parts]
    area, areas = _recoded(areas_of, [part.area for part in parts])
    states_of = [tuple(part.states.tolist()) for part in parts]
    state, states = _recoded(states_of, [part.state for part in parts])
    return Segment(
        alive=np.ones(rows[-1], np.bool_),
        squares=np.concatenate([part.squares for part in parts]),
        kind=kind.astype(np.uint8),
        fact=fact,
        area=area,
        areas=np.array(areas, np.float64),
        state=state,
        states=np.array(states, np.uint32),
        ends=np.concatenate([p.ends + start for p, start in zip(parts, packed, strict=False)]),
        packed=np.concatenate([part.packed for part in parts]),
        kinds=kinds,
        facts=facts,
        meanings=join_meanings([part.meanings for part in parts]),
        **{n: join_postings([getattr(p, n) for p in parts], rows[:-1]) for n in POSTINGS},
    )


def _coded(values: Sequence[Value]) -> tuple[Codes, tuple[Value, ...]]:
    """Return the place of each value in the tuple of different ones, and that tuple."""
    place: dict[Value, int] = {}
    codes = [place.setdefault(value, len(place)) for value in values]
    return np.array(codes, np.int32), tuple(place)


def _recoded(
    tables: Sequence[tuple[Value, ...]], codes: Sequence[NDArray[np.integer]]
) -> tuple[Codes, tuple[Value, ...]]:
    """Return the codes of several parts as one column, in one table."""
    place, table = _coded([value for values in tables for value in values])
    starts = [0, *accumulate(map(len, tables))]
    columns = [place[start:][old] for start, old in zip(starts, codes, strict=False)]
    return np.concatenate(columns), table


def _keyed(rows: Sequence[Mapping[str, int]]) -> Postings:
    """Return postings of named values by fingerprint."""
    flat = [
        (fingerprint(name), row, value)
        for row, named in enumerate(rows)
        for name, value in named.items()
    ]
    columns = np.array(flat, np.int64).reshape(-1, 3)
    return make_postings(
        columns[:, 0], columns[:, 1].astype(np.int32), columns[:, 2].astype(np.int16)
    )


def _words(vectors: Iterable[TextVector]) -> Postings:
    listed = list(vectors)
    row = np.repeat(np.arange(len(listed), dtype=np.int32), [v.ids.size for v in listed])
    ids = np.concatenate([vector.ids for vector in listed]).astype(np.int64)
    values = np.concatenate([vector.values for vector in listed]).astype(np.int16)
    return make_postings(ids, row, values)
