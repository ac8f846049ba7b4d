"""The pages of one offer and of one organisation."""

from dataclasses import dataclass

from flask import render_template

from models import Offer
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin
from web.access import Access, access
from web.database import db
from web.forms.dynamic import shown_values
from web.histories import Recent, recent
from web.i18n import _
from web.login import current_actor
from web.paging import paged
from web.services.errors import NotFoundError
from web.services.fields import field_values
from web.services.record import Subject
from web.services.search import newest_offers
from web.services.visibility import offer_for, organisation_for
from web.views.visitor.blueprint import blueprint

#: Fields that may name a person; the other side reads them once there is an introduction.
NOT_PUBLIC = frozenset({"coach"})
PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known of an offer."""

    label: str
    value: str


@blueprint.get("/aanbod/<int:offer_id>")
@access(Access.PUBLIC)
def offer(offer_id: int) -> str:
    """Show one offer; what is unknown stays away, and so does the contact."""
    found = offer_for(db(), current_actor(), offer_id)
    return render_template(
        "visitor/offer.html",
        offer=found,
        facts=_facts(found),
        activities=[a.activity_id for a in found.activities if _is_kept(a.origin)],
        recent=_recent(found),
    )


def _recent(found: Offer) -> Recent | None:
    """Return what happened to an offer, for its own people and the coordinators."""
    try:
        return recent(Subject.OFFER, found.id) if current_actor().is_known else None
    except NotFoundError:
        return None


def _is_kept(origin: ActivityOrigin) -> bool:
    return origin is not ActivityOrigin.REJECTED


def _facts(offer: Offer) -> list[Fact]:
    fields = [field for field in OFFER_FIELDS[offer.kind] if field.name not in NOT_PUBLIC]
    values = field_values(offer, fields)
    shown = shown_values(fields, values)
    return [Fact(_(field.label), shown[field.name]) for field in fields if field.name in shown]


@blueprint.get("/organisaties/<int:organisation_id>")
@access(Access.PUBLIC)
def organisation(organisation_id: int) -> str:
    """Show an organisation with all it offers today."""
    found = organisation_for(db(), current_actor(), organisation_id)
    chosen = newest_offers(current_actor()).where(Offer.organisation_id == found.id)
    return render_template(
        "visitor/organisation.html",
        organisation=found,
        page=paged(db(), chosen, PER_PAGE),
        website=_web_address(found.website),
    )


def _web_address(text: str | None) -> str | None:
    """Return an address that is safe to link to: a browser would run one of another kind."""
    return text if text and text.startswith(("https://", "http://")) else None
