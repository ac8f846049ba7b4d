"""The page of one offer: what was typed, turned into values and back."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast
from uuid import uuid4

from flask import render_template
from flask.typing import ResponseReturnValue

from matcher.vocabulary import OfferKind
from models import Offer, Organisation
from models.marker import N_
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin, OfferStatus
from web.database import db
from web.forms.base import choices_of
from web.forms.dynamic import read_fields
from web.forms.offers import OfferForm, offer_form_class, questions
from web.forms.readings import press
from web.i18n import _
from web.login import current_actor
from web.reading_words import read_rows
from web.services.catalogue import Shelf
from web.services.conditions import UNREAD
from web.services.errors import InvalidError, NotFoundError
from web.services.fields import field_values
from web.services.need_queries import contacts_of
from web.services.offer_queries import (
    municipality_names,
    region_municipalities,
    supplier_organisations,
)
from web.services.offer_words import Look, look_at_offer
from web.services.offers import OfferDraft
from web.services.places import resolve_place
from web.services.profile_rewrites import rewrites
from web.services.readings import asked_about, known_families
from web.services.recognition import Words, origins, propose_title
from web.views.supplier.base import SLUGS, catalogue, today
from web.views.supplier.facts import changed_facts
from web.views.supplier.privacy import take_rewrite_over, told_away

UNKNOWN_PLACE = N_(
    "We do not know this place. Write a municipality or a postcode: 3460 Bekkevoort."
)

FROM_WHERE = N_("From which place do you work?")
PLACE_LABELS = {
    OfferKind.PROFILE: N_("From which municipality does the person travel?"),
    OfferKind.WORKPLACE: N_("Where is the workplace?"),
}
TEXT_LABELS = {
    OfferKind.PROFILE: N_("What the person can do and looks for, in your own words"),
    OfferKind.WORKPLACE: N_("What one does and learns there, in your own words"),
}


def organisations_for(offer: Offer | None) -> list[Organisation]:
    """Return the organisations that the form may be about."""
    if offer is not None:
        return [offer.organisation]
    found = supplier_organisations(db(), current_actor())
    if not found:
        raise NotFoundError
    return found


def offer_form(kind: OfferKind, offer: Offer | None = None) -> OfferForm:
    """Return the form of a new or a stored offer, with what was sent if anything was."""
    organisations = organisations_for(offer)
    stored = _stored(offer) if offer else _fresh(organisations[0])
    form = offer_form_class(kind)(data=stored)
    if kind in TEXT_LABELS:
        form.text.label.text = _(TEXT_LABELS[kind])
    form.place.label.text = _(PLACE_LABELS.get(kind, FROM_WHERE))
    form.organisation_id.choices = choices_of((o.id, o.name) for o in organisations)
    _offer_contacts(form, organisations)
    _take_over_municipality(form)
    form.service_nis.choices = choices_of(_municipalities(form, organisations))
    return form


def _offer_contacts(form: OfferForm, organisations: list[Organisation]) -> None:
    known = {organisation.id for organisation in organisations}
    about = form.organisation_id.data
    choices = contacts_of(db(), about if about in known else min(known))
    form.contact_id.choices = choices_of(choices)
    # Another organisation was picked on the page: its first contact rather than a stranger's.
    if choices and form.contact_id.data not in dict(choices):
        form.contact_id.data = choices[0][0]


def _fresh(organisation: Organisation) -> dict[str, object]:
    place = organisation.municipality.name if organisation.municipality else ""
    return {
        "submission_key": str(uuid4()),
        "organisation_id": organisation.id,
        "contact_id": current_actor().user_id,
        "place": f"{organisation.postcode or ''} {place}".strip(),
    }


def _stored(offer: Offer) -> dict[str, object]:
    by_origin = {link.activity_id: link.origin for link in offer.activities}
    rejected = {name for name in by_origin if by_origin[name] is ActivityOrigin.REJECTED}
    kept = sorted(by_origin.keys() - rejected)
    place = offer.municipality.name if offer.municipality else ""
    plain = ("version", "organisation_id", "contact_id", "title", "text", "radius_km")
    days = ("start_date", "end_date", "valid_until")
    return {
        **{name: getattr(offer, name) for name in (*plain, *days)},
        **field_values(offer, OFFER_FIELDS[offer.kind]),
        UNREAD: offer.details.get(UNREAD, []),
        "place": f"{offer.postcode or ''} {place}".strip(),
        "service_nis": [municipality.nis for municipality in offer.service_area],
        # What stands by the offer stays, also when the words that led to it change.
        "added": kept,
        "activity": kept,
        "shown": sorted(rejected),
    }


def _take_over_municipality(form: OfferForm) -> None:
    """Tick the municipality that was typed; one that is not known stays in the field."""
    typed = form.area_add.data or ""
    found = resolve_place(db(), typed) if 0 < len(typed) <= 120 else None
    if found:
        form.service_nis.data = [*(form.service_nis.data or []), found.nis]
        form.area_add.data = ""


def _municipalities(form: OfferForm, organisations: list[Organisation]) -> list[tuple[str, str]]:
    regions = {o.region_id for o in organisations if o.region_id is not None}
    near = {
        m.nis: m.name for region in sorted(regions) for m in region_municipalities(db(), region)
    }
    ticked = frozenset((form.service_nis.data or [])[:300])
    return list({**near, **municipality_names(db(), ticked - near.keys())}.items())


def words_of(form: OfferForm) -> Words:
    """Return what stands on the page, for the recogniser."""
    return Words(
        text=form.text.data or "",
        title=form.title.data or "",
        shown=form.shown.ids,
        added=form.added.ids,
        ticked=form.activity.ids,
    )


def take_over_activity(form: OfferForm, shelf: Shelf) -> None:
    """Tick the activity that was typed, if it is one."""
    typed = form.add.data or ""
    for activity in shelf.taxonomy.suggest(typed, limit=1) if typed else ():
        form.added.data = [*form.added.ids, activity.id]
        form.activity.data = [*form.activity.ids, activity.id]
        form.add.data = ""


def look_at(form: OfferForm, kind: OfferKind) -> Look:
    """Return what Brug makes of the words on the page."""
    known: list[int] = [choice.value for choice in cast(list[Any], form.organisation_id.choices)]
    about = form.organisation_id.data
    draft = replace(
        _told(form, kind),
        organisation_id=next((number for number in known if number == about), known[0]),
        service_nis=frozenset(form.service_nis.data or []),
    )
    found = resolve_place(db(), (form.place.data or "")[:120])
    place = found.place if found else None
    with catalogue().open(db()) as shelf:
        take_over_activity(form, shelf)
        words = words_of(form)
        return look_at_offer(db(), shelf, current_actor(), draft, words, place, today())


def seen(form: OfferForm, kind: OfferKind) -> tuple[Look, dict[str, Any]]:
    """Return what Brug makes of the page, and what its part shows that is drawn while one types."""
    look = look_at(form, kind)
    return look, {"look": look, "read": read_rows(look.read)}


def pressed(form: OfferForm, kind: OfferKind, action: str) -> bool:
    """Do what a button beside a reading or a proposal asks; nothing is stored yet."""
    return take_rewrite_over(form, kind, action) or press(
        form, action, lambda: look_at(form, kind).read
    )


def written(form: OfferForm, kind: OfferKind) -> OfferDraft:
    """Return the draft that the page stands for; raises `InvalidError` for an unknown place."""
    typed = form.place.data or ""
    place = resolve_place(db(), typed) if typed else None
    problems = {"place": UNKNOWN_PLACE} if typed and place is None else {}
    if form.area_add.data:
        problems["area_add"] = UNKNOWN_PLACE
    if problems:
        raise InvalidError(problems)
    with catalogue().open(db()) as shelf:
        take_over_activity(form, shelf)
        activities = origins(shelf, words_of(form))
    return replace(
        _told(form, kind),
        municipality_nis=place.nis if place else None,
        postcode=place.postcode if place else None,
        service_nis=frozenset(form.service_nis.data or []),
        activities=activities,
    )


def _told(form: OfferForm, kind: OfferKind) -> OfferDraft:
    return OfferDraft(
        kind=kind,
        organisation_id=form.organisation_id.data,
        contact_id=form.contact_id.data,
        title=form.title.data or propose_title(form.text.data or ""),
        text=form.text.data or "",
        radius_km=form.radius_km.data,
        start_date=form.start_date.data,
        end_date=form.end_date.data,
        valid_until=form.valid_until.data,
        fields={
            **read_fields(form, OFFER_FIELDS[kind]),
            UNREAD: sorted(known_families(form.unread.ids)),
        },
    )


def offer_page(
    form: OfferForm, kind: OfferKind, offer: Offer | None = None, status: int = 200
) -> ResponseReturnValue:
    """Return the page with what Brug makes of what stands on it."""
    meanwhile = None
    if offer is not None and status == HTTPStatus.CONFLICT:
        meanwhile = changed_facts(offer, written(form, kind))
        form.version.data = str(offer.version)
    look, shown = seen(form, kind)
    first, rest = questions(kind)
    names = asked_about(look.read, [question.name for question in rest])
    page = render_template(
        "supplier/offer_form.html",
        form=form,
        kind=kind,
        slug=next(slug for slug, known in SLUGS.items() if known is kind),
        offer=offer,
        **shown,
        first=first,
        about=[question for question in rest if question.name in names],
        rest=[question for question in rest if question.name not in names],
        told_away=told_away(form, kind),
        rewrites=rewrites,
        meanwhile=meanwhile,
        is_draft=offer is None or offer.status is OfferStatus.DRAFT,
        may_publish=bool(current_actor().supplier_ids),
    )
    return page, status
