"""The delays of the coordinator's regions."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.delays import DelaysForm
from web.i18n import _
from web.login import current_actor
from web.services.region_overview import regions_of
from web.services.reminding import delays as service
from web.views.coordinator.base import blueprint


@blueprint.get("/termijnen")
@access(Access.COORDINATOR)
def delays() -> ResponseReturnValue:
    """Show after how many days Brug asks, tells or pauses something."""
    return _page()


@blueprint.post("/termijnen/<int:region_id>")
@access(Access.COORDINATOR)
def choose_delays(region_id: int) -> ResponseReturnValue:
    """Keep the delays of a region."""
    service.own_region(db(), current_actor(), region_id)
    form = DelaysForm(prefix=_prefix(region_id))
    if not form.validate():
        return _page(region_id, form), 422
    service.choose(db(), current_actor(), region_id, form.wanted)
    return told(_("The delays are kept. They count from now on."), url_for("coordinator.delays"))


def _prefix(region_id: int) -> str:
    return f"region-{region_id}"


def _page(region_id: int | None = None, form: DelaysForm | None = None) -> str:
    rows = []
    for region in regions_of(db(), current_actor()):
        kept = {delay.value: days.days for delay, days in service.delays_of(region).items()}
        shown = DelaysForm(formdata=None, prefix=_prefix(region.id), data=kept)
        rows.append((region, form if form and region.id == region_id else shown))
    return render_template("coordinator/delays.html", rows=rows)
