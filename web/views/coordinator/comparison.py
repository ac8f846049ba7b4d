"""The facts of a need beside those of an offer, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal

from matcher.values import Suggestion
from models import Match, Need, Offer, options
from models.conditions import ConditionColumns
from models.states import ActivityOrigin
from web.explanations import activity_labels
from web.i18n import _
from web.labels import label_of
from web.offer_place import offer_place
from web.wording import explain

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One row; an empty side is not known. `sign` is `plus`, `minus` or empty."""

    label: str
    need: str
    offer: str
    sign: str


def compared(need: Need, offer: Offer, scored: Suggestion | Match) -> list[Fact]:
    """Return the facts that at least one side states, with what the score made of them."""
    signs = _signs(scored)
    rows = [
        (_("Activity"), _activities(need), _activities(offer), "activity"),
        (_("Place"), _place(need), _area(offer), "distance"),
        (_("People"), _people(need), _people(offer), "capacity"),
        (_("Hours per week"), _hours(need), _hours(offer), "hours"),
        (_("Period"), _period(need), _period(offer), "period"),
        (_("Working times"), *_both(need, offer, "schedule", options.SCHEDULES), "schedule"),
        (_("Where"), _label(need.site), _label(offer.site), "site"),
        (
            _("Certificates"),
            *_both(need, offer, "certificates", options.CERTIFICATES),
            "certificates",
        ),
        (_("Licences"), *_both(need, offer, "licences", options.LICENCES), "licences"),
        (_("Languages"), _languages(need), _languages(offer), "language"),
        (_("Step of the track"), _label(need.phase), _label(offer.phase), "phase"),
    ]
    return [Fact(label, a, b, signs.get(code, "")) for label, a, b, code in rows if a or b]


def _signs(scored: Suggestion | Match) -> dict[str, str]:
    signs: dict[str, str] = {}
    for reason in explain(scored.score, scored.reasons, {}).reasons:
        if reason.points and reason.known:
            signs[reason.code.split(".")[0]] = "plus" if reason.points > 0 else "minus"
    return signs


def _activities(row: Need | Offer) -> str:
    names = activity_labels()
    kept = [a for a in row.activities if a.origin is not ActivityOrigin.REJECTED]
    return ", ".join(names.get(a.activity_id, a.activity_id) for a in kept)


def _place(need: Need) -> str:
    name = need.municipality.name if need.municipality else ""
    return f"{need.postcode} {name}" if need.postcode else name


def _area(offer: Offer) -> str:
    if offer.service_area:
        return ", ".join(place.name for place in offer.service_area)
    name = offer_place(offer)
    if offer.radius_km:
        return _("up to %(km)s km around %(place)s", km=_number(offer.radius_km), place=name)
    return name


def _people(row: ConditionColumns) -> str:
    low, high = row.people_min, row.people_max
    if low and high:
        return str(low) if low == high else f"{low}–{high}"
    if low:
        return _("at least %(number)s", number=low)
    return _("at most %(number)s", number=high) if high else ""


def _hours(row: ConditionColumns) -> str:
    return _number(row.hours_per_week) if row.hours_per_week else ""


def _number(value: float) -> str:
    return str(format_decimal(value))


def _day(value: date) -> str:
    return str(format_date(value, "d MMM y"))


def _period(row: ConditionColumns) -> str:
    start, end = row.start_date, row.end_date
    if start and end:
        return f"{_day(start)} – {_day(end)}"
    if start:
        return _("from %(day)s", day=_day(start))
    return _("until %(day)s", day=_day(end)) if end else ""


def _both(need: Need, offer: Offer, name: str, words: Options) -> tuple[str, str]:
    return _names(getattr(need, name), words), _names(getattr(offer, name), words)


def _names(codes: Sequence[str], words: Options) -> str:
    known = dict(words)
    return ", ".join(_(known.get(code, code)) for code in codes)


def _languages(row: ConditionColumns) -> str:
    parts = [_names(row.languages, options.LANGUAGES)]
    if row.language_level:
        level = dict(options.LANGUAGE_LEVELS).get(row.language_level, row.language_level)
        parts.append(_("Dutch: %(level)s", level=_(level)))
    return ", ".join(part for part in parts if part)


def _label(value: Any) -> str:
    return label_of(value) if value is not None else ""
