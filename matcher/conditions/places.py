"""Conditions on where the work is done, for whom, and how people and goods get there."""

from matcher.conditions.base import reason, unknown, weigh_list
from matcher.values import Evidence, Need, Offer, Reason
from matcher.vocabulary import NeedKind, OrganisationType, WorkSite
from matcher.weights import Weights

#: Who counts as another type as well, where a supplier says for whom he works.
_COUNTS_AS = {
    OrganisationType.AGB: {OrganisationType.MUNICIPALITY},
    OrganisationType.IGS: {OrganisationType.MUNICIPALITY},
    OrganisationType.HOUSING_COMPANY: {OrganisationType.MUNICIPALITY},
    OrganisationType.SOCIAL_ECONOMY: {OrganisationType.COMPANY, OrganisationType.VZW},
}


def site(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return site_fits or site_misses; `either` fits every site."""
    asked, available = need.conditions.site, offer.conditions.site
    if asked is None or asked is WorkSite.EITHER:
        return None
    if available is None:
        return unknown("site", asked.value)
    evidence: Evidence = {"asked": asked.value, "available": available.value}
    if available in (asked, WorkSite.EITHER):
        return reason("site.fits", weights.site_fits, evidence)
    return reason("site.misses", weights.site_misses, evidence)


def phase(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return phase_fits or phase_misses for a step of a placement track."""
    asked, available = need.conditions.phase, offer.conditions.phase
    if need.kind is not NeedKind.PLACEMENT or asked is None:
        return None
    if available is None:
        return unknown("phase", asked.value)
    evidence: Evidence = {"asked": asked.value, "available": available.value}
    if available is asked:
        return reason("phase.fits", weights.phase_fits, evidence)
    return reason("phase.misses", weights.phase_misses, evidence)


def surroundings(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return surroundings_fit, or surroundings_clash x the share that is ruled out."""
    asked, possible = need.conditions.surroundings, offer.conditions.surroundings
    points = (weights.surroundings_fit, weights.surroundings_clash)
    return weigh_list(("surroundings", "fit", "clash"), asked, possible, offer.conditions, points)


def askers(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return askers_welcome, or askers_refused for who is none of those a supplier works for."""
    accepted = offer.conditions.askers
    names = set(need.conditions.askers)
    if need.asker_type is not None:
        names = {need.asker_type, *_COUNTS_AS.get(need.asker_type, ())}
    if not accepted or not names:
        return None
    asker = need.asker_type.value if need.asker_type else min(names)
    evidence: Evidence = {"asked": asker, "accepted": sorted(accepted)}
    if names & accepted:
        return reason("askers.welcome", weights.askers_welcome, evidence)
    return reason("askers.refused", weights.askers_refused, evidence)


def moving(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return moving_fits, or moving_misses where both leave the goods to the other side."""
    asked, available = need.conditions.moving, offer.conditions.moving
    if asked is None:
        return None
    if available is None:
        return None if asked == "asker" else unknown("moving", asked)
    evidence: Evidence = {"asked": asked, "available": available}
    if asked == "supplier" and available == "asker":
        return reason("moving.misses", weights.moving_misses, evidence)
    return reason("moving.fits", weights.moving_fits, evidence)


def travel(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return travel_fits when one way to get there is shared, else travel_misses."""
    asked, available = need.conditions.travel, offer.conditions.travel
    if not asked:
        return None
    if not available:
        return unknown("travel", sorted(asked))
    evidence: Evidence = {"asked": sorted(asked), "available": sorted(available)}
    if asked & available:
        return reason("travel.fits", weights.travel_fits, evidence)
    return reason("travel.misses", weights.travel_misses, evidence)
