import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.selecting import best_rows

values = st.integers(1, 700).flatmap(
    lambda size: arrays(np.float32, size, elements=st.integers(0, 40).map(float))
)


@given(values, st.integers(0, 30))
def test_the_best_rows_are_those_of_a_whole_sort_with_all_that_tie(
    drawn: np.ndarray, limit: int
) -> None:
    found = best_rows(drawn, limit, above=0)
    above = sorted((value for value in drawn.tolist() if value > 0), reverse=True)[:limit]
    expected = np.flatnonzero(drawn >= above[-1]) if above else []
    assert found.tolist() == list(expected)


def test_nothing_has_no_best() -> None:
    assert best_rows(np.zeros(0, np.float32), 3).size == 0
    assert best_rows(np.zeros(300, np.float32), 3, above=0).size == 0
    assert best_rows(np.full(300, -np.inf), 3).size == 0
