"""The delays of a region."""

from models.states import Delay
from web.forms.base import BrugForm, NumberField, Required
from web.i18n import _l
from web.services.region_settings import SETTINGS


def _days(label: str, delay: Delay, unit: str = _l("days")) -> NumberField:
    bounds = SETTINGS[delay.value]
    return NumberField(
        label,
        [Required()],
        minimum=bounds.least,
        maximum=bounds.most,
        description=unit,
    )


class DelaysForm(BrugForm):
    """A number of days for each delay; a field is named after it."""

    ask_offer_days = _days(_l("Ask whether an offer is still right, after"), Delay.ASK_OFFER)
    pause_offer_days = _days(
        _l("Pause an offer for which nobody answers, after another"), Delay.PAUSE_OFFER
    )

    remind_side_days = _days(
        _l("Remind a side that does not answer a proposal, after"),
        Delay.REMIND_SIDE,
        _l("working days"),
    )
    tell_silent_days = _days(
        _l("Tell the coordinator that it stays silent, after"),
        Delay.TELL_SILENT,
        _l("working days"),
    )

    ask_outcome_days = _days(
        _l("Ask both sides how it went, after the day agreed and another"), Delay.ASK_OUTCOME
    )

    @property
    def wanted(self) -> dict[Delay, int]:
        """Return what was chosen."""
        return {delay: int(self[delay.value].data) for delay in Delay}
