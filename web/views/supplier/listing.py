"""The supplier's list of offers."""

from dataclasses import dataclass
from uuid import uuid4

from flask import render_template
from flask.typing import ResponseReturnValue

from matcher.vocabulary import OfferKind
from models import Offer
from models.states import OfferStatus
from web.access import Access, access
from web.database import db
from web.filters import Choice, asked, asked_words, worded
from web.i18n import N_, _
from web.labels import label_of, options_of
from web.login import current_actor
from web.paging import Page, paged
from web.services.catalogue import is_current
from web.services.fitting import MOST_PER_OFFER, fits_by_offer
from web.services.introductions import put_of_offers
from web.services.offer_queries import (
    OfferFilter,
    Order,
    Show,
    count_to_confirm,
    is_to_confirm,
    own_offers,
    supplier_organisations,
)
from web.views.supplier.base import blueprint, catalogue, today
from web.views.supplier.facts import capacity_of

SHOW_LABELS = {
    Show.CURRENT: N_("Not withdrawn"),
    Show.DRAFT: N_("Draft"),
    Show.PUBLISHED: N_("Published"),
    Show.TO_CONFIRM: N_("Still right?"),
    Show.EXPIRED: N_("Run out"),
    Show.PAUSED: N_("Paused"),
    Show.WITHDRAWN: N_("Withdrawn"),
}
ORDER_LABELS = {
    Order.CHANGED: N_("Last changed"),
    Order.VALID: N_("Runs out first"),
    Order.TITLE: N_("Title"),
    Order.KIND: N_("Kind"),
}
PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Card:
    """An offer in the list; `fits` counts the open needs, None while it is not suggested."""

    offer: Offer
    status: str
    tone: str
    capacity: list[str]
    to_confirm: bool
    fits: int | None
    copy_key: str


def _card(offer: Offer, fits: dict[int, int]) -> Card:
    ran_out = offer.status is OfferStatus.PUBLISHED and not is_current(offer, today())
    tones = {OfferStatus.PUBLISHED: "", OfferStatus.PAUSED: "tag-signal"}
    return Card(
        offer,
        _("Run out") if ran_out else label_of(offer.status),
        "tag-stop" if ran_out else tones.get(offer.status, "tag-plain"),
        capacity_of(offer),
        is_to_confirm(offer, today()),
        fits.get(offer.id),
        str(uuid4()),
    )


def asked_filter() -> OfferFilter:
    """Return the filter in the address."""
    return OfferFilter(
        show=asked(Show, "toon") or Show.CURRENT,
        kind=asked(OfferKind, "soort"),
        words=asked_words(),
        order=asked(Order, "volgorde") or Order.CHANGED,
    )


def _choices(wanted: OfferFilter) -> list[Choice]:
    return [
        Choice("toon", _("State"), worded(SHOW_LABELS), wanted.show),
        Choice("soort", _("Kind"), options_of(OfferKind), wanted.kind, _("All")),
        Choice("volgorde", _("Order"), worded(ORDER_LABELS), wanted.order),
    ]


def _fits(page: Page[Offer]) -> dict[int, int]:
    with catalogue().open(db()) as shelf:
        shown = [offer for offer in page.items if is_current(offer, today())]
        return fits_by_offer(db(), shelf, current_actor(), shown, today())


@blueprint.route("/mijn-aanbod")
@access(Access.SUPPLIER)
def offers() -> ResponseReturnValue:
    """List the offers of the person's organisations."""
    wanted, actor = asked_filter(), current_actor()
    page = paged(db(), own_offers(actor, wanted, today()), PER_PAGE)
    fits = _fits(page)
    put = put_of_offers(db(), actor)
    return render_template(
        "supplier/offers.html",
        page=page,
        put={
            offer.id: [match for match in put if match.offer_id == offer.id] for offer in page.items
        },
        cards=[_card(offer, fits) for offer in page.items],
        wanted=wanted,
        choices=_choices(wanted),
        most_fits=MOST_PER_OFFER,
        to_confirm=count_to_confirm(db(), actor, today()),
        waiting=[o for o in supplier_organisations(db(), actor) if o.id in actor.pending_ids],
    )
