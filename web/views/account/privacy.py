"""What is kept of a person: to take along, and who saw it."""

import json

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from models import now
from web.access import Access, access
from web.database import db
from web.i18n import N_
from web.login import current_actor, current_person
from web.paging import paged
from web.services.personal_data import everything_about
from web.services.sightings import SeenAt, sightings_of
from web.views.account.base import blueprint

PLACES = {
    SeenAt.INTRODUCTION: N_("at an introduction"),
    SeenAt.NEED: N_("at a need"),
    SeenAt.ORGANISATION: N_("on the page of your organisation"),
    SeenAt.REGION: N_("among the coordinators of the region"),
    SeenAt.RECORD: N_("in the record of your rights"),
}


@blueprint.get("/mijn-gegevens/bestand")
@access(Access.LOGGED_IN)
def my_data() -> ResponseReturnValue:
    """Return everything that is kept about the person, as a file."""
    found = everything_about(db(), current_person().id)
    content = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    response = Response(content, content_type="application/json; charset=utf-8")
    response.headers.set(
        "Content-Disposition",
        "attachment",
        filename=f"mijn-gegevens-brug-{now().date().isoformat()}.json",
    )
    return response


@blueprint.get("/mijn-gegevens/wie-zag-ze")
@access(Access.LOGGED_IN)
def seen_by() -> ResponseReturnValue:
    """Show who saw one's contact data."""
    page = paged(db(), sightings_of(current_actor()))
    return render_template("account/seen_by.html", page=page, places=PLACES)
