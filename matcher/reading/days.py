"""Days and months as they are named, and the next time they come after a given day."""

import calendar
from datetime import date, timedelta

from matcher.reading.phrases import words

_NAMES: tuple[str, ...] = (
    "januari jan janvier january",
    "februari feb febr fevrier february",
    "maart mrt mars march",
    "april apr avril",
    "mei mai may",
    "juni jun juin june",
    "juli jul juillet july",
    "augustus aug aout august",
    "september sept sep septembre",
    "oktober okt octobre october oct",
    "november nov novembre",
    "december dec decembre",
)
#: Month numbers by name.
MONTHS = {name: n for n, names in enumerate(_NAMES, start=1) for name in words(names)}
#: First and last month of what people call by another name.
SEASONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(words("lente lentemaanden voorjaar printemps spring"), (3, 5)),
    **dict.fromkeys(words("zomer zomers zomermaanden zomerperiode ete summer"), (6, 8)),
    **dict.fromkeys(words("zomervakantie"), (7, 8)),
    **dict.fromkeys(words("herfst herfstmaanden najaar automne autumn"), (9, 11)),
    **dict.fromkeys(words("winter winters wintermaanden winterperiode hiver"), (12, 2)),
    **dict.fromkeys(words("eindejaar eindejaarsperiode kerstperiode"), (11, 12)),
}


def months_between(first: int, last: int) -> frozenset[int]:
    """Return the months from one to another, over the turn of the year if need be."""
    if first <= last:
        return frozenset(range(first, last + 1))
    return frozenset((*range(first, 13), *range(1, last + 1)))


def day_in(year: int, month: int, day: int) -> date:
    """Return a day, the last one of its month where the month is shorter."""
    return date(year, month, min(max(1, day), calendar.monthrange(year, month)[1]))


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def next_span(first: tuple[int, int], last: tuple[int, int], on: date) -> tuple[date, date]:
    """Return the first and last day of the next span of (month, day) pairs that is not over.

    A span of which less than half is left is taken as that of the next year.
    """
    for year in (on.year - 1, on.year, on.year + 1):
        start = day_in(year, *first)
        end = day_in(year + (last < first), *last)
        if end >= on and end - on >= (end - start) / 2:
            return start, end
    raise AssertionError("a span of days comes back every year")


def next_day(month: int, day: int, on: date) -> date:
    """Return the next such day from `on` on."""
    found = day_in(on.year, month, day)
    return found if found >= on else day_in(on.year + 1, month, day)


def later(on: date, *, days: int = 0, months: int = 0) -> date:
    """Return the day so many days and months later; the calendar ends in 9999."""
    month = on.month - 1 + months
    year = min(on.year + month // 12, date.max.year - 1)
    return day_in(year, month % 12 + 1, on.day) + timedelta(days=days)
