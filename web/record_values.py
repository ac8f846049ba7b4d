"""The values in events, in words: what a thing is called there, and how it reads."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import format_date, format_decimal

from matcher.vocabulary import (
    Certainty,
    NeedKind,
    OfferKind,
    OrganisationType,
    Phase,
    WorkForm,
    WorkSite,
)
from models.fields import Field
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from models.states import (
    AnswerKind,
    CheckItem,
    FallReason,
    HoursPer,
    MatchStatus,
    NeedStatus,
    OfferStatus,
    OrganisationStatus,
    Recurrence,
    RefusalReason,
    Role,
    Side,
    StillThere,
    Urgency,
    Visibility,
)
from web.fact_words import FAMILIES
from web.forms.dynamic import shown_value
from web.i18n import N_, _, _n
from web.labels import LABELS, label_of
from web.services.record import Subject
from web.services.record_names import POINTERS, Names

#: What values are called that are no field of a need or an offer.
_LABELS = {
    "activities": N_("Kind of work"),
    "answer": N_("Answer"),
    "by_coordinator": N_("Written down by the coordinator"),
    "done_on": N_("In order since"),
    "euro": N_("Amount in all, without VAT"),
    "fte": N_("Full-time equivalents (VTE)"),
    "hired": N_("Was the person hired?"),
    "hours": N_("Hours"),
    "hours_per": N_("These hours are"),
    "item": N_("Of the checklist"),
    "months": N_("Months after the start"),
    "people": N_("People"),
    "real_end": N_("Ended on"),
    "real_euro": N_("Amount in all, without VAT"),
    "real_fte": N_("Full-time equivalents (VTE)"),
    "real_hours": N_("Hours in all"),
    "real_people": N_("People who worked"),
    "real_start": N_("Began on"),
    "side": N_("Side"),
    "still_there": N_("Still there"),
    "why": N_("Reason"),
    "rejected": N_("No such work"),
    "active": N_("Account open"),
    "ask_offer_days": N_("Days until Brug asks about an offer"),
    "budget": N_("Budget"),
    "certainty": N_("How sure"),
    "changed": N_("Changed"),
    "cluster": N_("Field of work"),
    "contact": N_("Contact"),
    "decisions": N_("Decisions learned from"),
    "description": N_("Description"),
    "duration": N_("Duration"),
    "error": N_("What went wrong"),
    "end_date": N_("End"),
    "explanation": N_("Explanation"),
    "exposure_alarm": N_("Threshold of the warning of exposure"),
    "exposure_least": N_("Approvals before Brug warns of exposure"),
    "handed_by": N_("Handed over by"),
    "interest_in": N_("Also has an interest in"),
    "is_active": N_("In use"),
    "keeps_reference": N_("Keeps activities and rules"),
    "kind": N_("Kind"),
    "label": N_("Name"),
    "municipalities": N_("Municipalities"),
    "municipality": N_("Municipality"),
    "name": N_("Name"),
    "need": N_("Need"),
    "needs": N_("Needs that use it"),
    "note": N_("Explanation"),
    "offer": N_("Offer"),
    "organisation": N_("Organisation"),
    "parameters": N_("Values"),
    "pause_offer_days": N_("Days of silence until an offer pauses"),
    "phone": N_("Phone"),
    "place": N_("Place"),
    "position": N_("Place in the ranking"),
    "postcode": N_("Postcode"),
    "radius_km": N_("Kilometres around"),
    "recognition": N_("Recognition"),
    "recurrence": N_("How often"),
    "refusal": N_("Reason"),
    "remind_side_days": N_("Working days until a silent side is reminded"),
    "role": N_("Role"),
    "rows": N_("Rows"),
    "service_nis": N_("Works in"),
    "source": N_("Source"),
    "start_date": N_("Start"),
    "start_to_agree": N_("Start to be agreed"),
    "status": N_("Status"),
    "suggestions": N_("Suggested offers"),
    "supplier": N_("Supplier"),
    "synonyms": N_("Other words"),
    "tell_silent_days": N_("Working days until you hear of its silence"),
    "text": N_("Text"),
    "title": N_("Title"),
    "to": N_("To"),
    "type": N_("Kind of organisation"),
    "unread": N_("Read in the text, but not right"),
    "until": N_("Until"),
    "urgency": N_("How urgent"),
    "user": N_("Person"),
    "valid_from": N_("Holds from"),
    "valid_to": N_("Holds until"),
    "valid_until": N_("Valid until"),
    "visibility": N_("Who sees it"),
    "website": N_("Website"),
    "weights": N_("Version of the weights"),
    "won": N_("Better than before"),
    "word": N_("Word"),
    "work_form": N_("Work form"),
}
#: What only machines read, or what the sentence itself tells.
_SILENT = frozenset(
    {
        "because",
        "cautions",
        "considered",
        "eligible",
        "interest",
        "kept_out",
        "marks",
        "reasons",
        "score",
        "weights_version",
    }
)
_ENUMS: dict[str, tuple[type[StrEnum], ...]] = {
    "answer": (AnswerKind,),
    "hours_per": (HoursPer,),
    "item": (CheckItem,),
    "side": (Side,),
    "still_there": (StillThere,),
    "why": (FallReason,),
    "certainty": (Certainty,),
    "kind": (NeedKind, OfferKind),
    "phase": (Phase,),
    "recurrence": (Recurrence,),
    "refusal": (RefusalReason,),
    "role": (Role,),
    "site": (WorkSite,),
    "type": (OrganisationType,),
    "urgency": (Urgency,),
    "visibility": (Visibility,),
    "work_form": (WorkForm,),
}
_STATUSES: dict[str, type[StrEnum]] = {
    Subject.NEED: NeedStatus,
    Subject.OFFER: OfferStatus,
    Subject.MATCH: MatchStatus,
    Subject.ORGANISATION: OrganisationStatus,
}
_PLACES = ("place", "municipality", "municipalities", "service_nis")


def label_for(name: str) -> str | None:
    """Return what a value of an event is called; None for what is not shown."""
    if name in _SILENT:
        return None
    if name in _LABELS:
        return _(_LABELS[name])
    found = _field(name, None)
    return _(found.label) if found else None


def word_for(subject: str, name: str, value: Any, kind: object, names: Names) -> str:
    """Return a value of an event as a person reads it; empty where there is none.

    kind: that of the need or the offer, for a field that two kinds ask in their own way.
    """
    if value in (None, "", [], {}):
        return ""
    if name == "status" and subject in _STATUSES:
        return _code(value, _STATUSES[subject])
    if name in _ENUMS:
        return _code(value, *_ENUMS[name])
    if name in POINTERS and isinstance(value, int):
        return _named(POINTERS[name], value, names)
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_item(name, item, kind, names) for item in value)
    return _item(name, value, kind, names)


def _item(name: str, value: Any, kind: object, names: Names) -> str:
    if name in _PLACES:
        return names.places.get(str(value), str(value))
    if name in ("activities", "rejected"):
        return names.of(Subject.ACTIVITY, value) or str(value)
    if name == "interest_in":
        return _named(Subject.ORGANISATION, value, names)
    if name == "unread":
        return _(FAMILIES[value]) if value in FAMILIES else str(value)
    if name == "changed":
        return label_for(str(value)) or str(value)
    found = None if name in _LABELS else _field(name, kind)
    if found is not None:
        several = isinstance(value, str) and found.type.value == "choices"
        return shown_value(found, [value] if several else value)
    return _day(value) if isinstance(value, str) else str(format_decimal(value))


def _named(what: Subject, number: int, names: Names) -> str:
    if what is Subject.USER and number in names.hidden:
        return _("the other side")
    return names.of(what, number) or _("number %(number)s (gone)", number=number)


def _code(value: Any, *enums: type[StrEnum]) -> str:
    for enum in enums:
        if value in set(enum) and enum(value) in LABELS.get(enum, {}):
            return label_of(enum(value))
    return str(value)


def _mapping(value: Mapping[str, Any]) -> str:
    if set(value) == {"characters", "sha256"}:
        count = value["characters"]
        return _n("a text of %(num)d character", "a text of %(num)d characters", count)
    told = (f"{key}: {_plain(item)}" for key, item in value.items())
    return "; ".join(told)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(text: str) -> str:
    try:
        return str(format_date(date.fromisoformat(text), "d MMMM y"))
    except ValueError:
        return text


def _field(name: str, kind: object) -> Field | None:
    tables = [table for asked, table in (*NEED_FIELDS.items(), *OFFER_FIELDS.items())]
    for asked, table in (*NEED_FIELDS.items(), *OFFER_FIELDS.items()):
        if asked == kind:
            tables = [table, *tables]
    return next((field for table in tables for field in table if field.name == name), None)
