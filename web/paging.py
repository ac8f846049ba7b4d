"""Lists in pages: the page number, the filters and the order live in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

PER_PAGE = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1."""

    items: Sequence[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        """Return the number of the last page, 1 for an empty list."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first_index(self) -> int:
        """Return the position of the page's first item, counted from 1."""
        return (self.number - 1) * self.per_page + 1

    @property
    def numbers(self) -> list[int | None]:
        """Return page numbers to show, with None where several are left out."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        shown = sorted(n for n in near if 1 <= n <= self.last)
        result: list[int | None] = []
        for number in shown:
            last = result[-1] if result else None
            if last is not None and number - last > 1:
                result.append(number - 1 if number - last == 2 else None)
            result.append(number)
        return result


def requested_page() -> int:
    """Return the page number in the address; anything odd means the first."""
    value = request.args.get("page", "1")
    return min(int(value), 100_000) if value.isdecimal() and int(value) > 0 else 1


def paged(session: Session, chosen: Select[T], per_page: int = PER_PAGE) -> Page[T]:
    """Run a query for the page in the address; past the end means the last page."""
    counted = select(func.count()).select_from(chosen.order_by(None).subquery())
    total = session.scalar(counted) or 0
    number = min(requested_page(), max(1, -(-total // per_page)))
    rows = session.scalars(chosen.limit(per_page).offset((number - 1) * per_page))
    return Page(rows.unique().all(), number, total, per_page)


def paged_list(items: Sequence[T], per_page: int = PER_PAGE) -> Page[T]:
    """Cut a list that is in memory to the page in the address."""
    number = min(requested_page(), max(1, -(-len(items) // per_page)))
    start = (number - 1) * per_page
    return Page(items[start : start + per_page], number, len(items), per_page)


def address_with(**changes: Any) -> str:
    """Return this page's address with some arguments changed; None takes one away."""
    arguments: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    arguments = {name: value for name, value in arguments.items() if value is not None}
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **arguments})
