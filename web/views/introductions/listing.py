"""What a list of introductions can be narrowed to."""

from matcher.vocabulary import NeedKind
from models.match_life import PUT_TO_SIDES
from models.states import MatchStatus
from web.filters import Choice, asked, asked_words, worded
from web.i18n import N_, _
from web.labels import label_of, options_of
from web.services.introductions import IntroductionFilter, Order, Turn

ORDERS = {Order.NEWEST: N_("Newest first"), Order.OLDEST: N_("Oldest first")}
TURNS = {Turn.MINE: N_("That wait for me")}


def asked_filter() -> IntroductionFilter:
    """Return the filter in the address."""
    status = asked(MatchStatus, "stand")
    return IntroductionFilter(
        words=asked_words(),
        kind=asked(NeedKind, "soort"),
        status=status if status in PUT_TO_SIDES else None,
        turn=asked(Turn, "wacht"),
        order=asked(Order, "volgorde") or Order.NEWEST,
    )


def choices(wanted: IntroductionFilter, *, with_turn: bool = True) -> list[Choice]:
    """Return what the filter offers; whoever only looks on has no turn."""
    states = [(status.value, label_of(status)) for status in PUT_TO_SIDES]
    found = [
        Choice("soort", _("Kind"), options_of(NeedKind), wanted.kind, _("All")),
        Choice("stand", _("State"), states, wanted.status, _("All")),
    ]
    if with_turn:
        found.append(Choice("wacht", _("Which"), worded(TURNS), wanted.turn, _("All")))
    return [*found, Choice("volgorde", _("Order"), worded(ORDERS), wanted.order)]
