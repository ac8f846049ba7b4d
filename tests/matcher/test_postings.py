import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.postings import Postings, join_postings, make_postings

Rows = list[dict[int, int]]
rows_of_keys = st.lists(
    st.dictionaries(st.integers(-3, 9), st.integers(0, 4000), max_size=6), min_size=1, max_size=12
)


def postings(rows: Rows) -> Postings:
    flat = [(key, row, value) for row, held in enumerate(rows) for key, value in held.items()]
    columns = np.array(flat, np.int64).reshape(-1, 3)
    return make_postings(
        columns[:, 0], columns[:, 1].astype(np.int32), columns[:, 2].astype(np.int16)
    )


def as_rows(held: Postings, size: int) -> Rows:
    rows: Rows = [{} for _ in range(size)]
    for key in held.keys.tolist():
        found, values = held.of(key)
        assert found.size
        assert found.tolist() == sorted(found.tolist())
        for row, value in zip(found.tolist(), values.tolist(), strict=True):
            rows[row][key] = value
    return rows


@given(rows_of_keys)
def test_postings_hold_what_the_rows_held(rows: Rows) -> None:
    assert as_rows(postings(rows), len(rows)) == rows
    assert postings(rows).of(99)[0].size == 0


@given(rows_of_keys, st.data())
def test_kept_rows_are_all_that_stays(rows: Rows, data: st.DataObject) -> None:
    stays = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    kept = [row for row, stay in zip(rows, stays, strict=True) if stay]
    row_of = np.where(stays, np.cumsum(stays) - 1, -1).astype(np.int32)
    assert as_rows(postings(rows).kept(row_of), len(kept)) == kept


@given(st.lists(rows_of_keys, min_size=1, max_size=4))
def test_joined_postings_are_those_of_all_rows(parts: list[Rows]) -> None:
    offsets = np.cumsum([0, *map(len, parts)])[:-1].tolist()
    joined = join_postings([postings(rows) for rows in parts], offsets)
    everything = [row for rows in parts for row in rows]
    assert as_rows(joined, len(everything)) == everything


@given(rows_of_keys, st.dictionaries(st.integers(-3, 9), st.integers(1, 4000), max_size=6))
def test_products_are_the_sums_over_shared_keys(rows: Rows, query: dict[int, int]) -> None:
    keys = np.array(sorted(query), np.int32)
    values = np.array([query[key] for key in sorted(query)], np.float32)
    # Two rows of so few values stay below 2^24 only when both are of a length; so are texts.
    scaled = [{key: value // 3 for key, value in row.items()} for row in rows]
    expected = [sum(query[k] * v for k, v in row.items() if k in query) for row in scaled]
    held = postings(scaled)
    if max(expected) < 1 << 24:
        assert held.products(keys, values, len(rows)).tolist() == expected
        if held.keys.size:
            twice = held.products_each([(keys, values), (keys[:0], values[:0])], len(rows))
            assert [sums.tolist() for sums in twice] == [expected, [0] * len(rows)]
