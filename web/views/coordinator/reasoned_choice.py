"""The reasoned choice of a need, as a page to print for the file."""

from flask import render_template
from flask.typing import ResponseReturnValue

from models import now
from web.access import Access, access
from web.database import db
from web.explanations import activity_labels
from web.login import current_actor
from web.services.reasoned_choice import reasoned_choices
from web.services.visibility import region_need
from web.views.coordinator.base import blueprint
from web.wording import chance_percent, explain


@blueprint.get("/vragen/<int:need_id>/motivering")
@access(Access.COORDINATOR)
def reasoned_choice(need_id: int) -> ResponseReturnValue:
    """Show every approval that stands, with all it was chosen among."""
    need = region_need(db(), current_actor(), need_id)
    choices = reasoned_choices(db(), need)
    labels = activity_labels()
    return render_template(
        "coordinator/reasoned_choice.html",
        need=need,
        printed=now(),
        choices=[(choice, explain(choice.score, choice.reasons, labels)) for choice in choices],
        chance_percent=chance_percent,
    )
