"""The place of an offer as the person at the page may know it."""

from models import Offer
from web.i18n import _
from web.login import current_actor
from web.services.small_cells import shown_place


def offer_place(offer: Offer, *, agreed: bool = False) -> str:
    """Return the name of the place; of a profile the arrondissement until both sides agreed."""
    found = shown_place(offer, current_actor(), agreed=agreed)
    if found is None:
        return ""
    if found.is_arrondissement:
        return _("Arrondissement of %(name)s", name=found.name)
    return found.name


def offer_name(offer: Offer) -> str:
    """Return what an offer is called: its title, and the code of an anonymous profile."""
    title = offer.title or _("Without a title")
    return f"{title} ({offer.pseudonym})" if offer.pseudonym else title
