"""One click on an offer: still right, pause, resume, copy, withdraw."""

from collections.abc import Callable
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from models import Offer
from models.states import OfferStatus
from web.access import Access, access
from web.database import db
from web.errors import told
from web.i18n import _
from web.login import current_actor
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, InvalidError
from web.services.offers import (
    confirm_offer,
    copy_offer,
    pause_offer,
    resume_offer,
    withdraw_offer,
)
from web.views.supplier.base import blueprint, catalogue, own_offer, sent_key, today

Step = Callable[[Session, Catalogue, Actor, Offer, date], None]


def _take(step: Step, offer_id: int, message: str) -> Response:
    """Take a step and go back to the list, to the card where it was taken."""
    offer = own_offer(offer_id)
    back = url_for("supplier.offers", _anchor=f"aanbod-{offer_id}")
    try:
        step(db(), catalogue(), current_actor(), offer, today())
    except ConflictError:
        return told(_("This offer changed meanwhile: look at how it stands now."), back, "warning")
    except InvalidError as error:
        return told(" ".join(_(text) for text in error.problems.values()), back, "warning")
    return told(message, back)


@blueprint.route("/mijn-aanbod/<int:offer_id>/klopt-nog", methods=["POST"])
@access(Access.SUPPLIER)
def confirm(offer_id: int) -> ResponseReturnValue:
    """Say that an offer is still right."""
    return _take(confirm_offer, offer_id, _("Thank you. The offer counts for another half year."))


@blueprint.route("/mijn-aanbod/<int:offer_id>/pauzeren", methods=["POST"])
@access(Access.SUPPLIER)
def pause(offer_id: int) -> ResponseReturnValue:
    """Take an offer out of sight for a while."""
    return _take(pause_offer, offer_id, _("The offer is paused: nobody gets it suggested."))


@blueprint.route("/mijn-aanbod/<int:offer_id>/hervatten", methods=["POST"])
@access(Access.SUPPLIER)
def resume(offer_id: int) -> ResponseReturnValue:
    """Show a paused offer again."""
    return _take(resume_offer, offer_id, _("The offer is shown again."))


@blueprint.route("/mijn-aanbod/<int:offer_id>/kopieren", methods=["POST"])
@access(Access.SUPPLIER)
def copy(offer_id: int) -> ResponseReturnValue:
    """Start a new draft from an offer."""
    made = copy_offer(db(), current_actor(), own_offer(offer_id), submission_key=sent_key())
    message = _("This is a copy, as a draft. Look it over and publish it.")
    return told(message, url_for("supplier.edit_offer", offer_id=made.id))


@blueprint.route("/mijn-aanbod/<int:offer_id>/intrekken", methods=["GET", "POST"])
@access(Access.SUPPLIER)
def withdraw(offer_id: int) -> ResponseReturnValue:
    """Ask for confirmation, then take an offer back or delete a draft."""
    offer = own_offer(offer_id)
    if request.method == "GET":
        return render_template("supplier/withdraw.html", offer=offer)
    was_draft = offer.status is OfferStatus.DRAFT
    withdraw_offer(db(), catalogue(), current_actor(), offer, today())
    message = _("The draft is deleted.") if was_draft else _("The offer is withdrawn.")
    return told(message, url_for("supplier.offers"))
