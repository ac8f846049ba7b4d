"""Inviting colleagues, and taking an invitation back."""

from flask import url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.account import AddressForm, said
from web.i18n import _
from web.login import current_actor, current_person
from web.services import memberships
from web.services.errors import InvalidError
from web.services.throttle import TooManyError, Tried
from web.views.account.base import blueprint, count, refused
from web.views.account.organisation import page_values


@blueprint.post("/mijn-organisaties/<int:organisation_id>/uitnodigingen")
@access(Access.MEMBER, Access.COORDINATOR)
def invite(organisation_id: int) -> ResponseReturnValue:
    """Mail an invitation to a colleague."""
    form, actor, email = AddressForm(), current_actor(), current_person().email
    if form.validate_on_submit():
        try:
            count(Tried.INVITE, email)
            memberships.invite(db(), actor, organisation_id, said(form.email))
        except (TooManyError, InvalidError) as error:
            return refused("organisation", form, error, **page_values(organisation_id))
        message = _("We mailed an invitation to %(email)s.", email=said(form.email))
        return told(message, _page(organisation_id))
    return refused("organisation", form, InvalidError({}), **page_values(organisation_id))


@blueprint.post("/mijn-organisaties/<int:organisation_id>/uitnodigingen/<int:invitation_id>")
@access(Access.MEMBER, Access.COORDINATOR)
def withdraw_invitation(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back; its link no longer works."""
    memberships.withdraw_invitation(db(), current_actor(), organisation_id, invitation_id)
    return told(_("The invitation is withdrawn."), _page(organisation_id))


def _page(organisation_id: int) -> str:
    return url_for("account.organisation", organisation_id=organisation_id)
