"""What somebody wrote down of a need, and how that is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind
from models import Municipality, Need, NeedActivity, User
from models.fields import FieldType
from models.need_fields import NEED_FIELDS
from models.states import ActivityOrigin, Recurrence, Urgency, Visibility
from web.services.errors import InvalidError
from web.services.fields import field_values, store_fields
from web.services.need_checks import impossible_values
from web.services.recognition import propose_title

_PLAIN = (
    "kind",
    "title",
    "text",
    "postcode",
    "start_date",
    "start_to_agree",
    "end_date",
    "duration",
    "recurrence",
    "urgency",
    "budget",
    "visibility",
    "external_id",
    "is_demo",
)
_COLUMNS = {field.name: field for table in NEED_FIELDS.values() for field in table if field.column}
_UNKNOWN: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraft:
    """A need as written, not yet stored.

    fields: values by name of `models.need_fields.NEED_FIELDS[kind]`; those of other kinds are kept
    aside, so that switching the kind and back loses nothing. activities: by id, the rejected ones
    too; without any, publishing recognises them. An empty title is proposed from the text.
    """

    kind: NeedKind
    organisation_id: int
    contact_id: int | None = None
    title: str = ""
    text: str = ""
    municipality_nis: str | None = None
    postcode: str | None = None
    start_date: date | None = None
    start_to_agree: bool = False
    end_date: date | None = None
    duration: str | None = None
    recurrence: Recurrence | None = None
    urgency: Urgency = Urgency.NORMAL
    budget: str | None = None
    visibility: Visibility = Visibility.REGION
    core_activity: bool | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    activities: Mapping[str, ActivityOrigin] = field(default_factory=dict)
    external_id: str | None = None
    is_demo: bool = False


def draft_of(need: Need) -> NeedDraft:
    """Return what a stored need says."""
    kept = {**need.details, **field_values(need, NEED_FIELDS[need.kind])}
    return NeedDraft(
        **{name: getattr(need, name) for name in _PLAIN},
        organisation_id=need.organisation_id,
        contact_id=need.contact_id,
        municipality_nis=need.municipality_nis,
        core_activity=need.core_activity,
        fields=_known(kept),
        activities={link.activity_id: link.origin for link in need.activities},
    )


def tidy(draft: NeedDraft) -> NeedDraft:
    """Return a draft as `draft_of` gives it back once stored."""
    values = _known(draft.fields)
    core = values.get("core_activity", draft.core_activity)
    if draft.kind is NeedKind.ENCLAVE and core is not None:
        values["core_activity"] = core
    return replace(
        draft,
        title=draft.title or propose_title(draft.text),
        duration=draft.duration or None,
        budget=draft.budget or None,
        core_activity=core,
        fields=values,
    )


def changes(need: Need, draft: NeedDraft) -> list[str]:
    """Return the names of what a tidy draft says otherwise than a stored need."""
    before = draft_of(need)
    names = NeedDraft.__dataclass_fields__
    return [name for name in names if getattr(before, name) != getattr(draft, name)]


def fill(session: Session, need: Need, draft: NeedDraft) -> None:
    """Put a tidy draft in a need; raises `InvalidError` when a value is impossible."""
    problems = impossible_values(
        title=draft.title,
        text=draft.text,
        start=draft.start_date,
        end=draft.end_date,
        fields=NEED_FIELDS[draft.kind],
        values=draft.fields,
    )
    if problems:
        raise InvalidError(problems)
    nis, contact = draft.municipality_nis, draft.contact_id
    # Looked up before anything changes: a query would flush a need that is half filled.
    municipality = session.get(Municipality, nis) if nis else None
    person = session.get(User, contact) if contact else None
    for name in _PLAIN:
        setattr(need, name, getattr(draft, name))
    need.municipality, need.municipality_nis = municipality, nis
    need.contact, need.contact_id = person, contact
    _fill_fields(need, draft)
    _fill_activities(need, draft.activities)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in _UNKNOWN}


def _fill_fields(need: Need, draft: NeedDraft) -> None:
    table = NEED_FIELDS[draft.kind]
    asked = {field.name for field in table}
    for name, column in _COLUMNS.items():
        if name not in asked:
            setattr(need, name, [] if column.type is FieldType.CHOICES else None)
    need.details = {name: value for name, value in draft.fields.items() if name not in asked}
    store_fields(need, table, draft.fields)
    need.core_activity = draft.core_activity


def _fill_activities(need: Need, wanted: Mapping[str, ActivityOrigin]) -> None:
    stored = {link.activity_id: link for link in need.activities}
    for activity_id, link in stored.items():
        if activity_id not in wanted:
            need.activities.remove(link)
    for activity_id, origin in wanted.items():
        if activity_id in stored:
            stored[activity_id].origin = origin
        else:
            need.activities.append(NeedActivity(activity_id=activity_id, origin=origin))
