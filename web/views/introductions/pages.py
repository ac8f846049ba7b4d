"""The list of introductions, and one of them."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from matcher.vocabulary import NeedKind, OfferKind
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.histories import recent
from web.i18n import _
from web.login import current_actor
from web.paging import paged
from web.services import introductions as service
from web.services.need_sheet import rules_by_id
from web.services.record import Subject
from web.views.introductions.listing import asked_filter, choices

blueprint = Blueprint("introductions", __name__, url_prefix=f"/{service.PATH}")


@blueprint.get("")
@access(Access.MEMBER, Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the introductions that concern the actor, the newest first."""
    wanted = asked_filter()
    page = paged(db(), service.narrowed(service.introductions_of(current_actor()), wanted))
    spoken = service.spoken_among(db(), [match.id for match in page.items])
    return render_template(
        "introductions/index.html",
        page=page,
        spoken=spoken,
        wanted=wanted,
        choices=choices(wanted),
    )


@blueprint.get("/<int:match_id>")
@access(Access.MEMBER, Access.COORDINATOR)
def introduction(match_id: int) -> ResponseReturnValue:
    """Show both sides each other's contact, why it fits, and what comes next."""
    match = service.introduction(db(), current_actor(), match_id)
    kinds = (match.need.kind, match.offer.kind)
    return render_template(
        "introductions/introduction.html",
        match=match,
        is_enclave=kinds == (NeedKind.ENCLAVE, OfferKind.ENCLAVE_TEAM),
        spoke=service.contact_made(db(), match.id),
        rules=rules_by_id(db(), {caution["rule_id"] for caution in match.cautions}),
        form=BrugForm(),
        recent=recent(Subject.MATCH, match.id),
    )


@blueprint.post("/<int:match_id>/gesproken")
@access(Access.MEMBER, Access.COORDINATOR)
def make_contact(match_id: int) -> ResponseReturnValue:
    """Note that the two sides spoke."""
    service.make_contact(db(), current_actor(), match_id)
    here = url_for("introductions.introduction", match_id=match_id)
    return told(_("Thank you. The coordinator sees that you spoke."), here)
