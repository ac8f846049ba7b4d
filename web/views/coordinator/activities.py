"""The activity taxonomy: which words mean which work."""

from collections.abc import Callable

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import Activity
from web.access import Access, access
from web.database import db
from web.errors import told
from web.filters import Choice, asked, asked_words, worded
from web.forms.reference import ActivityForm
from web.i18n import N_, _
from web.login import current_actor
from web.paging import paged
from web.services import reference_editing as editing
from web.services import reference_queries as queries
from web.services.errors import ConflictError, InvalidError
from web.services.learning import proposals
from web.services.record import Subject
from web.services.reference_queries import ReferenceOrder
from web.services.reference_rights import check_may_edit, may_edit
from web.views.coordinator.base import blueprint
from web.views.coordinator.edits import shared

ORDERS = {
    ReferenceOrder.FIELD: N_("By field of work"),
    ReferenceOrder.NAME: N_("By name"),
    ReferenceOrder.CHANGED: N_("Last changed first"),
}


@blueprint.get("/activiteiten")
@access(Access.COORDINATOR)
def activities() -> ResponseReturnValue:
    """List the activities, or those that a search finds."""
    words = asked_words()
    cluster = asked_words("cluster")
    retired = request.args.get("retired") == "1"
    order = asked(ReferenceOrder, "volgorde") or ReferenceOrder.FIELD
    fields = [(name, name) for name in queries.clusters(db())]
    may = may_edit(db(), current_actor())
    # Who looks for something is not kept from it.
    taught = proposals.open_proposals(db()) if may and not request.args else []
    return render_template(
        "coordinator/activities.html",
        taught=taught,
        examples=proposals.example_titles(db(), current_actor(), taught),
        page=paged(db(), queries.activities(words, cluster, retired=retired, order=order)),
        words=words,
        choices=[
            Choice("cluster", _("Field of work"), fields, cluster, _("All fields")),
            Choice(
                "retired",
                _("State"),
                [("1", _("Out of use"))],
                "1" if retired else None,
                _("In use"),
            ),
            Choice("volgorde", _("Order"), worded(ORDERS), order),
        ],
        may_edit=may,
    )


@blueprint.post("/activiteiten/woorden/<int:proposal_id>/aanvaarden")
@access(Access.COORDINATOR)
def accept_word(proposal_id: int) -> ResponseReturnValue:
    """Make a proposed word a word of its activity."""
    done = _("Accepted: from now on this word counts for the activity.")
    return _settled(lambda: proposals.accept(db(), current_actor(), proposal_id), done)


@blueprint.post("/activiteiten/woorden/<int:proposal_id>/weigeren")
@access(Access.COORDINATOR)
def refuse_word(proposal_id: int) -> ResponseReturnValue:
    """Refuse a proposed word."""
    done = _("Refused: this word is not proposed again.")
    return _settled(lambda: proposals.refuse(db(), current_actor(), proposal_id), done)


def _settled(settle: Callable[[], object], done: str) -> ResponseReturnValue:
    here = url_for("coordinator.activities")
    try:
        settle()
    except ConflictError:
        db().rollback()
        return told(_("Somebody decided on this word already."), here, "warning")
    except InvalidError:
        db().rollback()
        said = _("This activity cannot take another word. Look it over first.")
        return told(said, here, "warning")
    return told(done, here)


@blueprint.get("/activiteiten/nieuw")
@access(Access.COORDINATOR)
def new_activity() -> ResponseReturnValue:
    """Ask for a new activity."""
    check_may_edit(db(), current_actor())
    return _form_page(ActivityForm(data={"is_active": True}))


@blueprint.post("/activiteiten/nieuw")
@access(Access.COORDINATOR)
def add_activity() -> ResponseReturnValue:
    """Add an activity."""
    check_may_edit(db(), current_actor())
    form = ActivityForm()
    if not form.validate():
        return _form_page(form), 422
    try:
        added = editing.add_activity(db(), current_actor(), form.draft)
    except InvalidError as error:
        form.add_problems(error.problems)
        return _form_page(form), 422
    return told(_("Added: %(label)s.", label=added.label), url_for("coordinator.activities"))


@blueprint.get("/activiteiten/<string:activity_id>")
@access(Access.COORDINATOR)
def activity(activity_id: str) -> ResponseReturnValue:
    """Show an activity to change it."""
    row = queries.activity(db(), activity_id)
    return _form_page(ActivityForm.showing(row, editing.seen_mark(row.edited_at)), row)


@blueprint.post("/activiteiten/<string:activity_id>")
@access(Access.COORDINATOR)
def edit_activity(activity_id: str) -> ResponseReturnValue:
    """Change an activity."""
    check_may_edit(db(), current_actor())
    form, row = ActivityForm(), queries.activity(db(), activity_id)
    if not form.validate():
        return _form_page(form, row), 422
    try:
        seen = form.seen.data or ""
        editing.edit_activity(db(), current_actor(), activity_id, form.draft, seen)
    except InvalidError as error:
        form.add_problems(error.problems)
        return _form_page(form, row), 422
    except ConflictError:
        return told(*_stale(url_for("coordinator.activity", activity_id=activity_id)))
    return told(_("Saved: %(label)s.", label=row.label), url_for("coordinator.activities"))


def _stale(location: str) -> tuple[str, str, str]:
    said = _("Somebody changed this meanwhile. This is how it stands now; yours was not saved.")
    return said, location, "warning"


def _form_page(form: ActivityForm, row: Activity | None = None) -> str:
    uses = queries.uses(db(), row.id) if row else (0, 0)
    return render_template(
        "coordinator/activity.html",
        form=form,
        activity=row,
        uses=uses,
        clusters=queries.clusters(db()),
        **shared(Subject.ACTIVITY, row.id if row else ""),
    )
