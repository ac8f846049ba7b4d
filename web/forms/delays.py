"""The delays of a region."""

from models.states import Delay
from web.forms.base import BrugForm, NumberField, Required
from web.i18n import _l
from web.services.region_settings import SETTINGS


def _days(label: str, delay: Delay) -> NumberField:
    bounds = SETTINGS[delay.value]
    return NumberField(
        label,
        [Required()],
        minimum=bounds.least,
        maximum=bounds.most,
        description=_l("days"),
    )


class DelaysForm(BrugForm):
    """A number of days for each delay; a field is named after it."""

    ask_offer_days = _days(_l("Ask whether an offer is still right, after"), Delay.ASK_OFFER)
    pause_offer_days = _days(
        _l("Pause an offer for which nobody answers, after another"), Delay.PAUSE_OFFER
    )

    @property
    def wanted(self) -> dict[Delay, int]:
        """Return what was chosen."""
        return {delay: int(self[delay.value].data) for delay in Delay}
