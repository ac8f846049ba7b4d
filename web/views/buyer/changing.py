"""Copy, withdraw, reopen and delete a need."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from models import Need
from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.needs import WithdrawForm
from web.i18n import _
from web.login import current_actor
from web.services.needs import copy_need, delete_draft, reopen_need, withdraw_need
from web.views.buyer.base import attempt, blueprint, closed, own_need, sent_key, today, version_in


@blueprint.route("/vragen/<int:need_id>/kopieren", methods=["POST"])
@access(Access.MEMBER)
def copy(need_id: int) -> ResponseReturnValue:
    """Start a new draft from a need."""
    need = own_need(need_id)
    made = copy_need(db(), current_actor(), need, on=today(), submission_key=sent_key())
    message = _("This is a copy, as a draft. Look it over and publish it.")
    return told(message, url_for("buyer.details", need_id=made.id))


@blueprint.route("/vragen/<int:need_id>/intrekken", methods=["GET", "POST"])
@access(Access.MEMBER)
def withdraw(need_id: int) -> ResponseReturnValue:
    """Ask for confirmation, then take a need back."""
    need = own_need(need_id)
    form = WithdrawForm(data={"version": need.version})
    if request.method == "GET":
        return _withdraw_page(form, need)
    return attempt(
        form, lambda: _withdraw(form, need), lambda status: _withdraw_page(form, need, status)
    )


def _withdraw(form: WithdrawForm, need: Need) -> Response:
    version = version_in(form.version.data)
    withdraw_need(db(), current_actor(), need, version=version, reason=form.reason.data or "")
    message = _("Your need is withdrawn. You can reopen it at any time.")
    return told(message, url_for("buyer.need", need_id=need.id))


def _withdraw_page(form: WithdrawForm, need: Need, status: int = 200) -> ResponseReturnValue:
    form.version.data = str(need.version)
    return render_template("buyer/withdraw.html", form=form, need=need, status=status), status


@blueprint.route("/vragen/<int:need_id>/heropenen", methods=["POST"])
@access(Access.MEMBER)
def reopen(need_id: int) -> ResponseReturnValue:
    """Bring a withdrawn need back."""
    need = own_need(need_id)
    reopen_need(db(), current_actor(), need)
    if need.status is not NeedStatus.DRAFT:
        return told(_("Your need is open again."), url_for("buyer.need", need_id=need.id))
    message = _("Your need is a draft again. Look it over and publish it.")
    return told(message, url_for("buyer.details", need_id=need.id))


@blueprint.route("/vragen/<int:need_id>/verwijderen", methods=["GET", "POST"])
@access(Access.MEMBER)
def delete(need_id: int) -> ResponseReturnValue:
    """Ask for confirmation, then delete a draft that was never published."""
    need = own_need(need_id)
    if need.status is not NeedStatus.DRAFT or need.published_at is not None:
        return closed(need)
    if request.method == "GET":
        return render_template("buyer/delete.html", need=need)
    delete_draft(db(), current_actor(), need)
    return told(_("The draft is deleted."), url_for("buyer.needs"))
