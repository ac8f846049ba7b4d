"""One short sentence for each reason code of the matcher, from its evidence."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal

from matcher.vocabulary import NeedKind, OfferKind, WorkSite
from models.options import CERTIFICATES, LANGUAGES, LICENCES, SCHEDULES
from web.i18n import N_, _
from web.labels import label_of

Evidence = Mapping[str, Any]
Labels = Mapping[str, str]
MOST_WORDS = 4

_UNKNOWN = {
    "text": N_("There is too little text to compare."),
    "activity": N_("It is not known which activity it is about."),
    "core_activity": N_("It is not known whether this is the core activity."),
    "distance": N_("The service area is not known."),
    "capacity": N_("It is not known how many people are free."),
    "period": N_("It is not known when they are free."),
    "hours": N_("It is not known how many hours are possible."),
    "schedule": N_("It is not known at which times they can work."),
    "certificates": N_("It is not known which certificates they hold."),
    "licences": N_("It is not known which licences they hold."),
    "language": N_("The level of Dutch is not known."),
    "site": N_("It is not known whether they come on site."),
    "phase": N_("It is not known for which step of the track this is."),
}


def unknown_sentence(code: str) -> str:
    """Say which fact was missing for a reason."""
    return _(_UNKNOWN.get(code.split(".")[0], N_("Something is not known.")))


def _km(value: float) -> str:
    return str(format_decimal(value, format="#,##0" if value >= 10 else "#,##0.#"))


def _number(value: float) -> str:
    return str(format_decimal(value))


def _names(codes: Iterable[str], *lists: tuple[tuple[str, str], ...]) -> str:
    words = {code: text for options in lists for code, text in options}
    return ", ".join(_(words[code]) if code in words else code for code in codes)


def _text_similar(e: Evidence, _labels: Labels) -> str:
    pairs = [_pair(*pair) for pair in (e.get("words") or [])[:MOST_WORDS]]
    if not pairs and e.get("meaning") is not None:
        return _("The two texts say something alike in other words.")
    if not pairs:
        return _("The two texts look alike.")
    return _("Words that agree: %(words)s", words=", ".join(pairs))


def _pair(one: str, other: str) -> str:
    return f"“{one}”" if one.casefold() == other.casefold() else f"“{one}” ~ “{other}”"


def _activity_shared(e: Evidence, labels: Labels) -> str:
    names = [labels.get(a["id"], a["id"]) for a in e["activities"][:3]]
    return _("Both are about %(activities)s.", activities=", ".join(names))


def _activity_cluster(e: Evidence, _labels: Labels) -> str:
    return _("Both are about work in the same field: %(cluster)s.", cluster=e["cluster"])


def _activity_none(e: Evidence, labels: Labels) -> str:
    offered = ", ".join(labels.get(a, a) for a in e["offer"][:3])
    return _("The offer is about something else: %(activities)s.", activities=offered)


def _kind_second(e: Evidence, _labels: Labels) -> str:
    return _(
        "Asked: %(asked)s; offered: %(offered)s.",
        asked=label_of(NeedKind(e["need_kind"])).lower(),
        offered=label_of(OfferKind(e["offer_kind"])).lower(),
    )


def _distance_inside(e: Evidence, _labels: Labels) -> str:
    if "km" not in e:
        return _("The place lies in the service area.")
    if e["km"] < 1:
        return _("In the same municipality.")
    return _("%(km)s km away, inside the service area.", km=_km(e["km"]))


def _distance_outside(e: Evidence, _labels: Labels) -> str:
    if "beyond_km" in e:
        return _(
            "%(km)s km away: %(beyond)s km outside the service area.",
            km=_km(e["km"]),
            beyond=_km(e["beyond_km"]),
        )
    if "km" in e:
        return _("%(km)s km away, outside the service area.", km=_km(e["km"]))
    return _("Outside the service area.")


def _distance_unknown(e: Evidence, _labels: Labels) -> str:
    if "km" in e:
        return _("%(km)s km away; the service area is not known.", km=_km(e["km"]))
    return unknown_sentence("distance")


def _capacity_enough(e: Evidence, _labels: Labels) -> str:
    return _("%(free)s people free, %(asked)s asked.", free=e["available"], asked=e["asked"])


def _capacity_short(e: Evidence, _labels: Labels) -> str:
    return _(
        "Capacity %(free)s of the %(asked)s people asked.", free=e["available"], asked=e["asked"]
    )


def _order_too_small(e: Evidence, _labels: Labels) -> str:
    return _(
        "At most %(asked)s people asked, the smallest team is %(minimum)s.",
        asked=e["asked"],
        minimum=e["minimum"],
    )


def _day(value: str | None) -> str:
    return str(format_date(date.fromisoformat(value), "d MMM y")) if value else "…"


def _span(days: list[str | None]) -> str:
    return f"{_day(days[0])} – {_day(days[1])}"


def _period_fits(e: Evidence, _labels: Labels) -> str:
    return _("Free in the period asked (%(period)s).", period=_span(e["need"]))


def _period_partly(e: Evidence, _labels: Labels) -> str:
    return _(
        "Free for %(share)s%% of the period: %(offer)s, asked %(need)s.",
        share=round(100 * e["share"]),
        offer=_span(e["offer"]),
        need=_span(e["need"]),
    )


def _period_misses(e: Evidence, _labels: Labels) -> str:
    return _(
        "Not free in that period: %(offer)s, asked %(need)s.",
        offer=_span(e["offer"]),
        need=_span(e["need"]),
    )


def _hours_fit(e: Evidence, _labels: Labels) -> str:
    return _("%(hours)s hours a week fit.", hours=_number(e["asked"]))


def _hours_differ(e: Evidence, _labels: Labels) -> str:
    return _(
        "%(asked)s hours a week asked, %(available)s possible.",
        asked=_number(e["asked"]),
        available=_number(e["available"]),
    )


def _schedule_fits(e: Evidence, _labels: Labels) -> str:
    return _("The working times fit: %(times)s.", times=_names(e["asked"], SCHEDULES).lower())


def _schedule_misses(e: Evidence, _labels: Labels) -> str:
    return _("Not possible: %(times)s.", times=_names(e["missing"], SCHEDULES).lower())


def _papers_held(e: Evidence, _labels: Labels) -> str:
    return _("Has what is required: %(names)s.", names=_names(e["asked"], CERTIFICATES, LICENCES))


def _papers_missing(e: Evidence, _labels: Labels) -> str:
    return _("Not mentioned: %(names)s.", names=_names(e["missing"], CERTIFICATES, LICENCES))


def _language_enough(e: Evidence, _labels: Labels) -> str:
    return _("Dutch %(available)s, %(asked)s asked.", available=e["available"], asked=e["asked"])


def _language_other(e: Evidence, _labels: Labels) -> str:
    return _("No language in common (%(asked)s asked).", asked=_names(e["asked"], LANGUAGES))


def _site_fits(e: Evidence, _labels: Labels) -> str:
    return _("The place of work fits: %(site)s.", site=label_of(WorkSite(e["asked"])).lower())


def _site_misses(e: Evidence, _labels: Labels) -> str:
    return _(
        "Asked %(asked)s, offered %(offered)s.",
        asked=label_of(WorkSite(e["asked"])).lower(),
        offered=label_of(WorkSite(e["available"])).lower(),
    )


def _plain(message: str) -> Callable[[Evidence, Labels], str]:
    return lambda _evidence, _labels: _(message) if message else ""


SENTENCES: dict[str, Callable[[Evidence, Labels], str]] = {
    "base": _plain(""),
    "text.similar": _text_similar,
    "text.none": _plain(N_("The two texts have little in common.")),
    "activity.shared": _activity_shared,
    "activity.cluster": _activity_cluster,
    "activity.none": _activity_none,
    "kind.natural": _plain(""),
    "kind.second": _kind_second,
    "core_activity.yes": _plain(N_("It is the asker's core activity, as an enclave requires.")),
    "core_activity.no": _plain(N_("It is not the asker's core activity: a service fits better.")),
    "distance.inside": _distance_inside,
    "distance.outside": _distance_outside,
    "distance.unknown": _distance_unknown,
    "capacity.enough": _capacity_enough,
    "capacity.short": _capacity_short,
    "capacity.order_too_small": _order_too_small,
    "period.fits": _period_fits,
    "period.partly": _period_partly,
    "period.misses": _period_misses,
    "hours.fit": _hours_fit,
    "hours.differ": _hours_differ,
    "schedule.fits": _schedule_fits,
    "schedule.misses": _schedule_misses,
    "certificates.held": _papers_held,
    "certificates.missing": _papers_missing,
    "licences.held": _papers_held,
    "licences.missing": _papers_missing,
    "language.enough": _language_enough,
    "language.short": _language_enough,
    "language.other": _language_other,
    "site.fits": _site_fits,
    "site.misses": _site_misses,
    "phase.fits": _plain(N_("The right step of the track.")),
    "phase.misses": _plain(N_("Meant for another step of the track.")),
}
