"""Accepting an invitation, with an account or without."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.account import JoinForm, said
from web.forms.base import BrugForm
from web.i18n import _
from web.login import current_actor, enter
from web.services import memberships
from web.services.errors import InvalidError
from web.services.memberships import Invitation
from web.views.account.base import blueprint, gone, refused, shown


@blueprint.route("/uitnodiging/<string:secret>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def accept(secret: str) -> ResponseReturnValue:
    """Join the organisation that one was invited to."""
    invitation = memberships.invitation_of(db(), secret)
    if invitation is None:
        return gone("invite")
    if invitation.needs_account and not current_actor().is_known:
        return _with_new_account(secret, invitation)
    form = BrugForm()
    if not form.validate_on_submit():
        return render_template("account/accept.html", form=form, invitation=invitation)
    organisation = memberships.accept(db(), current_actor(), secret)
    message = _("You now act for %(organisation)s.", organisation=organisation.name)
    return told(message, url_for("account.home"))


def _with_new_account(secret: str, invitation: Invitation) -> ResponseReturnValue:
    form = JoinForm()
    if not form.validate_on_submit():
        return shown("join", form, invitation=invitation)
    try:
        user = memberships.accept_with_new_account(
            db(), secret, said(form.name), said(form.password)
        )
    except InvalidError as error:
        return refused("join", form, error, invitation=invitation)
    enter(user)
    message = _("You now act for %(organisation)s.", organisation=invitation.organisation.name)
    return told(message, url_for("account.home"))
