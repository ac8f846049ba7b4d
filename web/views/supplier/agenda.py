"""The calendar of the supplier: week by week, how many people of each offer are free."""

from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.login import current_actor
from web.paging import paged
from web.services.agenda import (
    WEEK,
    WEEKS_SHOWN,
    first_monday,
    holds_of,
    monday_of,
    offers_with_people,
    weeks_of,
)
from web.services.promises import capacity_of
from web.views.supplier.base import blueprint, today

PER_PAGE = 12


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("van", ""))
    except ValueError:
        return None


@blueprint.route("/mijn-aanbod/agenda")
@access(Access.SUPPLIER)
def agenda() -> ResponseReturnValue:
    """Show the weeks of the person's offers; `van` in the address is a day in the first week."""
    first = first_monday(_asked_day(), today())
    page = paged(db(), offers_with_people(current_actor()), PER_PAGE)
    rows = []
    for offer in page.items:
        weeks = weeks_of(offer, first)
        rows.append((offer, capacity_of(offer), weeks, holds_of(offer, weeks)))
    step = WEEKS_SHOWN // 2 * WEEK
    return render_template(
        "supplier/agenda.html",
        page=page,
        rows=rows,
        first=first,
        last=first + WEEKS_SHOWN * WEEK - timedelta(days=1),
        this_week=monday_of(today()),
        earlier=(first - step).isoformat(),
        later=(first + step).isoformat(),
    )
