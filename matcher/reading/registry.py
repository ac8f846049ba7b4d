"""The readers, a file for every family of facts."""

from collections.abc import Callable, Iterator, Mapping

from matcher.reading import (
    amounts,
    askers,
    certificates,
    exclusions,
    heights,
    hours,
    languages,
    licences,
    loads,
    moving,
    people,
    periods,
    sites,
    surroundings,
    times,
    travel,
)
from matcher.reading.page import Page
from matcher.reading.values import Context, Reading

Reader = Callable[[Page, Context], Iterator[Reading]]

READERS: Mapping[str, Reader] = {
    "people": people.read,
    "amount": amounts.read,
    "hours": hours.read,
    "schedule": times.read,
    "period": periods.read,
    "surroundings": surroundings.read,
    "height": heights.read,
    "load": loads.read,
    "certificates": certificates.read,
    "licences": licences.read,
    "language": languages.read,
    "askers": askers.read,
    "site": sites.read,
    "moving": moving.read,
    "travel": travel.read,
    "excluded": exclusions.read,
}
#: What a reader may find; `amount` finds orders as well.
FAMILIES = (*READERS, "order")
