"""The two steps of writing a need: one's own words, then the questions of its kind."""

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from matcher.vocabulary import NeedKind
from models import Need
from models.fields import Field
from models.need_fields import NEED_FIELDS
from models.states import Recurrence, Urgency, Visibility
from web.forms.base import (
    BrugForm,
    DayField,
    IdsField,
    LineField,
    Required,
    TextField,
    choices_of,
)
from web.forms.dynamic import form_with
from web.i18n import _, _l
from web.labels import options_of
from web.services.conditions import UNREAD
from web.services.fields import field_values

#: Asked of every kind, beside those that its table marks as required.
FIRST_QUESTIONS = ("start_date", "start_to_agree")
LAST_QUESTIONS = (
    "end_date",
    "duration",
    "recurrence",
    "urgency",
    "budget",
    "visibility",
    "contact_id",
)


class WordsForm(BrugForm):
    """What is needed and where, in the asker's own words, with what Brug makes of them."""

    version = HiddenField()
    submission_key = HiddenField()
    guessed = HiddenField()
    organisation_id = SelectField(_l("For which organisation?"), coerce=int)
    text = TextField(_l("Your need, in your own words"), [Required()])
    place = LineField(_l("Where is the work done?"), [Required()], most=120)
    kind = RadioField(_l("What kind of help is it?"), choices=[], validate_choice=False)
    activity = IdsField()
    shown = IdsField()
    added = IdsField()
    add = LineField(_l("Add an activity"), most=120)
    confirmed = IdsField()

    @property
    def picked_kind(self) -> NeedKind | None:
        """Return the kind that the asker picked himself, and not just left as Brug proposed."""
        offered = {option.data for option in self.kind}
        if self.kind.data not in offered or self.kind.data == self.guessed.data:
            return None
        return NeedKind(self.kind.data)


class DetailsForm(BrugForm):
    """What every kind asks; `details_form_for` adds the questions of one kind."""

    version = HiddenField()
    title = LineField(_l("Title"))
    start_date = DayField(_l("From which day?"), [Optional()])
    start_to_agree = BooleanField(_l("The start is to be agreed"))
    end_date = DayField(_l("Until which day?"), [Optional()])
    duration = LineField(_l("How long?"), most=80)
    recurrence = SelectField(_l("Does it come back?"))
    urgency = SelectField(_l("How urgent is it?"))
    budget = LineField(_l("Budget or price you have in mind"), most=120)
    visibility = SelectField(_l("Who may see it?"))
    contact_id = SelectField(_l("Who is the contact?"), coerce=int)
    unread = IdsField()


class WithdrawForm(BrugForm):
    """Why a need is taken back, if one wants to say."""

    version = HiddenField()
    reason = TextField(_l("Why do you withdraw it? (not required)"), most=500)


def details_form_for(need: Need, contacts: list[tuple[int, str]]) -> DetailsForm:
    """Return the form of a need's kind, filled with what is stored unless something was sent."""
    table = NEED_FIELDS[need.kind]
    stored = {name: getattr(need, name) for name in ("title", *FIRST_QUESTIONS, *LAST_QUESTIONS)}
    form = form_with(DetailsForm, table)(
        data={
            **stored,
            **field_values(need, table),
            "version": need.version,
            "unread": need.details.get(UNREAD, []),
        }
    )
    assert isinstance(form, DetailsForm)
    form.recurrence.choices = choices_of([("", _("Choose…")), *options_of(Recurrence)])
    form.urgency.choices = choices_of(options_of(Urgency))
    form.visibility.choices = choices_of(options_of(Visibility))
    form.contact_id.choices = choices_of(contacts)
    return form


def questions(need: Need, route_due: bool) -> tuple[list[str], list[str]]:
    """Return the field names to ask first, and those to fold away."""
    table = NEED_FIELDS[need.kind]
    first = [field.name for field in table if _is_due(field, route_due)]
    # Half of a pair or of an amount makes no sense on another part of the page.
    for name, after in (("people_max", "people_min"), ("quantity", "quantity_unit")):
        if after in first and name in {field.name for field in table}:
            first.insert(first.index(after) + (name == "people_max"), name)
    rest = [field.name for field in table if field.name not in first]
    return [*FIRST_QUESTIONS, *first], [*LAST_QUESTIONS, *rest]


def _is_due(field: Field, route_due: bool) -> bool:
    return field.required or (route_due and field.name == "legal_route")
