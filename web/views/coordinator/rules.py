"""The dated rules: what they say, how sure they are, and from when."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from matcher.vocabulary import Certainty
from models import Rule
from web.access import Access, access
from web.database import db
from web.errors import told
from web.filters import Choice, asked, asked_words, worded
from web.forms.reference import RuleForm, rule_form
from web.i18n import N_, _
from web.labels import options_of
from web.login import current_actor
from web.paging import paged
from web.services import queue
from web.services import reference_editing as editing
from web.services import reference_queries as queries
from web.services.catalogue import INFORMATION
from web.services.errors import ConflictError, InvalidError
from web.services.record import Subject
from web.services.reference_queries import ReferenceOrder
from web.services.reference_rights import check_may_edit
from web.views.coordinator.base import blueprint
from web.views.coordinator.edits import shared

ORDERS = {
    ReferenceOrder.FIELD: N_("By what they are about"),
    ReferenceOrder.NAME: N_("By title"),
    ReferenceOrder.CHANGED: N_("Last changed first"),
}


@blueprint.get("/regels")
@access(Access.COORDINATOR)
def rules() -> ResponseReturnValue:
    """List the rules with their certainty, source and dates."""
    words = asked_words()
    certainty = asked(Certainty, "certainty")
    order = asked(ReferenceOrder, "volgorde") or ReferenceOrder.FIELD
    return render_template(
        "coordinator/rules.html",
        page=paged(db(), queries.rules(certainty, words, order)),
        words=words,
        choices=[
            Choice("certainty", _("How sure"), options_of(Certainty), certainty, _("All")),
            Choice("volgorde", _("Order"), worded(ORDERS), order),
        ],
        can_block=editing.can_block,
        information=INFORMATION,
    )


@blueprint.get("/regels/<string:rule_id>")
@access(Access.COORDINATOR)
def rule(rule_id: str) -> ResponseReturnValue:
    """Show a rule to change it."""
    row = queries.rule(db(), rule_id)
    return _form_page(rule_form(row).showing(row, editing.seen_mark(row.edited_at)), row)


@blueprint.post("/regels/<string:rule_id>")
@access(Access.COORDINATOR)
def edit_rule(rule_id: str) -> ResponseReturnValue:
    """Change a rule, asking once more where it begins to block."""
    check_may_edit(db(), current_actor())
    row = queries.rule(db(), rule_id)
    form = rule_form(row)()
    if not form.validate():
        return _form_page(form, row), 422
    seen, sure = form.seen.data or "", bool(form.confirm.data)
    try:
        editing.edit_rule(db(), current_actor(), rule_id, form.draft_of(row), seen, confirmed=sure)
    except InvalidError as error:
        form.add_problems(error.problems)
        return _form_page(form, row, asks="confirm" in error.problems), 422
    except ConflictError:
        here = url_for("coordinator.rule", rule_id=rule_id)
        said = _("Somebody changed this meanwhile. This is how it stands now; yours was not saved.")
        return told(said, here, "warning")
    return told(_("Saved: %(label)s.", label=row.title), url_for("coordinator.rules"))


def _form_page(form: RuleForm, row: Rule, *, asks: bool = False) -> str:
    return render_template(
        "coordinator/rule.html",
        form=form,
        rule=row,
        asks=asks or bool(form.confirm.data),
        blocks=editing.can_block(row.code, row.certainty),
        advises=row.code in editing.ADVISING,
        today=queue.today()[1],
        **shared(Subject.RULE, row.id),
    )
