"""Sentences on the texts, the activities, the kind and the distance of a pair."""

from collections.abc import Callable

from flask_babel import format_decimal

from matcher.vocabulary import NeedKind, OfferKind
from web.i18n import N_, _
from web.labels import label_of
from web.sentences.base import Evidence, Labels
from web.sentences.unknown import unknown_sentence

MOST_WORDS = 4


def _km(value: float) -> str:
    return str(format_decimal(value, format="#,##0" if value >= 10 else "#,##0.#"))


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
    asked = [a for a in e["offer"] if a in e["need"]]
    others = ", ".join(labels.get(a, a) for a in e["offer"] if a not in asked)
    shared = ", ".join(labels.get(a, a) for a in asked)
    if not asked:
        return _("The offer is about something else: %(activities)s.", activities=others)
    if not others:
        return _("The need is about %(activities)s for a small part only.", activities=shared)
    return _(
        "The offer is mostly about something else (%(others)s), and a little about %(shared)s.",
        others=others,
        shared=shared,
    )


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
    return unknown_sentence("distance", e)


def _plain(message: str) -> Callable[[Evidence, Labels], str]:
    return lambda _evidence, _labels: _(message) if message else ""


TEXTS: dict[str, Callable[[Evidence, Labels], str]] = {
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
}
