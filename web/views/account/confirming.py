"""Confirming an address by the mailed link."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db, lasting
from web.errors import told
from web.forms.account import AddressForm, said
from web.forms.base import BrugForm
from web.i18n import _
from web.services import accounts
from web.services.memberships import Arrival
from web.services.throttle import TooManyError, Tried
from web.views.account.base import blueprint, count, evenly, gone, refused, shown


@blueprint.route("/bevestigen/<string:secret>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def confirm(secret: str) -> ResponseReturnValue:
    """Show whose address is confirmed; the button does it, for mail programs open links too."""
    found = accounts.confirmation_of(db(), secret)
    if found is None:
        return gone("confirm")
    form = BrugForm()
    if not form.validate_on_submit():
        return render_template("account/confirm.html", found=found, form=form)
    is_change = found.is_change
    arrival = accounts.confirm(db(), secret)
    return told(_told(is_change, arrival), url_for("account.login"))


def _told(is_change: bool, arrival: Arrival | None) -> str:
    if is_change:
        return _("Your new e-mail address is confirmed. Use it to log in from now on.")
    if arrival is Arrival.ASKED:
        return _(
            "Your e-mail address is confirmed and you can log in. Your organisation is known "
            "here already; we asked its people to invite you."
        )
    return _("Your e-mail address is confirmed. You can log in now.")


@blueprint.route("/bevestigen", methods=["GET", "POST"])
@access(Access.PUBLIC)
def resend() -> ResponseReturnValue:
    """Mail the confirmation link once more."""
    form = AddressForm()
    if not form.validate_on_submit():
        return shown("resend", form)
    try:
        with evenly():
            count(Tried.CONFIRM, said(form.email))
            with lasting() as session:
                accounts.resend_confirmation(session, said(form.email))
    except TooManyError as error:
        return refused("resend", form, error)
    message = _("If an account with this address waits for its confirmation, we mailed a new link.")
    return told(message, url_for("account.registered"))
