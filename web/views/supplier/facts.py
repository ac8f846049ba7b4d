"""What an offer tells, as a person reads it."""

from datetime import date

from flask_babel import format_date

from models import Offer
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin
from web.database import db
from web.explanations import activity_labels
from web.forms.dynamic import shown_values
from web.i18n import _
from web.services.offer_queries import municipality_names
from web.services.offers import OfferDraft, draft_of

Fact = tuple[str, str]


def capacity_of(offer: Offer) -> list[str]:
    """Return in a few short phrases what is free, and when."""
    told = facts_of(draft_of(offer), with_names=False)
    names = ("people_max", "quantity", "hours_per_week", "start_date", "end_date")
    found = [told[name] for name in names if name in told and told[name][1]]
    return [f"{label}: {value}" for label, value in found]


def changed_facts(offer: Offer, draft: OfferDraft) -> list[Fact]:
    """Return what a stored offer tells where a draft, made from an older version, differs."""
    stored, wanted = facts_of(draft_of(offer)), facts_of(draft)
    return [fact for name, fact in stored.items() if fact != wanted[name]]


def facts_of(draft: OfferDraft, *, with_names: bool = True) -> dict[str, Fact]:
    """Return the label and the value of all that an offer tells, by field name."""
    table = OFFER_FIELDS[draft.kind]
    shown = shown_values(table, draft.fields)
    return {
        "title": (_("Title"), draft.title),
        "text": (_("Text"), draft.text),
        **(_places(draft) if with_names else {}),
        "radius_km": (_("Up to how far around that place?"), _km(draft.radius_km)),
        **{field.name: (_(field.label), shown.get(field.name, "")) for field in table},
        "start_date": (_("Free from"), _day(draft.start_date)),
        "end_date": (_("Free until"), _day(draft.end_date)),
        "valid_until": (_("Show this offer until"), _day(draft.valid_until)),
    }


def _places(draft: OfferDraft) -> dict[str, Fact]:
    base = frozenset({draft.municipality_nis} if draft.municipality_nis else ())
    names = municipality_names(db(), draft.service_nis | base)
    place = f"{draft.postcode or ''} {names.get(draft.municipality_nis or '', '')}".strip()
    area = ", ".join(name for nis, name in names.items() if nis in draft.service_nis)
    kept = [a for a, origin in draft.activities.items() if origin is not ActivityOrigin.REJECTED]
    labels = activity_labels()
    return {
        "place": (_("From which place do you work?"), place),
        "service_nis": (_("Or only in these municipalities"), area),
        "activities": (_("Activities"), ", ".join(sorted(labels.get(a, a) for a in kept))),
    }


def _km(value: float | None) -> str:
    return "" if value is None else f"{value:g} km"


def _day(value: date | None) -> str:
    return str(format_date(value, "d MMMM y")) if value else ""
