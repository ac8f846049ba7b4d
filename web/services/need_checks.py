"""What a need must say before others see it: message ids by field name."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from matcher.vocabulary import NeedKind, OrganisationType
from models import Need
from models.fields import Field, missing
from models.marker import N_
from models.need_fields import NEED_FIELDS
from models.states import NeedStatus
from web.services.fields import TOO_LONG, field_values, impossible_value
from web.services.texts import LONGEST_TEXT, LONGEST_TITLE

#: They buy under procurement law, and so say by which route.
AUTHORITIES = frozenset(
    {
        OrganisationType.MUNICIPALITY,
        OrganisationType.OCMW,
        OrganisationType.AGB,
        OrganisationType.IGS,
    }
)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)

_ASK = N_("Please fill this in.")
_BAD_DAY = N_("This day is not possible.")

Problems = dict[str, str]


def needs_legal_route(kind: NeedKind, asker: OrganisationType) -> bool:
    """Tell whether the procurement route must be given."""
    return kind is NeedKind.SERVICE and asker in AUTHORITIES


def impossible_values(
    *,
    title: str,
    text: str,
    start: date | None,
    end: date | None,
    fields: Iterable[Field],
    values: Mapping[str, Any],
) -> Problems:
    """Return what no need may hold, not even a draft."""
    problems: Problems = {}
    if len(title) > LONGEST_TITLE:
        problems["title"] = TOO_LONG
    if len(text) > LONGEST_TEXT:
        problems["text"] = TOO_LONG
    for name, day in (("start_date", start), ("end_date", end)):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            problems[name] = _BAD_DAY
    if start and end and end < start:
        problems["end_date"] = N_("The end lies before the start.")
    problems |= _impossible_fields(fields, values)
    return problems


def _impossible_fields(fields: Iterable[Field], values: Mapping[str, Any]) -> Problems:
    problems = {}
    for field in fields:
        if problem := impossible_value(field, values.get(field.name)):
            problems[field.name] = problem
    fewest, most = values.get("people_min"), values.get("people_max")
    if fewest and most and "people_max" not in problems and most < fewest:
        problems["people_max"] = N_("This is less than the smallest number.")
    return problems


def check_publishable(need: Need, on: date) -> Problems:
    """Return what keeps a need from being published on a day; empty when nothing does."""
    fields = NEED_FIELDS[need.kind]
    values = field_values(need, fields)
    problems = impossible_values(
        title=need.title,
        text=need.text,
        start=need.start_date,
        end=need.end_date,
        fields=fields,
        values=values,
    )
    problems |= past_days(need, on) if need.status is NeedStatus.DRAFT else {}
    return _left_open(need, fields, values) | problems


def check_basics(need: Need, on: date) -> Problems:
    """Return what keeps a need out even when not every question needs an answer."""
    return _basics_left_open(need) | past_days(need, on)


def past_days(need: Need, on: date) -> Problems:
    """Return the days of a need that are over."""
    days = {"start_date": need.start_date, "end_date": need.end_date}
    return {name: N_("This day is past.") for name, day in days.items() if day and day < on}


def _basics_left_open(need: Need) -> Problems:
    due: dict[str, Any] = {
        "text": need.text.strip(),
        "title": need.title.strip(),
        "place": need.municipality_nis and need.postcode,
        "contact_id": need.contact_id,
        "start_date": need.start_date or need.start_to_agree,
    }
    return {name: _ASK for name, value in due.items() if not value}


def _left_open(need: Need, fields: tuple[Field, ...], values: Mapping[str, Any]) -> Problems:
    problems = _basics_left_open(need) | {field.name: _ASK for field in missing(fields, values)}
    route_due = needs_legal_route(need.kind, need.organisation.type)
    if route_due and not values.get("legal_route"):
        problems["legal_route"] = N_("An authority states its procurement route.")
    return problems
