"""What Brug learned from decisions: the versions of its weights, and the way back."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from matcher.weights import DEFAULT_WEIGHTS, knobs
from models import WeightsVersion
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.coordinator import SeenForm
from web.i18n import _
from web.learning_words import headline, knob_name, measured, points, verdict, word_changes
from web.login import current_actor
from web.paging import paged
from web.services.errors import ConflictError
from web.services.learning import versions
from web.services.learning.overview import overview
from web.services.learning.study import LEAST_NEW
from web.services.reference_rights import check_may_edit, keepers, may_edit
from web.services.weights import is_usable
from web.views.coordinator.base import blueprint

#: In addresses: the weights in the code, which no table holds. Views get None for their number.
_BEGINNING = {"defaults": {"version_id": None}}


@blueprint.get("/leren")
@access(Access.COORDINATOR)
def learning() -> ResponseReturnValue:
    """Show where learning stands, and every version."""
    session = db()
    page = paged(session, versions.versions())
    live = versions.live_version(session)
    shown = [*page.items, *([live] if live else [])]
    returned = versions.last_return(session) if may_edit(session, current_actor()) else None
    return render_template(
        "coordinator/learning.html",
        overview=overview(session),
        least_new=LEAST_NEW,
        live=live,
        returned=returned,
        returned_from=_name(returned.before_id) if returned else "",
        seen=versions.live_id(session) or "",
        page=page,
        headlines={v.id: headline(v, versions.compare(v, v.parent).changes) for v in shown},
        usable=is_usable,
    )


@blueprint.get("/leren/begin", **_BEGINNING)
@blueprint.get("/leren/<int:version_id>")
@access(Access.COORDINATOR)
def learned_version(version_id: int | None) -> ResponseReturnValue:
    """Show what a version changed and how it was tested, or what Brug began with."""
    session = db()
    row = None if version_id is None else versions.version(session, version_id)
    live = versions.live_version(session)
    return render_template(
        "coordinator/learned_version.html",
        version=row,
        live=live,
        is_live=row == live,
        usable=row is None or is_usable(row),
        weights=_weights(row),
        may_edit=may_edit(session, current_actor()),
        keepers=keepers(session),
        **(_tested(row) if row else {}),
    )


@blueprint.get("/leren/begin/terug", **_BEGINNING)
@blueprint.get("/leren/<int:version_id>/terug")
@access(Access.COORDINATOR)
def back_to_version(version_id: int | None) -> ResponseReturnValue:
    """Ask whether this version must count again."""
    return _back_page(version_id)


@blueprint.post("/leren/begin/terug", **_BEGINNING)
@blueprint.post("/leren/<int:version_id>/terug")
@access(Access.COORDINATOR)
def go_back(version_id: int | None) -> ResponseReturnValue:
    """Make this version count again."""
    check_may_edit(db(), current_actor())
    form = SeenForm()
    if not form.validate():
        return _back_page(version_id), 422
    try:
        versions.go_back(db(), current_actor(), version_id, seen=form.seen.version)
    except ConflictError as error:
        return told(_refused(error.code), url_for("coordinator.learning"), "warning")
    said = _("%(name)s counts again. Open needs are being ranked anew.", name=_name(version_id))
    return told(said, url_for("coordinator.learning"))


def _back_page(version_id: int | None) -> str:
    session = db()
    check_may_edit(session, current_actor())
    if version_id is not None:
        versions.version(session, version_id)
    live = versions.live_id(session)
    return render_template(
        "coordinator/back_to_version.html",
        name=_name(version_id),
        version_id=version_id,
        form=SeenForm(formdata=None, data={"seen": live or ""}),
    )


def _name(version_id: int | None) -> str:
    if version_id is None:
        return _("What Brug began with")
    return _("Version %(number)s", number=version_id)


def _refused(code: str) -> str:
    if code == "other_prior":
        return _("This version was learned by an older Brug and cannot count again.")
    return _("Another version began to count meanwhile. This is how it stands now.")


def _tested(row: WeightsVersion) -> dict[str, Any]:
    comparison = versions.compare(row, row.parent)
    return {
        "changes": word_changes(comparison.changes),
        "headline": headline(row, comparison.changes),
        "measured": measured(row),
        "verdict": verdict(row),
    }


def _weights(row: WeightsVersion | None) -> list[tuple[str, str]]:
    """Return every weight by name, with its points."""
    held = row.weights if row else {}
    return [
        (knob_name(knob.name), points(held.get(name, getattr(DEFAULT_WEIGHTS, name))))
        for knob in knobs()
        for name in knob.fields[:1]
    ]
