"""How many people are promised at once, in a period.

Only on the first day of the period, or of a promise, can there be more than the day before.
"""

from collections.abc import Sequence
from datetime import date

from matcher.values import Promise


def most_at_once(promised: Sequence[Promise], start: date | None, end: date | None) -> int:
    """Return the most people promised on any day from `start` to `end`; None leaves it open."""
    first, last = start or date.min, end or date.max
    met = [one for one in promised if _begins(one) <= last and _ends(one) >= first]
    days = {max(first, _begins(one)) for one in met}
    return max((promised_on(met, day) for day in days), default=0)


def promised_on(promised: Sequence[Promise], day: date) -> int:
    """Return the people promised on a day."""
    return sum(one.people for one in promised if _begins(one) <= day <= _ends(one))


def _begins(promise: Promise) -> date:
    return promise.start or date.min


def _ends(promise: Promise) -> date:
    return promise.end or date.max
