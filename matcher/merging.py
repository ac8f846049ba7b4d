"""From readings of one family to the fields of `matcher.values.Conditions` that they fill.

Each function takes the readings of its family in a text, and the need or offer that says them; it
returns the values with the readings that they rest on, or None where the readings say nothing that
can be compared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matcher.reading import Polarity, Reading
from matcher.reading.values import (
    Amount,
    Codes,
    Hours,
    Language,
    Measure,
    People,
    Period,
    Site,
    Words,
)
from matcher.values import Need, Offer, Quantity
from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkSite

#: Who may ask at all, for a supplier that names whom he does not work for; other types count as
#: one of these (`matcher.conditions.places`).
_ALL_ASKERS = frozenset(
    {
        OrganisationType.COMPANY.value,
        OrganisationType.MUNICIPALITY.value,
        OrganisationType.OCMW.value,
        OrganisationType.SCHOOL.value,
        OrganisationType.VZW.value,
        OrganisationType.HOUSING_COMPANY.value,
        "private",
    }
)
#: Working times that a team which works by day does not say it can.
_NOT_BY_DAY = frozenset({"night", "three_shifts"})
_ALL_WAYS = frozenset({"bike", "bus", "car"})
#: A thing that is left out needs to be this sure to count against a need.
_SURE_OUT = 0.6

_PLAIN = (Polarity.PLAIN, Polarity.ONLY)


@dataclass(frozen=True, slots=True)
class Used:
    """Values by field of `Conditions`, and the readings behind them."""

    values: Mapping[str, Any]
    readings: Sequence[Reading] = field(default_factory=tuple)


Merge = Callable[[Sequence[Reading], Need | Offer], Used | None]


def _surest(readings: Iterable[Reading]) -> Reading | None:
    """Return the surest reading, the first of equals."""
    return max(readings, key=lambda r: (r.confidence, -r.start), default=None)


def _meant(readings: Iterable[Reading], *polarities: Polarity) -> list[Reading]:
    return [reading for reading in readings if reading.polarity in polarities]


def _codes(readings: Iterable[Reading]) -> frozenset[str]:
    values = (reading.value for reading in readings)
    return frozenset(code for value in values if isinstance(value, Codes) for code in value.codes)


def _people(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take the surest number; of an offer, a single number is how many can come."""
    best = _surest(readings)
    if best is None or not isinstance(best.value, People):
        return None
    low, high = best.value.low, best.value.high
    if isinstance(item, Offer) and low == high:
        low = None
    return Used({"people_min": low, "people_max": high}, [best])


def _amount(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    best = _surest(readings)
    if best is None or not isinstance(best.value, Amount):
        return None
    much = best.value.high or best.value.low
    if much is None:
        return None
    return Used({"amount": Quantity(much, best.value.unit, best.value.per)}, [best])


def _order(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take the first smallest and the first largest order."""
    values: dict[str, Any] = {}
    used: list[Reading] = []
    for reading in readings:
        amount = reading.value
        if not isinstance(amount, Amount):
            continue
        bounds = (("order_min", amount.low), ("order_max", amount.high))
        fresh = {
            n: Quantity(v, amount.unit, amount.per) for n, v in bounds if v and n not in values
        }
        if fresh:
            values |= fresh
            used.append(reading)
    return Used(values, used) if used else None


def _hours(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take the surest hours, of a span the middle."""
    best = _surest(readings)
    if best is None or not isinstance(best.value, Hours):
        return None
    return Used({"hours_per_week": (best.value.low + best.value.high) / 2}, [best])


def _list_of(name: str) -> Merge:
    """Return how a list is read: asked by a need, possible or ruled out by an offer."""

    def merge(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
        told = _meant(readings, *_PLAIN)
        if isinstance(item, Need):
            return Used({name: _codes(told)}, told) if told else None
        only = _meant(readings, Polarity.ONLY)
        possible = only or _meant(readings, Polarity.PLAIN, Polarity.NICE)
        denied = _meant(readings, Polarity.NOT)
        ruled_out = _codes(denied) - _codes(possible)
        values: dict[str, Any] = {name: _codes(possible)}
        if not only:
            values["open_lists"] = frozenset({name})
        if ruled_out:
            values["impossible"] = ruled_out
        return Used(values, [*possible, *denied]) if possible or denied else None

    return merge


def _schedule(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Read a list; who only says that he works by day does not work at night."""
    used = _list_of("schedule")(readings, item)
    if used is None or isinstance(item, Need):
        return used
    possible: frozenset[str] = used.values["schedule"]
    if possible == {"day"}:
        ruled_out = used.values.get("impossible", frozenset()) | _NOT_BY_DAY
        return Used({**used.values, "impossible": ruled_out}, used.readings)
    if "open_lists" in used.values and possible:
        return Used({**used.values, "schedule": possible | {"day"}}, used.readings)
    return used


def _period(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take the surest period; an offer that names months is free in them every year."""
    best = _surest(readings)
    if best is None or not isinstance(best.value, Period):
        return None
    told = best.value
    if isinstance(item, Offer) and told.months:
        return Used({"months": told.months}, [best])
    return Used({"start": told.start, "end": told.end, "months": told.months}, [best])


def _measure(name: str) -> Merge:
    """Return how a height or a load is read: the most that is told, else the denied bound."""

    def merge(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
        told = _meant(readings, *_PLAIN, Polarity.NICE) or _meant(readings, Polarity.NOT)
        amounts = [(r.value.amount, r) for r in told if isinstance(r.value, Measure)]
        if not amounts:
            return None
        most = max(amount for amount, _ in amounts)
        return Used({name: most}, [next(r for amount, r in amounts if amount == most)])

    return merge


def _holds(item: Need | Offer) -> bool:
    """Tell whether a side holds papers; of a placement it is the person, not the workplace."""
    if item.kind is NeedKind.PLACEMENT:
        return True
    return isinstance(item, Offer) and item.kind is not OfferKind.WORKPLACE


def _papers(name: str) -> Merge:
    """Return how papers are read: required and welcome by a need, held or lacking in an offer."""

    def merge(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
        told, nice = _meant(readings, *_PLAIN), _meant(readings, Polarity.NICE)
        lacking = _meant(readings, Polarity.NOT)
        if not _holds(item):
            values: dict[str, Any] = {name: _codes(told)}
            if wished := _codes(nice) - _codes(told):
                values["wished"] = wished
            return Used(values, [*told, *nice]) if told or nice else None
        held = _codes([*told, *nice])
        values = {name: held, "open_lists": frozenset({name})}
        if ruled_out := _codes(lacking) - held:
            values["impossible"] = ruled_out
        return Used(values, [*told, *nice, *lacking])

    return merge


def _language(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take all languages that are spoken or asked, and the surest level of Dutch."""
    if item.kind in (NeedKind.SERVICE, OfferKind.SERVICE):
        return None
    told = _meant(readings, *_PLAIN)
    spoken = [(r.value, r) for r in told if isinstance(r.value, Language)]
    if not spoken:
        return None
    codes = frozenset(code for value, _ in spoken for code in value.codes)
    levelled = _surest(r for value, r in spoken if value.level)
    level = levelled.value.level if levelled and isinstance(levelled.value, Language) else None
    return Used({"languages": codes, "language_level": level}, [r for _, r in spoken])


def _askers(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take whom an offer is only for, or everybody but those it is not for."""
    if isinstance(item, Need):
        return Used({"askers": _codes(readings)}, readings)
    only, denied = _meant(readings, Polarity.ONLY), _meant(readings, Polarity.NOT)
    if not only and not denied:
        return None
    accepted = (_codes(only) or _ALL_ASKERS) - _codes(denied)
    return Used({"askers": accepted}, [*only, *denied])


def _site(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take the one place that is meant; two places, none of them alone, are both possible."""
    alone = _meant(readings, Polarity.ONLY) or _meant(readings, Polarity.NOT)
    told = alone or readings
    places = {r.value.where for r in told if isinstance(r.value, Site)}
    where = next(iter(places)) if len(places) == 1 else WorkSite.EITHER
    return Used({"site": where}, told)


def _moving(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    """Take who moves the goods; where each moves them one way, nothing is comparable."""
    codes = _codes(readings)
    return Used({"moving": next(iter(codes))}, readings) if len(codes) == 1 else None


def _travel(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    told, denied = _meant(readings, *_PLAIN), _meant(readings, Polarity.NOT)
    if told:
        ways = _codes(told) - _codes(denied)
        return Used({"travel": ways}, [*told, *denied]) if ways else None
    return Used({"travel": _ALL_WAYS - _codes(denied)}, denied) if denied else None


def _excluded(readings: Sequence[Reading], item: Need | Offer) -> Used | None:
    sure = [r for r in readings if r.confidence >= _SURE_OUT and isinstance(r.value, Words)]
    return Used({"excluded": frozenset(str(r.value) for r in sure)}, sure) if sure else None


MERGES: Mapping[str, Merge] = {
    "people": _people,
    "amount": _amount,
    "order": _order,
    "hours": _hours,
    "schedule": _schedule,
    "period": _period,
    "surroundings": _list_of("surroundings"),
    "height": _measure("height_m"),
    "load": _measure("lifting_kg"),
    "certificates": _papers("certificates"),
    "licences": _papers("licences"),
    "language": _language,
    "askers": _askers,
    "site": _site,
    "moving": _moving,
    "travel": _travel,
    "excluded": _excluded,
}
