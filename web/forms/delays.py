"""The delays of a region."""

from models.states import Delay
from web.forms.base import BrugForm, NumberField, Required
from web.i18n import _l
from web.services.reminding.delays import LEAST, MOST


def _days(label: str) -> NumberField:
    return NumberField(label, [Required()], minimum=LEAST, maximum=MOST, description=_l("days"))


class DelaysForm(BrugForm):
    """A number of days for each delay; a field is named after it."""

    ask_offer = _days(_l("Ask whether an offer is still right, after"))
    pause_offer = _days(_l("Pause an offer for which nobody answers, after another"))

    @property
    def wanted(self) -> dict[Delay, int]:
        """Return what was chosen."""
        return {delay: int(self[delay.value].data) for delay in Delay}
