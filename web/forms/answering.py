"""The button of a mail, with a reason where one is asked."""

from collections.abc import Sequence

from wtforms import SelectField

from models.states import FallReason
from web.forms.base import BrugForm, Required
from web.i18n import _, _l
from web.labels import label_of


class AnswerForm(BrugForm):
    """The answer to a mail."""

    reason = SelectField(_l("Why does it not fit?"), [Required()])

    def offer(self, reasons: Sequence[FallReason]) -> None:
        """Ask for one of these reasons, or for none."""
        if not reasons:
            del self.reason
            return
        choices = [(reason.value, label_of(reason)) for reason in reasons]
        self.reason.choices = [("", _("Choose…")), *choices]

    @property
    def chosen(self) -> str | None:
        """Return the reason that was chosen."""
        return self.reason.data if "reason" in self else None
