"""What a need says, as a person reads it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import format_date

from models import Need
from models.need_fields import NEED_FIELDS
from models.states import ActivityOrigin
from web.forms.dynamic import shown_value, shown_values
from web.i18n import _
from web.labels import label_of
from web.services.fields import field_values
from web.services.need_draft import NeedDraft, changes, tidy

Fact = tuple[str, str]


def kept_activities(need: Need) -> list[str]:
    """Return the names of the activities that stand by a need."""
    links = (link for link in need.activities if link.origin is not ActivityOrigin.REJECTED)
    return [link.activity.label for link in links]


def facts_of(need: Need) -> list[Fact]:
    """Return the label and the value of all that is known, apart from the words themselves."""
    table = NEED_FIELDS[need.kind]
    shown = shown_values(table, field_values(need, table))
    own = {field.name: (_(field.label), shown.get(field.name, "")) for field in table}
    return [fact for fact in {**_all(need), **own}.values() if fact[1]]


def changed_facts(need: Need, draft: NeedDraft) -> list[Fact]:
    """Return what a stored need says where a draft, made from an older version, says otherwise."""
    wanted = tidy(draft)
    known = {**_words(need), **_all(need)}
    names = changes(need, wanted)
    if "fields" in names:
        names += [field.name for field in NEED_FIELDS[need.kind]]
    stored = field_values(need, NEED_FIELDS[need.kind])
    differing = [
        name
        for name in names
        if name not in stored or _told(stored[name]) != _told(wanted.fields.get(name))
    ]
    return [known[name] for name in dict.fromkeys(differing) if name in known]


def _told(value: Any) -> Any:
    """Return what an answer tells: a list of nothing tells no more than no answer."""
    return None if value in ([], ()) else value


def _words(need: Need) -> dict[str, Fact]:
    return {
        "kind": (_("Kind"), label_of(need.kind)),
        "title": (_("Title"), need.title),
        "text": (_("Text"), need.text),
        "activities": (_("Activities"), ", ".join(kept_activities(need))),
    }


def _all(need: Need) -> dict[str, Fact]:
    table = NEED_FIELDS[need.kind]
    values = field_values(need, table)
    place = f"{need.postcode or ''} {need.municipality.name if need.municipality else ''}"
    start = _day(need.start_date) or (_("To be agreed") if need.start_to_agree else "")
    return {
        "municipality_nis": (_("Place"), place.strip()),
        "start_date": (_("Start"), start),
        "end_date": (_("Until"), _day(need.end_date)),
        "duration": (_("Duration"), need.duration or ""),
        "recurrence": (_("Repetition"), label_of(need.recurrence) if need.recurrence else ""),
        **{field.name: (_(field.label), shown_value(field, values[field.name])) for field in table},
        "urgency": (_("Urgency"), label_of(need.urgency)),
        "budget": (_("Budget"), need.budget or ""),
        "visibility": (_("Visible to"), label_of(need.visibility)),
        "contact_id": (_("Contact"), need.contact.name if need.contact else ""),
    }


def _day(value: date | None) -> str:
    return str(format_date(value, "d MMMM y")) if value else ""


def without(facts: Iterable[Fact], label: str) -> list[Fact]:
    """Leave one fact out, such as the contact for who is not introduced."""
    return [fact for fact in facts if fact[0] != label]
