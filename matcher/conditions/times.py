"""Conditions on time: the period, the months of the year, and the working times."""

from datetime import date, timedelta

from matcher.conditions.base import reason, unknown, weigh_list
from matcher.values import Evidence, Need, Offer, Reason
from matcher.weights import Weights

#: Days assumed for a period without an end.
_OPEN_PERIOD = timedelta(days=365)


def _iso(start: date | None, end: date | None) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in (start, end)]


def asked_period(need: Need) -> tuple[date, date] | None:
    """Return the first and last day asked; a year where one of them is open."""
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
    asked = asked_period(need)
    start, end = offer.conditions.start, offer.conditions.end
    if asked is None:
        return None
    stated = _iso(need.conditions.start, need.conditions.end)
    if start is None and end is None:
        # Whoever tells his months tells when he is free: `season` compares them.
        return None if offer.conditions.months else unknown("period", stated)
    first, last = max(asked[0], start or asked[0]), min(asked[1], end or asked[1])
    days = max(0, (last - first).days + 1)
    share = days / ((asked[1] - asked[0]).days + 1)
    outcome = "fits" if share == 1 else "partly" if share > 0 else "misses"
    points = weights.period_fits * share + weights.period_misses * (1 - share)
    evidence: Evidence = {"need": stated, "offer": _iso(start, end), "share": round(share, 2)}
    return reason(f"period.{outcome}", points, evidence)


def asked_months(need: Need) -> frozenset[int]:
    """Return the months asked: as told, or those between a first and a last day."""
    asked = need.conditions
    if asked.months or asked.start is None or asked.end is None:
        return asked.months
    return _months_between(asked.start, asked.end)


def _months_between(one: date, other: date) -> frozenset[int]:
    first, last = sorted((one, other))
    span = (last.year - first.year) * 12 + last.month - first.month
    return frozenset((first.month - 1 + n) % 12 + 1 for n in range(min(span, 11) + 1))


def season(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return season_fits x share + season_misses x (1 - share) of the asked months covered."""
    asked, possible = asked_months(need), offer.conditions.months
    if not asked or not possible:
        return None
    share = len(asked & possible) / len(asked)
    outcome = "fits" if share == 1 else "partly" if share > 0 else "misses"
    points = weights.season_fits * share + weights.season_misses * (1 - share)
    evidence: Evidence = {"need": sorted(asked), "offer": sorted(possible)}
    return reason(f"season.{outcome}", points, evidence)


def schedule(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return schedule_fits, or schedule_misses x the share impossible; flexible fits all."""
    asked = need.conditions.schedule - {"flexible"}
    possible = offer.conditions.schedule
    held = asked | possible if "flexible" in possible else possible
    points = (weights.schedule_fits, weights.schedule_misses)
    return weigh_list(("schedule", "fits", "misses"), asked, held, offer.conditions, points)
