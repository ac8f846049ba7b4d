"""A row of a list of offers."""

from matcher.vocabulary import OfferKind
from models import Offer, Organisation
from models.offer_fields import OFFER_FIELDS
from web.services import offer_checks, offers
from web.services.importing.problems import GivenAway
from web.services.importing.taking import Cells
from web.services.offers import OfferDraft


def look_up_offer(cells: Cells) -> bool:
    """Tell whether all that a row refers to is there; what is not is noted."""
    return cells.all_hold(cells.contact, cells.place, cells.activities, cells.area)


def store_offer(cells: Cells) -> str:
    """Store an offer, published unless the options say otherwise; returns its title.

    The title is empty for an offer that was imported before.
    """
    taking = cells.taking
    organisation = cells.organisation()
    if cells.is_known(Offer, organisation):
        return ""
    actor, partial = taking.context.actor, taking.options.partial
    offer = offers.create_offer(taking.session, actor, _draft(cells, organisation))
    if taking.options.publish:
        # What gives somebody away is asked about once, for the whole list.
        note_given_away(cells, offer)
        offers.publish_on(
            taking.session,
            taking.shelf,
            actor,
            offer,
            taking.on,
            partial=partial,
            looked_over=True,
        )
    return offer.title


def note_given_away(cells: Cells, offer: Offer) -> None:
    """Note the words of a profile by which people may know who it is."""
    for name, findings in offer_checks.given_away(offer).items():
        cells.taking.given_away.extend(
            GivenAway(cells.row.number, cells.header(name), finding) for finding in findings
        )


def _draft(cells: Cells, organisation: Organisation) -> OfferDraft:
    values, kind = cells.values, OfferKind(cells.values["kind"])
    place = cells.place()
    return OfferDraft(
        kind=kind,
        organisation_id=organisation.id,
        contact_id=cells.contact().id,
        title=values["title"],
        text=values["text"],
        municipality_nis=place.nis,
        postcode=place.postcode,
        radius_km=values.get("radius_km"),
        service_nis=cells.area(),
        start_date=values.get("start"),
        end_date=values.get("end"),
        valid_until=values.get("valid_until"),
        fields=cells.fields([field.name for field in OFFER_FIELDS[kind]]),
        activities=cells.activities(),
        external_id=values.get("id") or None,
    )
