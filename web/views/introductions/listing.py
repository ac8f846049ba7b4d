"""What a list of introductions can be narrowed to."""

from matcher.vocabulary import NeedKind
from web.filters import Choice, asked, asked_words, worded
from web.i18n import N_, _
from web.labels import options_of
from web.services.introductions import IntroductionFilter, Order, Talk

ORDERS = {Order.NEWEST: N_("Newest first"), Order.OLDEST: N_("Oldest first")}
TALKS = {Talk.NO: N_("Not spoken yet"), Talk.YES: N_("Spoken")}


def asked_filter() -> IntroductionFilter:
    """Return the filter in the address."""
    return IntroductionFilter(
        words=asked_words(),
        kind=asked(NeedKind, "soort"),
        talk=asked(Talk, "gesproken"),
        order=asked(Order, "volgorde") or Order.NEWEST,
    )


def choices(wanted: IntroductionFilter) -> list[Choice]:
    """Return what the filter offers."""
    return [
        Choice("soort", _("Kind"), options_of(NeedKind), wanted.kind, _("All")),
        Choice("gesproken", _("State"), worded(TALKS), wanted.talk, _("All")),
        Choice("volgorde", _("Order"), worded(ORDERS), wanted.order),
    ]
