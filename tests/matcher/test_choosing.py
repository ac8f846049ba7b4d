"""The best of many rows are those that weighing every row would find, whatever the bounds are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.choosing import Candidates, Scale, best_of
from matcher.entries import Entry
from matcher.pairs import Pair
from matcher.turns import turn
from matcher.values import Reason
from matcher.weights import DEFAULT_WEIGHTS
from tests.matcher.samples import make_need, make_offer


@dataclass(frozen=True)
class Row:
    """What a row scores, how far its bound lies above that, and how it is judged."""

    item_id: str
    subject: float
    terms: float
    room: float
    code: int


points = st.integers(-40, 40).map(lambda n: n / 10)
rows = st.builds(
    Row,
    st.integers(0, 10**6).map("{:07}".format),
    points,
    points,
    st.sampled_from([0.0, 0.0, 0.5, 3.0]),
    st.integers(0, 4),
)
NEED = Entry(make_need("n"), {}, {}, text_known=False)


def candidates(listed: list[Row], refused: frozenset[int], asked: list[int]) -> Candidates:
    known: set[int] = set()

    def admits(row: int, pair: Pair) -> bool:
        asked.append(row)
        known.add(listed[row].code)
        return listed[row].code not in refused

    def passing(some: Any) -> Any:
        return np.array([r for r in some if listed[r].code not in known & refused], np.intp)

    return Candidates(
        np.ones(len(listed), np.bool_),
        np.array([row.subject for row in listed], np.float32),
        np.array([row.subject + row.terms + row.room for row in listed], np.float32),
        lambda row: Pair(NEED, Entry(make_offer(listed[row].item_id), {}, {}, False), row),
        lambda pair: pair.offer.item.id,
        passing,
        admits,
    )


def scale(listed: list[Row]) -> Scale:
    """Weigh pairs as the rows say, which stand in the similarity."""
    return Scale(
        lambda pair, weights: (Reason("subject", listed[pair.similarity].subject, {}),),
        lambda pair, weights: (Reason("terms", listed[pair.similarity].terms, {}),),
    )


def expected(listed: list[Row], refused: frozenset[int]) -> list[tuple[float, str]]:
    found = [(r.subject + r.terms, r.item_id) for r in listed if r.code not in refused]
    return sorted(found, key=lambda one: (-one[0], turn("n", one[1])))


@given(
    st.lists(rows, max_size=300, unique_by=lambda row: row.item_id),
    st.frozensets(st.integers(0, 4), max_size=4),
    st.none() | st.integers(0, 30),
)
@settings(max_examples=200, deadline=None)
def test_the_first_are_those_of_all(
    listed: list[Row], refused: frozenset[int], limit: int | None
) -> None:
    found = best_of(candidates(listed, refused, []), DEFAULT_WEIGHTS, limit, scale(listed))
    wanted = expected(listed, refused)[:limit]
    assert [one.item_id for one in found] == [name for _, name in wanted]
    assert np.allclose([one.score for one in found], [score for score, _ in wanted])


def test_the_rules_are_asked_only_of_what_may_be_among_the_best() -> None:
    listed = [Row(f"{n:03}", 0.0, -n / 10, n / 10, 0) for n in range(200)]
    asked: list[int] = []
    found = best_of(candidates(listed, frozenset(), asked), DEFAULT_WEIGHTS, 5, scale(listed))
    assert [one.row for one in found] == asked == [0, 1, 2, 3, 4]


def test_where_all_is_refused_nobody_is_asked_twice_of_the_same() -> None:
    listed = [Row(f"{n:03}", 0.0, 0.0, 0.0, 0) for n in range(200)]
    asked: list[int] = []
    assert (
        best_of(candidates(listed, frozenset([0]), asked), DEFAULT_WEIGHTS, 5, scale(listed)) == []
    )
    assert len(asked) <= 32
