"""The form of an offer: one page, with the questions of its kind."""

from typing import cast

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import Optional

from matcher.vocabulary import OfferKind
from models.fields import Field
from models.offer_fields import OFFER_FIELDS
from web.forms.base import BrugForm, DayField, IdsField, LineField, NumberField, TextField
from web.forms.dynamic import ChoicesField, form_with
from web.i18n import _l
from web.services.offer_checks import FURTHEST_KM

#: A pair of which one half is required belongs together.
_PAIRS = {"people_max": "people_min"}


class OfferForm(BrugForm):
    """What every kind asks; `offer_form_class` adds the questions of one kind."""

    version = HiddenField()
    submission_key = HiddenField()
    organisation_id = SelectField(_l("For which organisation?"), coerce=int)
    title = LineField(_l("Title"))
    text = TextField(_l("What you can do, in your own words"))
    activity = IdsField()
    shown = IdsField()
    added = IdsField()
    add = LineField(_l("Add an activity"), most=120)
    place = LineField(_l("From which place do you work?"), most=120)
    radius_km = NumberField(
        _l("Up to how far around that place?"),
        minimum=1,
        maximum=FURTHEST_KM,
        description=_l("km"),
    )
    service_nis = ChoicesField(_l("Or only in these municipalities"), choices=[])
    area_add = LineField(_l("Add another municipality"), most=120)
    start_date = DayField(_l("Free from"), [Optional()])
    end_date = DayField(_l("Free until"), [Optional()])
    valid_until = DayField(_l("Show this offer until"), [Optional()])
    contact_id = SelectField(_l("Who is the contact?"), coerce=int)
    unread = IdsField()
    looked_over = BooleanField(_l("I have checked this"))


class StepForm(BrugForm):
    """A button that does one thing, once."""

    submission_key = HiddenField()


def offer_form_class(kind: OfferKind) -> type[OfferForm]:
    """Return the form of a kind of offer."""
    return cast(type[OfferForm], form_with(OfferForm, OFFER_FIELDS[kind]))


def questions(kind: OfferKind) -> tuple[list[Field], list[Field]]:
    """Return the questions of a kind to ask first, and those to fold away."""
    table = OFFER_FIELDS[kind]
    due = {field.name for field in table if field.required}
    due |= {_PAIRS[name] for name in due if name in _PAIRS}
    return [f for f in table if f.name in due], [f for f in table if f.name not in due]
