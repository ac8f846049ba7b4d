"""Conditions that both sides may state, compared fact by fact.

Each returns None where the need asks nothing of the kind, `<name>.unknown` (0 points, not known)
where it asks and the offer is silent, and else its points. What the writer left open may have been
read in his text (`matcher.facts`): then its points count for as much as the reading is sure, and
the evidence quotes the words under `read` and tells how sure they are under `sure`, both by side
(need, offer).

=========================  ========================================================================
reason codes               evidence
=========================  ========================================================================
capacity.enough/.short     asked, available (people)
capacity.order_too_small   asked, minimum
period.fits/.partly/       need, offer: [first day, last day] as ISO dates or null;
.misses                    share (0..1 of the asked days)
season.fits/.partly/       need, offer: months, 1 to 12
.misses
hours.fit/.differ          asked, available (hours a week)
schedule.fits/.misses      asked, held, missing: codes
certificates.held/.missing  the same
licences.held/.missing     the same
surroundings.fit/.clash    the same
wishes.held/.partly/.none  asked, held: codes
language.enough/.short     asked, available (CEFR levels)
language.other             asked, available (language codes)
site.fits/.misses          asked, available
phase.fits/.misses         asked, available
height.fits/.short         asked, available (metres)
load.fits/.heavy           asked, available (kilograms)
askers.welcome/.refused    asked: organisation type or `private`; accepted: those
moving.fits/.misses        asked, available: who moves the goods
travel.fits/.misses        asked, available: ways to travel
amount.enough/.short       asked, available: [amount, unit, period or null]
order.fits/.outside        asked, least, most: the same, or null
excluded.asked             pairs: list of [what the offer leaves out, words of the need]
<name>.unknown             asked
=========================  ========================================================================
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.conditions import exclusions, papers, places, team, times
from matcher.conditions.base import Condition, asks
from matcher.facts import family_bits
from matcher.values import Need
from matcher.vocabulary import NeedKind
from matcher.weights import Weights

__all__ = [
    "CONDITIONS",
    "Condition",
    "asked_by",
    "most_by_families",
    "most_of_any_need",
]

Bits = NDArray[np.uint32]
Points = NDArray[np.float32]


def _is_placement(need: Need) -> bool:
    return need.kind is NeedKind.PLACEMENT


CONDITIONS: Mapping[str, Condition] = {
    "capacity": Condition(team.capacity, "capacity_enough", team.asks_people, ("people",)),
    "smallest_team": Condition(
        team.smallest_team, "", lambda n: n.conditions.people_max is not None, ("people",)
    ),
    "period": Condition(times.period, "period_fits", times.asked_period, ("period",)),
    "season": Condition(times.season, "season_fits", times.asked_months, ("period",)),
    "hours": Condition(
        team.hours, "hours_fit", lambda n: n.conditions.hours_per_week is not None, ("hours",)
    ),
    "schedule": Condition(times.schedule, "schedule_fits", asks("schedule"), ("schedule",)),
    "certificates": Condition(
        papers.certificates, "certificates_held", asks("certificates"), ("certificates",)
    ),
    "licences": Condition(
        papers.licences,
        "licences_held",
        lambda n: n.conditions.licences or _is_placement(n),
        ("licences",),
    ),
    "wishes": Condition(papers.wishes, "wish_held", asks("wished"), ("certificates", "licences")),
    "language": Condition(
        papers.language,
        "language_enough",
        lambda n: n.conditions.language_level or _is_placement(n),
        ("language",),
    ),
    "languages": Condition(papers.languages, "", asks("languages"), ("language",)),
    "site": Condition(places.site, "site_fits", asks("site"), ("site",)),
    "phase": Condition(places.phase, "phase_fits", asks("phase")),
    "surroundings": Condition(
        places.surroundings, "surroundings_fit", asks("surroundings"), ("surroundings",)
    ),
    "height": Condition(
        team.height, "height_fits", lambda n: n.conditions.height_m is not None, ("height",)
    ),
    "load": Condition(
        team.load, "load_fits", lambda n: n.conditions.lifting_kg is not None, ("load",)
    ),
    "askers": Condition(
        places.askers,
        "askers_welcome",
        lambda n: n.asker_type is not None or n.conditions.askers,
        ("askers",),
    ),
    "moving": Condition(places.moving, "moving_fits", asks("moving"), ("moving",)),
    "travel": Condition(places.travel, "travel_fits", asks("travel"), ("travel",)),
    "amount": Condition(team.amount, "amount_enough", asks("amount"), ("amount",)),
    "excluded": Condition(exclusions.excluded, "", lambda n: True, ("excluded",)),
    "order": Condition(team.order, "order_fits", asks("amount"), ("amount", "order")),
}


def asked_by(need: Need) -> tuple[Condition, ...]:
    """Return the conditions that a need asks; of the others none says anything, of any offer."""
    return tuple(condition for condition in CONDITIONS.values() if condition.asks(need))


def most_by_families(need: Need, weights: Weights, known: Bits) -> Points:
    """Return the most that all conditions can add for a need, by what is known of an offer.

    known: sets of families as bits (`matcher.facts.family_bits`). A condition adds nothing where
    the offer tells nothing of what it compares.
    """
    points: Points = np.zeros(known.size, np.float32)
    for condition in CONDITIONS.values():
        points[_told(condition, known)] += condition.best(need, weights)
    return points


def most_of_any_need(weights: Weights, known: int) -> float:
    """Return the most that distance, core activity and all conditions can add for any need.

    known: what is known of the offer, as bits.
    """
    bits = np.array([known], np.uint32)
    told = [c.most(weights) for c in CONDITIONS.values() if _told(c, bits)[0]]
    return sum(told) + max(0.0, weights.distance_inside) + _most_of_core_activity(weights)


def _most_of_core_activity(weights: Weights) -> float:
    """Return the most that the core activity can add."""
    return max(0.0, weights.core_activity_yes, weights.core_activity_no)


def _told(condition: Condition, known: Bits) -> NDArray[np.bool_]:
    bits = np.uint32(family_bits(condition.families))
    return (known & bits > 0) | (not condition.families)
