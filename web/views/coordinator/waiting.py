"""Who waits for whom: what lies with the coordinator, an asker, a supplier or both, since when."""

from flask import render_template

from models import now
from web.access import Access, access
from web.database import db
from web.filters import Choice, asked, worded
from web.i18n import N_, _
from web.login import current_actor
from web.paging import paged_list
from web.services.waiting import Holder, Wait, waiting_in
from web.views.coordinator.base import blueprint

HOLDERS = {
    Holder.COORDINATOR: N_("Coordinator"),
    Holder.BUYER: N_("Asker"),
    Holder.SUPPLIER: N_("Supplier"),
    Holder.BOTH: N_("Both sides"),
}
WAITS = {
    Wait.ADMIT: N_("let in as supplier or not"),
    Wait.DECIDE: N_("decide on the need"),
    Wait.ANSWER: N_("answer the proposal"),
    Wait.AGREE: N_("write down what is agreed"),
    Wait.BEGIN: N_("begin the work"),
    Wait.FINISH: N_("end the work, and tell what it became"),
    Wait.CONFIRM: N_("say whether the offer is still right"),
}


@blueprint.get("/wie-wacht-op-wie")
@access(Access.COORDINATOR)
def waiting() -> str:
    """Show what waits for whom, the longest first."""
    moment, holder = now(), asked(Holder, "bij")
    found = waiting_in(db(), current_actor(), moment, holder)
    return render_template(
        "coordinator/waiting.html",
        page=paged_list(found),
        moment=moment,
        holders=HOLDERS,
        waits=WAITS,
        narrowed=holder is not None,
        choices=[Choice("bij", _("Lies with"), worded(HOLDERS), holder, _("Everybody"))],
    )
