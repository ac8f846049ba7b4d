"""Conditions on papers and language."""

from matcher.conditions.base import reason, unknown, weigh_list
from matcher.values import Conditions, Evidence, Need, Offer, Reason
from matcher.vocabulary import NeedKind
from matcher.weights import Weights

_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def _sides(need: Need, offer: Offer) -> tuple[Conditions, Conditions]:
    """Return who asks and who holds: of a placement it is the workplace that asks."""
    if need.kind is NeedKind.PLACEMENT:
        return offer.conditions, need.conditions
    return need.conditions, offer.conditions


def certificates(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return certificates_held, or certificates_missing x the share missing."""
    asked, held = need.conditions.certificates, offer.conditions.certificates
    points = (weights.certificates_held, weights.certificates_missing)
    return weigh_list(("certificates", "held", "missing"), asked, held, offer.conditions, points)


def licences(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return licences_held, or licences_missing x the share missing."""
    asking, holding = _sides(need, offer)
    points = (weights.licences_held, weights.licences_missing)
    codes = ("licences", "held", "missing")
    return weigh_list(codes, asking.licences, holding.licences, holding, points)


def wishes(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return wish_held x the share held of the papers that are welcome; none costs nothing."""
    wished = need.conditions.wished
    papers = offer.conditions.certificates | offer.conditions.licences
    if not wished:
        return None
    if not papers:
        return unknown("wishes", sorted(wished))
    held = wished & papers
    evidence: Evidence = {"asked": sorted(wished), "held": sorted(held)}
    outcome = "held" if held == wished else "partly" if held else "none"
    return reason(f"wishes.{outcome}", weights.wish_held * len(held) / len(wished), evidence)


def language(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return language_enough, or level x the levels of Dutch lacking, at least language_far."""
    asking, holding = _sides(need, offer)
    asked, available = asking.language_level, holding.language_level
    if asked not in _LEVELS:
        return None
    if available not in _LEVELS:
        return unknown("language", asked)
    lacking = _LEVELS.index(asked) - _LEVELS.index(available)
    evidence: Evidence = {"asked": asked, "available": available}
    if lacking <= 0:
        return reason("language.enough", weights.language_enough, evidence)
    points = max(weights.language_far, weights.level * lacking)
    return reason("language.short", points, evidence)


def languages(need: Need, offer: Offer, weights: Weights) -> Reason | None:
    """Return level when the two sides state languages and share none."""
    asked, available = need.conditions.languages, offer.conditions.languages
    if not asked or not available or asked & available:
        return None
    evidence: Evidence = {"asked": sorted(asked), "available": sorted(available)}
    return reason("language.other", weights.level, evidence)
