"""One short sentence for each outcome of a condition (`matcher.conditions`)."""

from collections.abc import Mapping

from models.options import LANGUAGES, MOBILITY, PAPERS, SCHEDULES, SURROUNDINGS
from web.i18n import N_, _
from web.sentences.base import (
    Evidence,
    Word,
    amount,
    asker,
    lower,
    months,
    much,
    names,
    number,
    say,
    site,
    span,
    told,
)

#: Who works no higher than so many metres does not work at height.
_GROUND = 2.0
_HEIGHTS = say(
    N_("Works up to %(available)s m high; %(asked)s m asked."),
    available=number("available"),
    asked=number("asked"),
)
_ON_THE_GROUND = say(N_("Does not work at height; %(asked)s m asked."), asked=number("asked"))
_LOAD = say(
    N_("Lifts up to %(available)s kg; %(asked)s kg asked."),
    available=number("available"),
    asked=number("asked"),
)
_LEVEL = say(
    N_("Dutch %(available)s, %(asked)s asked."), available=told("available"), asked=told("asked")
)
_HELD = say(N_("Has what is required: %(names)s."), names=names("asked", PAPERS))
_MISSING = say(N_("Not mentioned: %(names)s."), names=names("missing", PAPERS))
_WELCOME = say(N_("Has what is welcome besides: %(names)s."), names=names("held", PAPERS))
_OTHER_MONTHS = say(
    N_("Works only in %(offer)s; asked %(need)s."), offer=months("offer"), need=months("need")
)


def _height(e: Evidence) -> str:
    return (_ON_THE_GROUND if e["available"] <= _GROUND < e["asked"] else _HEIGHTS)(e)


def _period_partly(e: Evidence) -> str:
    return _(
        "Free for %(share)s%% of the period: %(offer)s, asked %(need)s.",
        share=round(100 * e["share"]),
        offer=span("offer")(e),
        need=span("need")(e),
    )


def _moving_fits(e: Evidence) -> str:
    if e["available"] == "supplier":
        return _("Fetches the goods and brings them back.")
    return _("The asker brings and fetches the goods himself.")


def _shared_ways(e: Evidence) -> str:
    return lower("ways", MOBILITY)({"ways": sorted(set(e["asked"]) & set(e["available"]))})


def _bounds(e: Evidence) -> str:
    least, most = e["least"], e["most"]
    if least and most:
        return _("from %(least)s to %(most)s", least=amount(least), most=amount(most))
    if least:
        return _("from %(least)s on", least=amount(least))
    return _("up to %(most)s", most=amount(most))


def _things(e: Evidence) -> str:
    return ", ".join(thing for thing, _words in e["pairs"])


def _words_asked(e: Evidence) -> str:
    return ", ".join(f"“{words}”" for _thing, words in e["pairs"])


_ENOUGH = say(
    N_("%(free)s people free, %(asked)s asked."), free=told("available"), asked=told("asked")
)
_SHORT = say(
    N_("Capacity %(free)s of the %(asked)s people asked."),
    free=told("available"),
    asked=told("asked"),
)
_SOME_PROMISED = say(
    N_("%(free)s of %(people)s people free in that period, %(asked)s asked."),
    free=told("available"),
    people=told("people"),
    asked=told("asked"),
)


def _capacity(otherwise: Word) -> Word:
    def word(e: Evidence) -> str:
        if not e.get("promised"):
            return otherwise(e)
        if e["people"] == 1:
            return _("Already promised to somebody else in that period.")
        return _SOME_PROMISED(e)

    return word


CONDITIONS: Mapping[str, Word] = {
    "capacity.enough": _capacity(_ENOUGH),
    "capacity.short": _capacity(_SHORT),
    "capacity.order_too_small": say(
        N_("At most %(asked)s people asked, the smallest team is %(minimum)s."),
        asked=told("asked"),
        minimum=told("minimum"),
    ),
    "period.fits": say(N_("Free in the period asked (%(period)s)."), period=span("need")),
    "period.partly": _period_partly,
    "period.misses": say(
        N_("Not free in that period: %(offer)s, asked %(need)s."),
        offer=span("offer"),
        need=span("need"),
    ),
    "season.fits": say(N_("Works in these months: %(months)s."), months=months("need")),
    "season.partly": _OTHER_MONTHS,
    "season.misses": _OTHER_MONTHS,
    "hours.fit": say(N_("%(hours)s hours a week fit."), hours=number("asked")),
    "hours.differ": say(
        N_("%(asked)s hours a week asked, %(available)s possible."),
        asked=number("asked"),
        available=number("available"),
    ),
    "schedule.fits": say(N_("The working times fit: %(times)s."), times=lower("asked", SCHEDULES)),
    "schedule.misses": say(N_("Not possible: %(times)s."), times=lower("missing", SCHEDULES)),
    "certificates.held": _HELD,
    "certificates.missing": _MISSING,
    "licences.held": _HELD,
    "licences.missing": _MISSING,
    "wishes.held": _WELCOME,
    "wishes.partly": _WELCOME,
    "wishes.none": say(
        N_("Does not mention what is welcome: %(names)s."), names=names("asked", PAPERS)
    ),
    "language.enough": _LEVEL,
    "language.short": _LEVEL,
    "language.other": say(
        N_("No language in common (%(asked)s asked)."), asked=names("asked", LANGUAGES)
    ),
    "site.fits": say(N_("The place of work fits: %(site)s."), site=site("asked")),
    "site.misses": say(
        N_("Asked %(asked)s, offered %(offered)s."), asked=site("asked"), offered=site("available")
    ),
    "phase.fits": say(N_("The right step of the track.")),
    "phase.misses": say(N_("Meant for another step of the track.")),
    "surroundings.fit": say(N_("Works %(where)s, as asked."), where=lower("asked", SURROUNDINGS)),
    "surroundings.clash": say(N_("Does not work %(where)s."), where=lower("missing", SURROUNDINGS)),
    "height.fits": _height,
    "height.short": _height,
    "load.fits": _LOAD,
    "load.heavy": _LOAD,
    "askers.welcome": say(N_("Works for who asks this: %(asker)s."), asker=asker("asked")),
    "askers.refused": say(N_("Does not work for who asks this: %(asker)s."), asker=asker("asked")),
    "moving.fits": _moving_fits,
    "moving.misses": say(N_("Does not fetch or bring the goods.")),
    "travel.fits": say(N_("The workplace can be reached: %(ways)s."), ways=_shared_ways),
    "travel.misses": say(
        N_("The workplace is reached by %(asked)s; possible: %(available)s."),
        asked=lower("asked", MOBILITY),
        available=lower("available", MOBILITY),
    ),
    "amount.enough": say(
        N_("Can do %(available)s; %(asked)s asked."),
        available=much("available"),
        asked=much("asked"),
    ),
    "amount.short": say(
        N_("Capacity %(available)s of the %(asked)s asked."),
        available=much("available"),
        asked=much("asked"),
    ),
    "order.fits": say(
        N_("Takes orders %(bounds)s; %(asked)s asked."), bounds=_bounds, asked=much("asked")
    ),
    "order.outside": say(
        N_("Only takes orders %(bounds)s; %(asked)s asked."), bounds=_bounds, asked=much("asked")
    ),
    "excluded.asked": say(
        N_("Does not do %(things)s; the need asks %(words)s."), things=_things, words=_words_asked
    ),
}
