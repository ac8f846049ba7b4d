"""What the coordinator's pages share."""

from typing import cast

from flask import Blueprint, current_app

from web.i18n import N_, _
from web.services.catalogue import Catalogue

blueprint = Blueprint("coordinator", __name__, url_prefix="/regie")

#: What the second of two people is told; the page he lands on shows what happened.
_CONFLICTS = {
    "stale": N_("Somebody decided on this match meanwhile. Nothing was overwritten."),
    "need_changed": N_("The need changed since you opened it. Read it again before you decide."),
    "need_closed": N_("The asker took this need back; there is nothing to decide any more."),
    "already_approved": N_("Another offer is already approved for this need."),
    "already_decided": N_("This offer was decided on already. Undo that first."),
    "offer_gone": N_("This offer can no longer be chosen: it was paused or ran out."),
    "promised": N_("All people of this offer are promised to others in that period."),
    "nothing_to_undo": N_("There is nothing to undo."),
    "introduced": N_(
        "Both sides said yes and know each other's contact: this can only be stopped on the page of"
        " the introduction."
    ),
    "decided": N_("Somebody decided on this organisation already."),
}
_REFUSALS = {
    "interest": N_(
        "You have an interest in one of the two sides, so a colleague must decide on this match."
    ),
    "own_interest": N_("You have an interest in this organisation, so a colleague must decide."),
    "refused_by_rule": N_("A rule keeps this offer out, so it cannot be chosen."),
}


def catalogue() -> Catalogue:
    """Return the shelf of this process."""
    return cast(Catalogue, current_app.extensions["brug_catalogue"])


def conflict_words(code: str) -> str:
    """Word what somebody else did first."""
    return _(_CONFLICTS.get(code, _CONFLICTS["stale"]))


def refusal_words(code: str) -> str:
    """Word why somebody may not do this."""
    return _(_REFUSALS.get(code, N_("You may not do this.")))
