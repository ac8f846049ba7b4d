"""Pages of the policy officer: he sees what concerns his municipality, and decides nothing."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matcher.vocabulary import OfferKind
from models import now
from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.filters import Choice, asked, asked_words, worded
from web.i18n import N_, _
from web.labels import label_of
from web.login import current_actor
from web.paging import paged
from web.services.introductions import narrowed
from web.services.municipality import (
    SERVING,
    OfferOrder,
    figures_of,
    matches_there,
    municipalities_of,
    need_there,
    needs_there,
    offers_reaching,
)
from web.services.need_queries import NeedFilter, approved_matches, suggestion_counts
from web.services.visibility import OPEN_TO_OTHERS
from web.views.buyer.facts import facts_of, kept_activities, without
from web.views.buyer.reading import asked_filter, choices
from web.views.introductions import listing as introductions

blueprint = Blueprint("policy", __name__, url_prefix="/gemeente")

SHORT_LIST = 5
OFFER_ORDERS = {OfferOrder.TITLE: N_("By title"), OfferOrder.NEWEST: N_("Newest first")}


@blueprint.route("")
@access(Access.POLICY_OFFICER)
def home() -> ResponseReturnValue:
    """Show the figures, and the latest needs and matches."""
    actor = current_actor()
    latest = needs_there(actor, NeedFilter(status=NeedStatus.PUBLISHED)).limit(SHORT_LIST)
    return render_template(
        "policy/home.html",
        places=municipalities_of(db(), actor),
        figures=figures_of(db(), actor),
        needs=db().scalars(latest).unique().all(),
        matches=db().scalars(matches_there(actor).limit(SHORT_LIST)).unique().all(),
    )


@blueprint.route("/vragen")
@access(Access.POLICY_OFFICER)
def needs() -> ResponseReturnValue:
    """List the needs in the municipality."""
    wanted = asked_filter()
    page = paged(db(), needs_there(current_actor(), wanted))
    counts = suggestion_counts(db(), [need.id for need in page.items])
    return render_template(
        "policy/needs.html",
        page=page,
        wanted=wanted,
        counts=counts,
        choices=choices(wanted, OPEN_TO_OTHERS),
    )


@blueprint.route("/vragen/<int:need_id>")
@access(Access.POLICY_OFFICER)
def need(need_id: int) -> ResponseReturnValue:
    """Show a need in the municipality, without the contact."""
    need = need_there(db(), current_actor(), need_id)
    return render_template(
        "policy/need.html",
        need=need,
        facts=without(facts_of(need), _("Contact")),
        activities=kept_activities(need),
        approved=approved_matches(db(), need),
        count=suggestion_counts(db(), [need.id]).get(need.id, 0),
    )


@blueprint.route("/aanbod")
@access(Access.POLICY_OFFICER)
def offers() -> ResponseReturnValue:
    """List the offers that serve the municipality."""
    kind, words = asked(OfferKind, "soort"), asked_words()
    order = asked(OfferOrder, "volgorde") or OfferOrder.TITLE
    page = paged(db(), offers_reaching(db(), current_actor(), kind, words, order))
    kinds = [(kind.value, label_of(kind)) for kind in SERVING]
    return render_template(
        "policy/offers.html",
        page=page,
        words=words,
        narrowed=bool(kind or words),
        choices=[
            Choice("soort", _("Kind"), kinds, kind, _("All")),
            Choice("volgorde", _("Order"), worded(OFFER_ORDERS), order),
        ],
    )


@blueprint.route("/kennismakingen")
@access(Access.POLICY_OFFICER)
def matches() -> ResponseReturnValue:
    """List the approved matches of needs in the municipality."""
    wanted = introductions.asked_filter()
    actor, on = current_actor(), now().date()
    page = paged(db(), narrowed(matches_there(actor), wanted, actor, on))
    choices = introductions.choices(wanted, with_turn=False)
    return render_template("policy/matches.html", page=page, wanted=wanted, choices=choices)
