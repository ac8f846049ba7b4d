"""Where a need stands, and what happened to it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models import Event, Need
from models.states import NeedStatus
from web.i18n import N_, _, _n
from web.services.need_queries import Order

ORDER_LABELS = {
    Order.NEWEST: N_("Newest first"),
    Order.CHANGED: N_("Last changed first"),
    Order.START: N_("Soonest start first"),
    Order.TITLE: N_("By title"),
}

_HAPPENED = {
    "created": N_("Started as a draft"),
    "changed": N_("Changed"),
    "published": N_("Published"),
    "withdrawn": N_("Withdrawn"),
    "reopened": N_("Reopened"),
    "status approved": N_("The coordinator approved a match"),
    "status published": N_("The coordinator took the approval back"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a need; `state` is done, now or later."""

    state: str
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a need."""

    at: datetime
    words: str
    name: str
    reason: str


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
        (_("Introduction"), _("You and the organisation find each other's contact.")),
    )
    now = 3 if is_open else current
    return [
        Step("done" if n < now else "now" if n == now else "later", title, words)
        for n, (title, words) in enumerate(steps)
    ]


def told_history(events: Sequence[Event]) -> list[Happening]:
    """Return the happenings that the asker may read about, the newest first."""
    told = []
    for event in events:
        action = event.action
        if action == "status":
            action = f"status {event.after.get('status')}"
        if action in _HAPPENED:
            name = event.actor.name if event.actor else ""
            told.append(Happening(event.at, _(_HAPPENED[action]), name, event.reason or ""))
    return told[::-1]
