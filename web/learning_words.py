"""What was learned, in plain words: each weight by name, its change, and how that was tested."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal

from matcher.trial import ORDER_SLACK
from models import WeightsVersion
from models.states import TrialKind
from web.i18n import N_, _
from web.services.learning.versions import Change

#: What each knob of `matcher.weights` counts, named by its first code.
KNOBS: Mapping[str, str] = {
    "text.similar": N_("Texts that say the same"),
    "activity.shared": N_("The kind of work"),
    "kind.second": N_("Another form than the one asked"),
    "distance.inside": N_("Inside the service area"),
    "distance.outside": N_("Outside the service area"),
    "capacity.enough": N_("Enough people free"),
    "capacity.short": N_("Too few people free"),
    "capacity.order_too_small": N_("Fewer people asked than the smallest team"),
    "period.fits": N_("The period"),
    "hours.fit": N_("The hours fit"),
    "hours.differ": N_("Other hours than asked"),
    "schedule.fits": N_("The working times fit"),
    "schedule.misses": N_("Working times that are not possible"),
    "certificates.held": N_("Has the certificates"),
    "certificates.missing": N_("A certificate is missing"),
    "licences.held": N_("Has the licences"),
    "licences.missing": N_("A licence is missing"),
    "language.enough": N_("Enough Dutch"),
    "language.short": N_("Too little Dutch"),
    "site.fits": N_("On site or in the workshop, as asked"),
    "site.misses": N_("Not on site or in the workshop, as asked"),
    "phase.fits": N_("The right step of the track"),
    "phase.misses": N_("Another step of the track"),
    "season.fits": N_("The season"),
    "surroundings.fit": N_("Inside or outside, as asked"),
    "surroundings.clash": N_("Not inside or outside, as asked"),
    "height.fits": N_("Work at this height is possible"),
    "height.short": N_("Work at this height is not done"),
    "load.fits": N_("This weight can be lifted"),
    "load.heavy": N_("Heavier than what can be lifted"),
    "askers.welcome": N_("Works for this kind of asker"),
    "askers.refused": N_("Does not work for this kind of asker"),
    "moving.fits": N_("Bringing and fetching, as asked"),
    "moving.misses": N_("Who brings and fetches does not fit"),
    "travel.fits": N_("The way there is possible"),
    "travel.misses": N_("The way there is a problem"),
    "amount.enough": N_("The amount is possible"),
    "amount.short": N_("More asked than possible"),
    "order.fits": N_("The size of the order fits"),
    "order.outside": N_("The order is too small or too large"),
    "wishes.held": N_("Wishes that are met"),
    "excluded.asked": N_("Asked, and excluded by the supplier"),
    "core_activity.yes": N_("The asker's core activity"),
    "core_activity.no": N_("Not the asker's core activity"),
}
#: From this many times as heavy on it is told how often.
_TELLING = 1.5


@dataclass(frozen=True, slots=True)
class WordedChange:
    """A change as shown; `before` and `after` are bars in percents of the longest one.

    evidence: in how many decisions it said something, None where that was not kept.
    """

    name: str
    sentence: str
    evidence: int | None
    before: float
    after: float
    against: bool


def knob_name(knob: str) -> str:
    """Return the words for a weight; the code for one that is gone."""
    return _(KNOBS[knob]) if knob in KNOBS else knob


def points(value: float) -> str:
    """Return points as people write them, with a real minus."""
    return str(format_decimal(value, format="0.0#")).replace("-", "−")


def word_changes(changes: list[Change]) -> list[WordedChange]:
    """Word changes, their bars drawn as many times the weight they had."""
    longest = max((max(1.0, change.times) for change in changes), default=1.0)
    return [
        WordedChange(
            knob_name(change.knob),
            _sentence(change),
            change.evidence,
            round(100 / longest, 2),
            round(100 * change.times / longest, 2),
            change.after < 0,
        )
        for change in changes
    ]


def _sentence(change: Change) -> str:
    values = {"before": points(change.before), "after": points(change.after)}
    if not change.heavier:
        return _("weighs less: from %(before)s to %(after)s points", **values)
    if change.times < _TELLING:
        return _("weighs more: from %(before)s to %(after)s points", **values)
    times = points(round(change.times, 1))
    return _(
        "weighs %(times)s times as much: from %(before)s to %(after)s points", times=times, **values
    )


def headline(version: WeightsVersion, changes: list[Change]) -> str:
    """Say in one line what a version changed."""
    if version.kind is TrialKind.RESCALED or not changes:
        return _("The order stays; only the chances were adjusted.")
    first = changes[0]
    more = len(changes) - 1
    said = f"{knob_name(first.knob)} {_sentence(first)}"
    return _("%(first)s, and %(more)s more.", first=said, more=more) if more else f"{said}."


def verdict(version: WeightsVersion) -> str:
    """Say why a version began to count, or why not, by the rules of `matcher.trial`."""
    live, tried = version.figures["live"], version.figures["tried"]
    if version.won:
        return _("Better by more than chance, so it began to count.")
    if tried["ndcg"] is not None and tried["ndcg"] < live["ndcg"] - ORDER_SLACK:
        return _("It put the offers of a need in a worse order, so it was set aside.")
    if tried["log_loss"] >= live["log_loss"]:
        return _("It would have judged these decisions worse, so it was set aside.")
    return _("Not better by more than chance, so it was set aside.")


def percent(share: float | None) -> str:
    """Return a share in whole percents."""
    return "–" if share is None else f"{round(100 * share)} %"


def order_points(ndcg: float | None) -> str:
    """Return the quality of an order as marks out of ten."""
    return "–" if ndcg is None else points(round(10 * ndcg, 1))


def measured(version: WeightsVersion) -> list[tuple[str, str, str]]:
    """Return what the test showed: what was looked at, with the former weights, with these."""
    live: dict[str, Any] = version.figures["live"]
    tried: dict[str, Any] = version.figures["tried"]
    number = version.figures["held_out"]
    right = (_("%(n)s of %(all)s", n=m["right"], all=number) for m in (live, tried))
    rows = [
        (_("Judged right"), next(right), next(right)),
        (_("Chance given to what was approved"), *_both(live, tried, "chance_approved")),
        (_("Chance given to what was refused"), *_both(live, tried, "chance_refused")),
    ]
    if tried["ndcg"] is not None:
        marks = order_points(live["ndcg"]), order_points(tried["ndcg"])
        rows.append((_("Order of the offers of a need, out of ten"), *marks))
    return rows


def _both(live: dict[str, Any], tried: dict[str, Any], name: str) -> tuple[str, str]:
    return percent(live[name]), percent(tried[name])
