"""Which page numbers a list shows."""

import pytest

from web.paging import Page


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 3, [1]),
        (1, 31, [1, 2, 3, 4]),
        (1, 41, [1, 2, None, 5]),
        (3, 50, [1, 2, 3, 4, 5]),
        (5, 90, [1, None, 4, 5, 6, None, 9]),
        (9, 90, [1, None, 8, 9]),
    ],
)
def test_dots_never_stand_for_one_page_alone(
    number: int, total: int, shown: list[int | None]
) -> None:
    assert Page(items=(), number=number, total=total, per_page=10).numbers == shown
