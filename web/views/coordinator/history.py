"""What happened to a need, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models import Event
from models.states import MatchStatus, RefusalReason
from web.i18n import N_, _
from web.labels import label_of

_ACTIONS = {
    "created": N_("wrote the need"),
    "published": N_("published the need"),
    "changed": N_("changed the need"),
    "withdrawn": N_("took the need back"),
    "reopened": N_("opened the need again"),
    "postponed": N_("put the need off"),
    "resumed": N_("took the need up again"),
    "handed_over": N_("handed the need to a colleague"),
    "added_by_hand": N_("put an offer forward by hand"),
    "undone": N_("undid a decision"),
    "came_back": N_("suggests a refused offer again: one side changed what mattered"),
    "contact_made": N_("noted that the two sides spoke"),
}
_DECISIONS = {
    MatchStatus.APPROVED: N_("approved an offer"),
    MatchStatus.REFUSED: N_("refused an offer"),
    MatchStatus.SET_ASIDE: N_("set an offer aside"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history."""

    at: datetime
    who: str
    what: str
    detail: str
    offer_id: int | None


def worded_history(events: Iterable[Event]) -> list[Happening]:
    """Return the events that a person can use, in words."""
    return [_happening(event) for event in events if _words(event)]


def worded_status(status: MatchStatus) -> str:
    """Say what a person did who brought a match to a status."""
    return _(_DECISIONS.get(status, _ACTIONS["undone"]))


def _words(event: Event) -> str:
    if event.action == "decided":
        return worded_status(MatchStatus(event.after["status"]))
    return _(_ACTIONS[event.action]) if event.action in _ACTIONS else ""


def _happening(event: Event) -> Happening:
    after = event.after
    parts = []
    if after.get("refusal"):
        parts.append(label_of(RefusalReason(after["refusal"])))
    if event.action == "decided" and (after.get("position") or 1) > 1:
        parts.append(_("ranked %(position)s", position=after["position"]))
    if event.reason:
        parts.append(event.reason)
    who = event.actor.name if event.actor else "Brug"
    return Happening(event.at, who, _words(event), " · ".join(parts), after.get("offer"))
