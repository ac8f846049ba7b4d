"""What a side tells of a family of facts, in words: as stated, or as read in its text."""

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import format_date, format_decimal

from matcher.reading.heights import GROUND
from matcher.values import Conditions, Quantity
from matcher.vocabulary import OrganisationType
from models import options
from models.fields import Options
from web.i18n import N_, _
from web.labels import label_of
from web.sentences.base import amount, labelled, month_names

Told = Callable[[Conditions], str]

#: The families of `matcher.facts`.
FAMILIES: Mapping[str, str] = {
    "people": N_("People"),
    "amount": N_("Amount of work"),
    "order": N_("Size of an order"),
    "hours": N_("Hours per week"),
    "period": N_("Period"),
    "schedule": N_("Working times"),
    "site": N_("Where"),
    "surroundings": N_("Indoors or outdoors"),
    "height": N_("Height"),
    "load": N_("Lifting"),
    "certificates": N_("Certificates"),
    "licences": N_("Licences"),
    "language": N_("Languages"),
    "askers": N_("For whom"),
    "moving": N_("Moving of goods"),
    "travel": N_("Can be reached by"),
    "excluded": N_("Left out"),
}


def told_of(family: str, conditions: Conditions) -> str:
    """Return what conditions tell of a family; empty when they tell nothing."""
    return _TOLD[family](conditions)


def _bounds(low: str, high: str) -> str:
    """Return a smallest and a largest value, either of which may lack."""
    if low and high:
        return low if low == high else f"{low}–{high}"
    if low:
        return _("at least %(number)s", number=low)
    return _("at most %(number)s", number=high) if high else ""


def _people(c: Conditions) -> str:
    return _bounds(str(c.people_min or ""), str(c.people_max or ""))


def _order(c: Conditions) -> str:
    return _bounds(_quantity(c.order_min), _quantity(c.order_max))


def _quantity(quantity: Quantity | None) -> str:
    return amount((quantity.amount, quantity.unit, quantity.per)) if quantity else ""


def _number(value: float | None) -> str:
    return "" if value is None else str(format_decimal(value))


def _height(c: Conditions) -> str:
    if c.height_m is not None and c.height_m <= GROUND:
        return _("not at height (up to %(most)s m)", most=_number(c.height_m))
    return "" if c.height_m is None else _("up to %(most)s m", most=_number(c.height_m))


def _load(c: Conditions) -> str:
    return "" if c.lifting_kg is None else _("up to %(most)s kg", most=_number(c.lifting_kg))


def _day(value: date) -> str:
    return str(format_date(value, "d MMM y"))


def _period(c: Conditions) -> str:
    if c.start and c.end:
        return f"{_day(c.start)} – {_day(c.end)}"
    if c.start:
        return _("from %(day)s", day=_day(c.start))
    if c.end:
        return _("until %(day)s", day=_day(c.end))
    return month_names(sorted(c.months))


def _codes(name: str, words: Options) -> Told:
    """Return how a list is told: what is there, what is welcome besides, and what is ruled out."""
    codes = {code for code, _label in words}

    def told(c: Conditions) -> str:
        out, welcome = sorted(c.impossible & codes), sorted(c.wished & codes)
        parts = (
            labelled(sorted(getattr(c, name)), words),
            _("%(names)s (welcome)", names=labelled(welcome, words)) if welcome else "",
            _("not %(codes)s", codes=labelled(out, words).lower()) if out else "",
        )
        return ", ".join(filter(None, parts))

    return told


def _languages(c: Conditions) -> str:
    names = labelled(sorted(c.languages), options.LANGUAGES)
    if not c.language_level:
        return names
    level = labelled([c.language_level], options.LANGUAGE_LEVELS)
    return ", ".join(filter(None, (names, _("Dutch: %(level)s", level=level))))


def _askers(c: Conditions) -> str:
    types = tuple((kind.value, label_of(kind)) for kind in OrganisationType)
    if not c.askers:
        return ""
    left_out = {code for code, _label in options.ASKERS} - c.askers
    if len(left_out) < len(c.askers):
        return _("not %(codes)s", codes=labelled(sorted(left_out), options.ASKERS).lower())
    return labelled(sorted(c.askers), types, options.ASKERS)


_TOLD: Mapping[str, Told] = {
    "people": _people,
    "amount": lambda c: _quantity(c.amount),
    "order": _order,
    "hours": lambda c: _number(c.hours_per_week),
    "period": _period,
    "schedule": _codes("schedule", options.SCHEDULES),
    "site": lambda c: label_of(c.site) if c.site else "",
    "surroundings": _codes("surroundings", options.SURROUNDINGS),
    "height": _height,
    "load": _load,
    "certificates": _codes("certificates", options.CERTIFICATES),
    "licences": _codes("licences", options.LICENCES),
    "language": _languages,
    "askers": _askers,
    "moving": lambda c: labelled([c.moving], options.MOVED_BY) if c.moving else "",
    "travel": _codes("travel", options.MOBILITY),
    "excluded": lambda c: ", ".join(sorted(c.excluded)),
}
