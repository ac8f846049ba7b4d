"""Conditions that both sides may state, compared fact by fact.

Each returns None where the need asks nothing of the kind, `<name>.unknown` (0 points, not known)
where it asks and the offer is silent, and else its points. `best` is the most it can add for a
need, so that a search may stop early.

========================  =========================================================================
reason codes              evidence
========================  =========================================================================
capacity.enough/.short    asked, available (people)
capacity.order_too_small  asked, minimum
period.fits/.partly/      need, offer: [first day, last day] as ISO dates or null;
.misses                   share (0..1 of the asked days)
hours.fit/.differ         asked, available (hours a week)
schedule.fits/.misses     asked, possible, missing: codes
certificates.held/.missing  asked, held, missing: codes
licences.held/.missing    asked, held, missing: codes
language.enough/.short    asked, available (CEFR levels)
language.other            asked, available (language codes)
site.fits/.misses         asked, available
phase.fits/.misses        asked, available
<name>.unknown            asked
========================  =========================================================================
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.values import Evidence, Need, Offer, Reason
from matcher.vocabulary import NeedKind, WorkSite
from matcher.weights import Weights

_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
#: Days assumed for a period without an end.
_OPEN_PERIOD = timedelta(days=365)
#: Hours a week that people shift without a word.
_FREE_HOURS = 2.0

Weigh = Callable[[Need, Offer, Weights], Reason | None]
Best = Callable[[Need, Weights], float]


@dataclass(frozen=True, slots=True)
class Condition:
    """How a condition is weighed, and the most it can add for a need."""

    weigh: Weigh
    best: Best


def _reason(code: str, points: float, evidence: Evidence) -> Reason:
    return Reason(code, round(points, 4) + 0.0, evidence)


def _unknown(name: str, asked: object) -> Reason:
    return Reason(f"{name}.unknown", 0.0, {"asked": asked}, known=False)


def _people_asked(need: Need) -> int | None:
    asked = need.conditions
    return asked.people_min if asked.people_min is not None else asked.people_max


def capacity(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return capacity_enough, or capacity_short x the share of people lacking."""
    asked, available = _people_asked(need), offer.conditions.people_max
    if asked is None or asked <= 0:
        return None
    if available is None:
        return _unknown("capacity", asked)
    evidence: Evidence = {"asked": asked, "available": available}
    if available >= asked:
        return _reason("capacity.enough", weights.capacity_enough, evidence)
    short = 1 - max(0, available) / asked
    return _reason("capacity.short", weights.capacity_short * short, evidence)


def order_size(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return order_too_small when even the most asked is below the supplier's smallest order."""
    most, minimum = need.conditions.people_max, offer.conditions.people_min
    if most is None or minimum is None or most >= minimum:
        return None
    evidence: Evidence = {"asked": most, "minimum": minimum}
    return _reason("capacity.order_too_small", weights.order_too_small, evidence)


def _iso(start: date | None, end: date | None) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in (start, end)]


def _asked_period(need: Need) -> tuple[date, date] | None:
    start, end = need.conditions.start, need.conditions.end
    if start is None and end is None:
        return None
    if start is None:
        start = max(end or date.max, date.min + _OPEN_PERIOD) - _OPEN_PERIOD
    if end is None:
        end = min(start, date.max - _OPEN_PERIOD) + _OPEN_PERIOD
    return (start, end) if start <= end else (end, start)


def period(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return period_fits x share + period_misses x (1 - share) of the asked days covered."""
    asked = _asked_period(need)
    start, end = offer.conditions.start, offer.conditions.end
    if asked is None:
        return None
    stated = _iso(need.conditions.start, need.conditions.end)
    if start is None and end is None:
        return _unknown("period", stated)
    first, last = max(asked[0], start or asked[0]), min(asked[1], end or asked[1])
    days = max(0, (last - first).days + 1)
    share = days / ((asked[1] - asked[0]).days + 1)
    outcome = "fits" if share == 1 else "partly" if share > 0 else "misses"
    points = weights.period_fits * share + weights.period_misses * (1 - share)
    evidence: Evidence = {"need": stated, "offer": _iso(start, end), "share": round(share, 2)}
    return _reason(f"period.{outcome}", points, evidence)


def hours(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return hours_fit, or hour x the hours lacking, at least hours_far.

    For a vacancy more hours than the person wants count as well as fewer.
    """
    asked, available = need.conditions.hours_per_week, offer.conditions.hours_per_week
    if asked is None:
        return None
    if available is None:
        return _unknown("hours", asked)
    lacking = asked - available
    if need.kind is NeedKind.VACANCY:
        lacking = abs(lacking)
    evidence: Evidence = {"asked": asked, "available": available}
    if lacking <= _FREE_HOURS:
        return _reason("hours.fit", weights.hours_fit, evidence)
    points = max(weights.hours_far, weights.hour * (lacking - _FREE_HOURS))
    return _reason("hours.differ", points, evidence)


def _all_of(
    name: str, good: str, bad: str, asked: frozenset[str], held: frozenset[str]
) -> Callable[[float, float], Reason | None]:
    """Weigh a list asked against a list held: bonus for all, penalty x the share missing."""

    def weigh(bonus: float, penalty: float) -> Reason | None:
        if not asked:
            return None
        if not held:
            return _unknown(name, sorted(asked))
        missing = sorted(asked - held)
        evidence: Evidence = {"asked": sorted(asked), "held": sorted(held), "missing": missing}
        if not missing:
            return _reason(f"{name}.{good}", bonus, evidence)
        return _reason(f"{name}.{bad}", penalty * len(missing) / len(asked), evidence)

    return weigh


def schedule(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return schedule_fits, or schedule_misses x the share impossible; flexible fits all."""
    asked = need.conditions.schedule - {"flexible"}
    possible = offer.conditions.schedule
    held = asked | possible if "flexible" in possible else possible
    weigh = _all_of("schedule", "fits", "misses", asked, held)
    return weigh(weights.schedule_fits, weights.schedule_misses)


def certificates(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return certificates_held, or certificates_missing x the share missing."""
    asked, held = need.conditions.certificates, offer.conditions.certificates
    weigh = _all_of("certificates", "held", "missing", asked, held)
    return weigh(weights.certificates_held, weights.certificates_missing)


def licences(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return licences_held, or licences_missing x the share missing."""
    asked, held = need.conditions.licences, offer.conditions.licences
    weigh = _all_of("licences", "held", "missing", asked, held)
    return weigh(weights.licences_held, weights.licences_missing)


def language(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return language_enough, or level x the levels of Dutch lacking, at least language_far."""
    asked, available = need.conditions.language_level, offer.conditions.language_level
    if asked not in _LEVELS:
        return None
    if available not in _LEVELS:
        return _unknown("language", asked)
    lacking = _LEVELS.index(asked) - _LEVELS.index(available)
    evidence: Evidence = {"asked": asked, "available": available}
    if lacking <= 0:
        return _reason("language.enough", weights.language_enough, evidence)
    points = max(weights.language_far, weights.level * lacking)
    return _reason("language.short", points, evidence)


def languages(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return level when the two sides state languages and share none."""
    asked, available = need.conditions.languages, offer.conditions.languages
    if not asked or not available or asked & available:
        return None
    evidence: Evidence = {"asked": sorted(asked), "available": sorted(available)}
    return _reason("language.other", weights.level, evidence)


def site(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return site_fits or site_misses; `either` fits every site."""
    asked, available = need.conditions.site, offer.conditions.site
    if asked is None or asked is WorkSite.EITHER:
        return None
    if available is None:
        return _unknown("site", asked.value)
    evidence: Evidence = {"asked": asked.value, "available": available.value}
    if available in (asked, WorkSite.EITHER):
        return _reason("site.fits", weights.site_fits, evidence)
    return _reason("site.misses", weights.site_misses, evidence)


def phase(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return phase_fits or phase_misses for a step of a placement track."""
    asked, available = need.conditions.phase, offer.conditions.phase
    if need.kind is not NeedKind.PLACEMENT or asked is None:
        return None
    if available is None:
        return _unknown("phase", asked.value)
    evidence: Evidence = {"asked": asked.value, "available": available.value}
    if available is asked:
        return _reason("phase.fits", weights.phase_fits, evidence)
    return _reason("phase.misses", weights.phase_misses, evidence)


def _bonus(weight: str, asks: Callable[[Need], object]) -> Best:
    def best(need: Need, weights: Weights) -> float:
        points = getattr(weights, weight) if asks(need) else 0.0
        return max(0.0, float(points))

    return best


def _never(need: Need, weights: Weights) -> float:
    return 0.0


CONDITIONS: Mapping[str, Condition] = {
    "capacity": Condition(capacity, _bonus("capacity_enough", _people_asked)),
    "order_size": Condition(order_size, _never),
    "period": Condition(period, _bonus("period_fits", _asked_period)),
    "hours": Condition(
        hours, _bonus("hours_fit", lambda n: n.conditions.hours_per_week is not None)
    ),
    "schedule": Condition(schedule, _bonus("schedule_fits", lambda n: n.conditions.schedule)),
    "certificates": Condition(
        certificates, _bonus("certificates_held", lambda n: n.conditions.certificates)
    ),
    "licences": Condition(licences, _bonus("licences_held", lambda n: n.conditions.licences)),
    "language": Condition(
        language, _bonus("language_enough", lambda n: n.conditions.language_level)
    ),
    "languages": Condition(languages, _never),
    "site": Condition(site, _bonus("site_fits", lambda n: n.conditions.site)),
    "phase": Condition(phase, _bonus("phase_fits", lambda n: n.conditions.phase)),
}


def most_points(need: Need, weights: Weights) -> float:
    """Return the most that core activity and all conditions can add for a need."""
    conditions = sum(condition.best(need, weights) for condition in CONDITIONS.values())
    return conditions + max(0.0, weights.core_activity_yes, weights.core_activity_no)


def most_points_of_any_need(weights: Weights) -> float:
    """Return the most that distance, core activity and all conditions can add for any need."""
    bonuses = (
        weights.distance_inside,
        weights.core_activity_yes,
        weights.capacity_enough,
        weights.period_fits,
        weights.hours_fit,
        weights.schedule_fits,
        weights.certificates_held,
        weights.licences_held,
        weights.language_enough,
        weights.site_fits,
        weights.phase_fits,
    )
    return sum(max(0.0, bonus) for bonus in bonuses)
