"""Between the questions of the forms and the conditions that the matcher compares.

`conditions_of` reads what was answered; `answers_of` says which answers stand for a family of
readings (`matcher.facts`), so that what was read in a text can be taken over as an answer.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any

from matcher.reading.heights import GROUND, LADDER
from matcher.values import Conditions, Quantity
from matcher.vocabulary import Phase, WorkSite
from models.conditions import ConditionColumns
from models.fields import Field, Options
from models.options import ASKERS, CERTIFICATES, LICENCES, MONTHS

#: Where the families of readings that the writer called wrong are kept, among the details.
UNREAD = "unread"
#: Units that hold their period.
_PERIODIC = {
    "meals_day": ("meals", "day"),
    "visits_year": ("visits", "year"),
    "hours_week": ("hours", "week"),
}
#: Columns, and the questions that are a fact of `Conditions` by the same name.
_COLUMNS = (
    *("people_min", "people_max", "hours_per_week", "start_date", "end_date", "certificates"),
    *("licences", "languages", "language_level", "schedule", "site", "phase"),
)
_VALUES = (
    *("people_min", "people_max", "hours_per_week", "language_level"),
    *("lifting_kg", "moving"),
)
_ENUMS: Mapping[str, type[StrEnum]] = {"site": WorkSite, "phase": Phase}
_LISTS = ("certificates", "licences", "languages", "schedule", "wished", "askers", UNREAD)
_MONTHS = {code: int(code) for code, _label in MONTHS}
_ORDERS = ("order_min", "order_max")
_NO_UNIT = (None, "", "to_agree")
_BETWEEN = re.compile(r"[,;\n]+|\s+(?:en|of)\s+")
_MOST_LEFT_OUT = 20
#: How often a year a unit that counts by the year comes back in a shorter period.
_A_YEAR = {None: 1, "year": 1, "month": 12, "week": 52, "day": 260}

Answers = dict[str, Any]


def conditions_of(row: ConditionColumns, table: Iterable[Field]) -> Conditions:
    """Return what a stored need or offer tells of its conditions; `table` is that of its kind.

    Details that another kind asked are kept with a row, but tell nothing of this one.
    """
    details = row.details or {}
    asked = {UNREAD, *(field.name for field in table)}
    told = {name: value for name, value in details.items() if name in asked}
    return conditions_from({**told, **{name: getattr(row, name) for name in _COLUMNS}})


def conditions_from(answers: Mapping[str, Any]) -> Conditions:
    """Return what answers by question tell; both days and what was called wrong among them.

    Answers may be as a page sends them: a code that is none of the choices tells nothing.
    """
    work = frozenset(answers.get("work_conditions") or ())
    amount, order_min, order_max = _amounts(answers)
    plain: dict[str, Any] = {
        **{name: None if answers.get(name) == "" else answers.get(name) for name in _VALUES},
        **{name: frozenset(answers.get(name) or ()) for name in _LISTS},
        **{name: _member(kind, answers.get(name)) for name, kind in _ENUMS.items()},
    }
    return Conditions(
        **plain,
        start=answers.get("start_date"),
        end=answers.get("end_date"),
        surroundings=_surroundings(answers, work),
        height_m=answers.get("height_m") or (LADDER if "heights" in work else None),
        travel=frozenset(answers.get("mobility") or answers.get("reach") or ()),
        months=frozenset(_MONTHS[code] for code in answers.get("months") or () if code in _MONTHS),
        excluded=left_out(answers.get("excluded")),
        amount=amount,
        order_min=order_min,
        order_max=order_max,
    )


def _member(kind: type[StrEnum], value: str | None) -> StrEnum | None:
    """Return a code as a form gives it; None when it is none of them."""
    return kind(value) if value in set(kind) else None


def _surroundings(details: Mapping[str, Any], work: Collection[str]) -> frozenset[str]:
    ticked = {code for code in ("indoor", "outdoor") if f"{code}s" in work}
    return frozenset({*(details.get("surroundings") or ()), *ticked})


def _amounts(details: Mapping[str, Any]) -> tuple[Quantity | None, ...]:
    """Return the amount, the smallest and the largest order; None where no unit was chosen."""
    unit, per = details.get("quantity_unit"), details.get("quantity_per")
    if unit in _NO_UNIT:
        return (None, None, None)
    unit, per = _PERIODIC.get(str(unit), (str(unit), per))
    told = ((details.get("quantity"), per), *((details.get(n), None) for n in _ORDERS))
    return tuple(Quantity(much, unit, each) if much else None for much, each in told)


def left_out(text: str | None) -> frozenset[str]:
    """Return the things in a line of what is not done, one by one."""
    things = (thing.strip(" .").lower() for thing in _BETWEEN.split(text or ""))
    return frozenset(sorted(filter(None, things))[:_MOST_LEFT_OUT])


def answers_of(family: str, told: Conditions, asked: Collection[str]) -> Answers:
    """Return the answers that stand for a family, by question; only for questions in `asked`."""
    found = _ANSWERS[family](told, asked) if family in _ANSWERS else {}
    known = {name: value for name, value in found.items() if value not in (None, "", [])}
    return {name: value for name, value in known.items() if name in asked}


def _codes(name: str) -> Callable[[Conditions, Collection[str]], Answers]:
    """Return how a list is answered by the question of the same name."""
    return lambda told, _asked: {name: sorted(getattr(told, name))}


def _papers(name: str, codes: Options) -> Callable[[Conditions, Collection[str]], Answers]:
    """Return how papers are answered: those required or held, and which of them are welcome."""
    known = {code for code, _label in codes}
    return lambda told, _asked: {
        name: sorted(getattr(told, name)),
        "wished": sorted(told.wished & known),
    }


def _same(*names: str) -> Callable[[Conditions, Collection[str]], Answers]:
    """Return how plain values are answered by questions of the same name."""
    return lambda told, _asked: {name: getattr(told, name) for name in names}


def _period(told: Conditions, asked: Collection[str]) -> Answers:
    if "months" in asked and told.months:
        return {"months": [str(month) for month in sorted(told.months)]}
    return {"start_date": told.start, "end_date": told.end}


def _around(told: Conditions, asked: Collection[str]) -> Answers:
    codes = told.surroundings
    if not codes and told.impossible & {"indoor", "outdoor"}:
        codes = frozenset({"indoor", "outdoor"}) - told.impossible
    if "surroundings" in asked:
        return {"surroundings": sorted(codes)}
    return {"work_conditions": [f"{code}s" for code in sorted(codes)]}


def _height(told: Conditions, asked: Collection[str]) -> Answers:
    if "height_m" in asked:
        return {"height_m": told.height_m}
    high = told.height_m is not None and told.height_m > GROUND
    return {"work_conditions": ["heights"] if high else []}


def _load(told: Conditions, _asked: Collection[str]) -> Answers:
    return {"lifting_kg": None if told.lifting_kg is None else round(told.lifting_kg)}


def _language(told: Conditions, _asked: Collection[str]) -> Answers:
    return {"language_level": told.language_level, "languages": sorted(told.languages)}


def _askers(told: Conditions, _asked: Collection[str]) -> Answers:
    return {"askers": [code for code, _label in ASKERS if code in told.askers]}


def _travel(told: Conditions, asked: Collection[str]) -> Answers:
    return {"mobility" if "mobility" in asked else "reach": sorted(told.travel)}


def _amount(told: Conditions, _asked: Collection[str]) -> Answers:
    if told.amount is None:
        return {}
    unit, per, much = told.amount.unit, told.amount.per, told.amount.amount
    if unit == "visits":
        return {"quantity": round(much * _A_YEAR.get(per, 1)), "quantity_unit": "visits_year"}
    if unit == "meals" and per in (None, "day"):
        return {"quantity": round(much), "quantity_unit": "meals_day"}
    return {"quantity": round(much), "quantity_unit": unit, "quantity_per": per}


def _order(told: Conditions, _asked: Collection[str]) -> Answers:
    bounds = {"order_min": told.order_min, "order_max": told.order_max}
    units = {bound.unit for bound in bounds.values() if bound}
    orders = {name: round(bound.amount) for name, bound in bounds.items() if bound}
    return {**orders, "quantity_unit": units.pop()} if len(units) == 1 else {}


def _excluded(told: Conditions, _asked: Collection[str]) -> Answers:
    return {"excluded": ", ".join(sorted(told.excluded))}


_ANSWERS: Mapping[str, Callable[[Conditions, Collection[str]], Answers]] = {
    "people": _same("people_min", "people_max"),
    "hours": _same("hours_per_week"),
    "schedule": _codes("schedule"),
    "period": _period,
    "surroundings": _around,
    "height": _height,
    "load": _load,
    "certificates": _papers("certificates", CERTIFICATES),
    "licences": _papers("licences", LICENCES),
    "language": _language,
    "askers": _askers,
    "site": _same("site"),
    "moving": _same("moving"),
    "travel": _travel,
    "amount": _amount,
    "order": _order,
    "excluded": _excluded,
}
