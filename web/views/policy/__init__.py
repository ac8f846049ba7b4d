"""Pages of the policy officer: he sees what concerns his municipality, and decides nothing."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.i18n import _
from web.login import current_actor
from web.paging import paged
from web.services.municipality import (
    figures_of,
    matches_there,
    municipalities_of,
    need_there,
    needs_there,
    offers_reaching,
)
from web.services.need_queries import NeedFilter, approved_matches, suggestion_counts
from web.views.buyer.facts import facts_of, kept_activities, without
from web.views.buyer.reading import asked_filter, filter_choices

blueprint = Blueprint("policy", __name__, url_prefix="/gemeente")

SHORT_LIST = 5


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
        choices={**filter_choices(), "status": _open_statuses()},
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
    page = paged(db(), offers_reaching(db(), current_actor()))
    return render_template("policy/offers.html", page=page)


@blueprint.route("/kennismakingen")
@access(Access.POLICY_OFFICER)
def matches() -> ResponseReturnValue:
    """List the approved matches of needs in the municipality."""
    return render_template("policy/matches.html", page=paged(db(), matches_there(current_actor())))


def _open_statuses() -> list[tuple[str, str]]:
    codes = (NeedStatus.PUBLISHED, NeedStatus.APPROVED)
    return [choice for choice in filter_choices()["status"] if choice[0] in codes]
