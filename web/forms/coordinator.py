"""Forms of the coordinator: deciding, putting off, and handing over."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField

from models.states import RefusalReason
from web.forms.base import (
    BrugForm,
    DayField,
    LineField,
    NumberField,
    Required,
    TextField,
    not_in_past,
)
from web.i18n import _, _l
from web.labels import options_of

LONGEST_WORDS = 2_000


class SeenField(HiddenField):
    """The version of a row that the page was made from; what is no number counts as none."""

    @property
    def version(self) -> int | None:
        """Return the version, or None."""
        text = str(self.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


class DecisionForm(BrugForm):
    """What every decision carries: what the person saw."""

    seen = SeenField()
    seen_need = SeenField()
    also = HiddenField()


class ApproveForm(DecisionForm):
    """Approve an offer; words are asked where a better one is passed over."""

    words = TextField(_l("Why this offer?"), most=LONGEST_WORDS)
    people = NumberField(_l("For how many people?"), minimum=1, maximum=500)


class RefuseForm(DecisionForm):
    """Refuse an offer, with a reason."""

    refusal_reason = SelectField(_l("Why does it not fit?"), validate_choice=True)
    words = TextField(_l("In a few words"), most=LONGEST_WORDS)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.refusal_reason.choices = [("", _("Choose…")), *options_of(RefusalReason)]

    @property
    def reason(self) -> RefusalReason | None:
        """Return the chosen reason."""
        return RefusalReason(self.refusal_reason.data) if self.refusal_reason.data else None


class SeenForm(BrugForm):
    """A button with the version that the page was made from."""

    seen = SeenField()


class LaterForm(SeenForm):
    """Put a need off until a day."""

    until = DayField(_l("Bring it back on"), [Required(), not_in_past])


class ByHandForm(BrugForm):
    """Put an offer forward by hand."""

    words = TextField(_l("Why this offer?"), [Required()], most=LONGEST_WORDS)


class HandOverForm(BrugForm):
    """Give a need to a colleague."""

    colleague = HiddenField()
    words = LineField(_l("A word for your colleague"))


class RefuseOrganisationForm(BrugForm):
    """Keep a supplier out, with what its people will read."""

    reason = TextField(_l("Why not?"), [Required()], most=LONGEST_WORDS)


class InterestForm(BrugForm):
    """Declare an interest in an organisation."""

    organisation = HiddenField()
    note = LineField(_l("What is your interest?"), most=300)


class ConfirmedForm(BrugForm):
    """A form that may ask whether one is sure."""

    confirm = BooleanField(_l("Yes, I am sure"))
