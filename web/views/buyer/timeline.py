"""Where a need stands, in words."""

from dataclasses import dataclass

from models import Need
from models.states import NeedStatus
from web.i18n import N_, _, _n
from web.services.need_queries import Order

ORDER_LABELS = {
    Order.NEWEST: N_("Newest first"),
    Order.CHANGED: N_("Last changed first"),
    Order.START: N_("Soonest start first"),
    Order.TITLE: N_("By title"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a need; `state` is done, now or later."""

    state: str
    title: str
    words: str = ""


def steps_of(need: Need, count: int) -> list[Step]:
    """Return the way of a need, from draft to introduction."""
    is_open = need.status is NeedStatus.PUBLISHED
    place = {NeedStatus.DRAFT: 0, NeedStatus.PUBLISHED: 2, NeedStatus.APPROVED: 4}
    current = place.get(need.status, -1)
    found = _n("%(num)d offer fits", "%(num)d offers fit", count) if current > 0 else ""
    steps = (
        (_("Draft"), _("Only you and your colleagues see it.")),
        (_("Published"), ""),
        (_("Suggestions"), found),
        (_("The coordinator decides"), _("He or she calls when something is unclear.")),
        (_("Introduction"), _("When both say yes, you find each other's contact.")),
    )
    now = 3 if is_open else current
    return [
        Step("done" if n < now else "now" if n == now else "later", title, words)
        for n, (title, words) in enumerate(steps)
    ]
