"""The page of the first step: what was typed, turned into values and back."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from flask import render_template, request
from flask.typing import ResponseReturnValue

from matcher.values import Conditions
from matcher.vocabulary import NeedKind
from models import Need, Organisation
from models.marker import N_
from models.need_fields import NEED_FIELDS
from models.states import ActivityOrigin, NeedStatus
from web.database import db
from web.forms.base import choices_of
from web.forms.needs import WordsForm
from web.i18n import _
from web.labels import label_of
from web.login import current_actor
from web.reading_words import read_rows
from web.services.catalogue import Shelf
from web.services.conditions import UNREAD, conditions_of
from web.services.errors import InvalidError, NotFoundError
from web.services.need_queries import organisations_of, types_of
from web.services.needs import NeedDraft, draft_of
from web.services.places import FoundPlace, resolve_place
from web.services.readings import DAYS, joined, read_facts, taken_over
from web.services.recognition import (
    Look,
    Words,
    guess_kind,
    kinds_for,
    look,
    need_in,
    origins,
    propose_title,
)
from web.services.texts import LONGEST_TEXT, clean_line, clean_text
from web.services.visibility import offer_for
from web.urls import LARGEST_ID
from web.views.buyer.base import catalogue, today
from web.views.buyer.facts import changed_facts

UNKNOWN_PLACE = N_(
    "We do not know this place. Write a municipality or a postcode: 3460 Bekkevoort."
)


def words_form(need: Need | None = None) -> WordsForm:
    """Return the form of the first step, for a new need or for a stored one."""
    organisations = _askers(need)
    form = WordsForm(data=_stored(need) if need else _fresh(organisations[0]))
    form.organisation_id.choices = choices_of((o.id, o.name) for o in organisations)
    kinds = kinds_for(types_of(organisations))
    form.kind.choices = choices_of((kind.value, label_of(kind)) for kind in kinds)
    return form


def _askers(need: Need | None) -> list[Organisation]:
    return [need.organisation] if need else organisations_of(db(), current_actor())


def _fresh(organisation: Organisation) -> dict[str, object]:
    return {
        "submission_key": str(uuid4()),
        "organisation_id": organisation.id,
        "text": clean_text(request.args.get("tekst", "")[:LONGEST_TEXT]) or _like_offer(),
        "place": clean_line(request.args.get("plaats", "")[:120]) or _place_text(organisation),
    }


def _like_offer() -> str:
    """Return a first sentence for who comes from the page of an offer."""
    offer_id = request.args.get("aanbod", default=0, type=int)
    if not 0 < offer_id <= LARGEST_ID:
        return ""
    try:
        offer = offer_for(db(), current_actor(), offer_id)
    except NotFoundError:
        return ""
    return _("We are looking for something like “%(title)s”.", title=offer.title)


def _stored(need: Need) -> dict[str, object]:
    by_origin = {link.activity_id: link.origin for link in need.activities}
    rejected = {name for name in by_origin if by_origin[name] is ActivityOrigin.REJECTED}
    kept = by_origin.keys() - rejected
    return {
        "version": need.version,
        "organisation_id": need.organisation_id,
        "text": need.text,
        "place": _place_text(need),
        "kind": need.kind.value,
        # What stands by the need stays, also when the words that led to it change.
        "added": sorted(kept),
        "activity": sorted(kept),
        "shown": sorted(rejected),
    }


def _place_text(row: Need | Organisation) -> str:
    return f"{row.postcode or ''} {row.municipality.name if row.municipality else ''}".strip()


def asker_of(form: WordsForm, need: Need | None) -> Organisation | None:
    """Return the organisation that the form names; None when it is none of the person's."""
    return next((o for o in _askers(need) if o.id == form.organisation_id.data), None)


def found_place(form: WordsForm) -> FoundPlace | None:
    """Return the place that was typed, if it is one."""
    text = form.place.data or ""
    return resolve_place(db(), text) if 0 < len(text) <= 120 else None


def words_of(form: WordsForm, need: Need | None) -> Words:
    """Return what stands on the page, for the recogniser."""
    asker, place = asker_of(form, need), found_place(form)
    return Words(
        text=form.text.data or "",
        title=need.title if need else "",
        kind=form.picked_kind if may_change_kind(need) or need is None else need.kind,
        place=place.place if place else None,
        asker_id=asker.id if asker else None,
        asker_type=asker.type if asker else None,
        shown=form.shown.ids,
        added=form.added.ids,
        ticked=form.activity.ids,
        conditions=_answered(need, form.text.data or ""),
    )


def _answered(need: Need | None, text: str) -> Conditions:
    """Return what the questions of the second step were answered with.

    What was called wrong in other words may be right in these.
    """
    if need is None:
        return Conditions()
    told = conditions_of(need, NEED_FIELDS[need.kind])
    return told if text == need.text else replace(told, unread=frozenset())


def look_at(form: WordsForm, need: Need | None) -> Look:
    """Return what Brug makes of the page, and propose a kind where none was picked."""
    with catalogue().open(db()) as shelf:
        _take_over_activity(form, shelf)
        seen = look(shelf, words_of(form, need), today())
    if form.text.data and form.picked_kind is None:
        form.kind.data = form.guessed.data = seen.kind.value
    return seen


def _take_over_activity(form: WordsForm, shelf: Shelf) -> None:
    typed = form.add.data or ""
    for activity in shelf.taxonomy.suggest(typed, limit=1) if typed else ():
        form.added.data = [*form.added.ids, activity.id]
        form.activity.data = [*form.activity.ids, activity.id]
        form.add.data = ""


def written(form: WordsForm, need: Need | None = None) -> NeedDraft:
    """Return the draft that the page stands for, with what the second step already told.

    Raises `InvalidError` when the place is not known.
    """
    asker, place = asker_of(form, need), found_place(form)
    assert asker is not None  # the form was validated: it offers no other organisation
    if place is None:
        raise InvalidError({"place": UNKNOWN_PLACE})
    with catalogue().open(db()) as shelf:
        _take_over_activity(form, shelf)
        words = words_of(form, need)
        activities = origins(shelf, words)
    kind = words.kind or guess_kind(words.text, asker.type)
    before = draft_of(need) if need else NeedDraft(kind=kind, organisation_id=asker.id)
    kind = kind if may_change_kind(need) else before.kind
    return replace(
        _confirmed(before, words, kind, form.confirmed.ids),
        kind=kind,
        # A title that Brug proposed follows the words; one that was written stays.
        title="" if before.title == propose_title(before.text) else before.title,
        text=words.text,
        contact_id=before.contact_id or current_actor().user_id,
        municipality_nis=place.nis,
        postcode=place.postcode
        or (asker.postcode if asker.municipality_nis == place.nis else None),
        activities=activities,
    )


def _confirmed(
    before: NeedDraft, words: Words, kind: NeedKind, families: frozenset[str]
) -> NeedDraft:
    """Return a draft with what was read in the words and confirmed."""
    facts = read_facts(need_in(words, kind, today()), NEED_FIELDS[kind])
    answers = taken_over(facts, families)
    days = {name: answers.pop(name) for name in DAYS if name in answers}
    fields = {name: joined(before.fields.get(name), value) for name, value in answers.items()}
    unread = sorted(words.conditions.unread)
    return replace(before, **days, fields={**before.fields, **fields, UNREAD: unread})


def may_change_kind(need: Need | None) -> bool:
    """Tell whether the kind may still change: others already read a published need."""
    return need is None or need.status is NeedStatus.DRAFT


def seen(form: WordsForm, need: Need | None) -> dict[str, Any]:
    """Return what the part of the page shows that is drawn anew while one types."""
    look = look_at(form, need)
    return {"look": look, "read": read_rows(look.read)}


def words_page(form: WordsForm, need: Need | None = None, status: int = 200) -> ResponseReturnValue:
    """Return the page of the first step, with what Brug makes of what stands on it."""
    meanwhile = None
    if need is not None and status == HTTPStatus.CONFLICT:
        meanwhile = changed_facts(need, written(form, need))
        form.version.data = str(need.version)
    page = render_template(
        "buyer/words.html",
        form=form,
        need=need,
        **seen(form, need),
        with_kinds=may_change_kind(need),
        meanwhile=meanwhile,
    )
    return page, status
