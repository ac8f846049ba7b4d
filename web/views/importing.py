"""Lists brought in by the coordinator: upload, preview, import."""

from datetime import UTC, date, datetime

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.importing import KIND_LABELS, ImportForm
from web.i18n import _, _n
from web.login import current_actor
from web.services.errors import InvalidError, NotFoundError
from web.services.importing import batches
from web.services.importing.columns import ListKind
from web.services.importing.problems import UnreadableFileError
from web.services.importing.templates import csv_template, xlsx_template
from web.services.profile_check import Giveaway

blueprint = Blueprint("importing", __name__, url_prefix="/regie/invoer")

_MAKERS = {
    "csv": (csv_template, "text/csv; charset=utf-8"),
    "xlsx": (
        xlsx_template,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@blueprint.get("")
@access(Access.COORDINATOR)
def upload() -> ResponseReturnValue:
    """Show the form, the templates and the latest uploads."""
    return _form_page(ImportForm())


@blueprint.post("")
@access(Access.COORDINATOR)
def preview() -> ResponseReturnValue:
    """Look at an upload: what would be imported, or what is wrong with it."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _form_page(form), 422
    try:
        batch = batches.look_at(
            db(),
            current_app.extensions["brug_catalogue"],
            current_actor(),
            ListKind(form.kind.data),
            form.file.data.filename,
            form.file.data.read(),
            {name: form[name].data for name in ("publish", "partial", "default_kbo")},
            _,
            _today(),
        )
    except UnreadableFileError as error:
        form.add_problems({"file": _(error.message, **error.values)})
        return _form_page(form), 422
    return redirect(url_for("importing.batch", batch_id=batch.id), 303)


@blueprint.get("/<int:batch_id>")
@access(Access.COORDINATOR)
def batch(batch_id: int) -> ResponseReturnValue:
    """Show what an upload holds."""
    return _batch_page(batch_id)


def _batch_page(batch_id: int, problem: str = "") -> str:
    found = batches.own_batch(db(), current_actor(), batch_id)
    preview = found.options["preview"]
    given_away = [{**row, "what": Giveaway(row["what"])} for row in preview.get("given_away", ())]
    return render_template(
        "importing/batch.html",
        batch=found,
        preview=preview,
        given_away=given_away,
        problem=problem,
        kind_labels=KIND_LABELS,
    )


@blueprint.post("/<int:batch_id>")
@access(Access.COORDINATOR)
def carry_out(batch_id: int) -> ResponseReturnValue:
    """Import what was looked at."""
    try:
        done = batches.carry_out(
            db(),
            current_app.extensions["brug_catalogue"],
            current_actor(),
            batch_id,
            _,
            _today(),
            looked_over="looked_over" in request.form,
        )
    except InvalidError as error:
        (problem,) = error.problems.values()
        return _batch_page(batch_id, _(problem)), 422
    page = url_for("importing.batch", batch_id=done.id)
    if done.imported_at is None:
        return told(_("Something changed since the preview; nothing was imported."), page, "danger")
    return told(_n("One row imported.", "%(num)d rows imported.", done.imported), page)


@blueprint.get("/sjabloon/<kind>.<ending>")
@access(Access.COORDINATOR)
def template(kind: str, ending: str) -> ResponseReturnValue:
    """Give an empty list to fill in."""
    if kind not in {member.value for member in ListKind} or ending not in _MAKERS:
        raise NotFoundError
    make, mimetype = _MAKERS[ending]
    response: Response = make_response(make(ListKind(kind), _))
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="brug-{kind}.{ending}"'
    return response


def _form_page(form: ImportForm) -> str:
    recent = batches.recent_batches(db(), current_actor())
    return render_template(
        "importing/upload.html", form=form, recent=recent, kind_labels=KIND_LABELS
    )


def _today() -> date:
    return datetime.now(UTC).date()
