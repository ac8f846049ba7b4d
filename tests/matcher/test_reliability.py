import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reliability import Reliability, reliability


def test_each_bin_tells_how_many_its_chance_and_what_was_approved() -> None:
    found = reliability([0.05, 0.72, 0.78, 1.0], [False, True, False, True])
    assert [(one.low, one.pairs, one.approved) for one in found.bins] == [
        (0.0, 1, 0.0),
        (0.7, 2, 0.5),
        (0.9, 1, 1.0),
    ]
    assert found.bins[1].chance == pytest.approx(0.75)
    assert found.pairs == 4
    # 0.05 from 0, twice 0.25 from a half, and nothing from 1.
    assert found.error == pytest.approx((0.05 + 2 * 0.25 + 0.0) / 4)


def test_nothing_shown_is_no_error() -> None:
    assert reliability([], []) == Reliability(())
    assert reliability([], []).error == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=50))
def test_every_pair_is_in_one_bin_that_holds_its_chance(pairs: list[tuple[float, bool]]) -> None:
    found = reliability([chance for chance, _ in pairs], [label for _, label in pairs])
    assert found.pairs == len(pairs)
    assert 0 <= found.error <= 1
    for one in found.bins:
        assert one.low - 1e-9 <= one.chance <= one.high + 1e-9
