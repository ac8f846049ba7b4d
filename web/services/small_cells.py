"""The small-cell rule: a municipality and a rare trade together can tell who somebody is."""

from dataclasses import dataclass

from matcher.vocabulary import OfferKind
from models import Offer
from web.services.actor import Actor


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """The name of a municipality or, with `is_arrondissement`, of the wider area around it."""

    name: str
    is_arrondissement: bool = False


def shown_place(offer: Offer, actor: Actor, *, agreed: bool = False) -> ShownPlace | None:
    """Return the place of an offer as an actor may know it; None when it has none.

    Of a profile only its own organisation knows the municipality, until both sides agreed to meet.
    """
    if offer.municipality is None:
        return None
    is_own = offer.organisation_id in actor.organisation_ids
    if offer.kind is OfferKind.PROFILE and not (agreed or is_own):
        return ShownPlace(offer.municipality.arrondissement, is_arrondissement=True)
    return ShownPlace(offer.municipality.name)
