"""Conditions on the team: how many people and hours, how high and how heavy, and how much work."""

from matcher.conditions.base import reason, unknown
from matcher.promises import most_at_once
from matcher.values import Evidence, Need, Offer, Quantity, Reason
from matcher.vocabulary import NeedKind, OfferKind
from matcher.weights import Weights

#: Hours a week that people shift without a word.
_FREE_HOURS = 2.0
#: From so many metres on work counts as work at height.
_GROUND = 2.0
#: Working days, weeks and months of a year, to lay amounts side by side.
_A_YEAR = {"day": 250.0, "week": 50.0, "month": 12.0, "year": 1.0}


def people_asked(need: Need) -> int | None:
    """Return how many people are asked at least, or else at most."""
    asked = need.conditions
    return asked.people_min if asked.people_min is not None else asked.people_max


def asks_people(need: Need) -> bool:
    """Tell whether people are asked; a vacancy asks the one person of a profile."""
    return need.kind is NeedKind.VACANCY or people_asked(need) is not None


def capacity(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return capacity_enough, or capacity_short x the share of people lacking.

    Free are the people of the offer without those who are promised to others in that period.
    """
    asked, people = people_asked(need), offer.conditions.people_max
    wanted = need.conditions
    promised = most_at_once(offer.conditions.promised, wanted.start, wanted.end)
    if offer.kind is OfferKind.PROFILE:
        # A profile is one person; how many are free is a question once he is promised.
        asked, people = (1, 1) if promised else (None, None)
    if asked is None or asked <= 0:
        return None
    if people is None:
        return unknown("capacity", asked)
    available = max(0, people - promised)
    evidence: Evidence = {"asked": asked, "available": available}
    if promised:
        evidence |= {"people": people, "promised": promised}
    if available >= asked:
        return reason("capacity.enough", weights.capacity_enough, evidence)
    short = 1 - available / asked
    return reason("capacity.short", weights.capacity_short * short, evidence)


def smallest_team(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return order_too_small when even the most asked is below the supplier's smallest team."""
    most, minimum = need.conditions.people_max, offer.conditions.people_min
    if most is None or minimum is None or most >= minimum:
        return None
    evidence: Evidence = {"asked": most, "minimum": minimum}
    return reason("capacity.order_too_small", weights.order_too_small, evidence)


def hours(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return hours_fit, or hour x the hours lacking, at least hours_far.

    For a vacancy more hours than the person wants count as well as fewer.
    """
    asked, available = need.conditions.hours_per_week, offer.conditions.hours_per_week
    if asked is None:
        return None
    if available is None:
        return unknown("hours", asked)
    lacking = asked - available
    if need.kind is NeedKind.VACANCY:
        lacking = abs(lacking)
    evidence: Evidence = {"asked": asked, "available": available}
    if lacking <= _FREE_HOURS:
        return reason("hours.fit", weights.hours_fit, evidence)
    points = max(weights.hours_far, weights.hour * (lacking - _FREE_HOURS))
    return reason("hours.differ", points, evidence)


def height(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return height_fits, or height_short x the metres lacking above the ground, as a share.

    Who stays on the ground lacks all of it. Work on the ground fits everybody.
    """
    asked, available = need.conditions.height_m, offer.conditions.height_m
    if asked is None or (available is None and asked <= _GROUND):
        return None
    if available is None:
        return unknown("height", asked)
    evidence: Evidence = {"asked": asked, "available": available}
    if available >= asked or asked <= _GROUND:
        return reason("height.fits", weights.height_fits, evidence)
    share = (asked - max(available, _GROUND)) / (asked - _GROUND)
    return reason("height.short", weights.height_short * share, evidence)


def load(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return load_fits, or load_heavy x twice the share of the kilograms lacking, at most 1."""
    asked, available = need.conditions.lifting_kg, offer.conditions.lifting_kg
    if asked is None or asked <= 0:
        return None
    if available is None:
        return unknown("load", asked)
    evidence: Evidence = {"asked": asked, "available": available}
    if available >= asked:
        return reason("load.fits", weights.load_fits, evidence)
    share = min(1.0, 2 * (1 - max(0.0, available) / asked))
    return reason("load.heavy", weights.load_heavy * share, evidence)


def amount(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return amount_enough, or amount_short x the share lacking, for amounts of one unit a time."""
    asked, available = need.conditions.amount, offer.conditions.amount
    if asked is None or available is None:
        return None
    wanted, possible = _a_year(asked), _a_year(available)
    if asked.unit != available.unit or not wanted or possible is None:
        return None
    evidence: Evidence = {"asked": _told(asked), "available": _told(available)}
    if possible >= wanted:
        return reason("amount.enough", weights.amount_enough, evidence)
    return reason("amount.short", weights.amount_short * (1 - possible / wanted), evidence)


def order(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return order_outside for an amount below the smallest or above the largest order."""
    asked = need.conditions.amount
    least, most = (
        bound if _comparable(asked, bound) else None
        for bound in (offer.conditions.order_min, offer.conditions.order_max)
    )
    if asked is None or (least is None and most is None):
        return None
    evidence: Evidence = {
        "asked": _told(asked),
        "least": _told(least) if least else None,
        "most": _told(most) if most else None,
    }
    too_small = least is not None and asked.amount < least.amount
    too_large = most is not None and asked.amount > most.amount
    if too_small or too_large:
        return reason("order.outside", weights.order_outside, evidence)
    return reason("order.fits", weights.order_fits, evidence)


def _comparable(asked: Quantity | None, bound: Quantity | None) -> bool:
    if asked is None or bound is None or asked.unit != bound.unit:
        return False
    return bound.per is None or asked.per == bound.per


def _a_year(quantity: Quantity) -> float | None:
    return None if quantity.per is None else quantity.amount * _A_YEAR.get(quantity.per, 1.0)


def _told(quantity: Quantity) -> list[object]:
    return [quantity.amount, quantity.unit, quantity.per]
