"""One's own data: name, phone, address, password, sessions."""

from flask import url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.account import ChangeAddressForm, ChangePasswordForm, PersonForm, said
from web.histories import recent
from web.i18n import _
from web.login import current_actor, current_person, enter, leave
from web.services import profile
from web.services.errors import InvalidError
from web.services.record import Subject
from web.services.throttle import TooManyError, Tried
from web.views.account.base import blueprint, count, refused, shown


@blueprint.route("/mijn-gegevens", methods=["GET", "POST"])
@access(Access.LOGGED_IN)
def person() -> ResponseReturnValue:
    """Show one's own data and change name and phone number."""
    user = current_person()
    form = PersonForm(name=user.name, phone=user.phone)
    if not form.validate_on_submit():
        return shown("person", form, user=user, recent=recent(Subject.USER, user.id))
    profile.change_person(
        db(), current_actor(), name=said(form.name), phone=said(form.phone) or None
    )
    return told(_("Your data are kept."), url_for("account.person"))


@blueprint.route("/mijn-gegevens/e-mailadres", methods=["GET", "POST"])
@access(Access.LOGGED_IN)
def change_address() -> ResponseReturnValue:
    """Ask for another address; the link mailed there makes the change."""
    form = ChangeAddressForm()
    actor, user = current_actor(), current_person()
    if not form.validate_on_submit():
        return shown("change_address", form, user=user)
    try:
        count(Tried.LOGIN, user.email)
        profile.ask_new_address(db(), actor, said(form.email), said(form.current_password))
    except (TooManyError, InvalidError) as error:
        return refused("change_address", form, error, user=user)
    message = _("We mailed a link to your new address. Until you confirm it the old one counts.")
    return told(message, url_for("account.person"))


@blueprint.route("/mijn-gegevens/wachtwoord", methods=["GET", "POST"])
@access(Access.LOGGED_IN)
def change_password() -> ResponseReturnValue:
    """Replace the password; every other session ends."""
    form = ChangePasswordForm()
    actor, user = current_actor(), current_person()
    if not form.validate_on_submit():
        return shown("change_password", form, user=user)
    try:
        count(Tried.LOGIN, user.email)
        changed = profile.change_password(
            db(), actor, said(form.current_password), said(form.new_password)
        )
    except (TooManyError, InvalidError) as error:
        return refused("change_password", form, error, user=user)
    enter(changed)
    message = _("Your new password is kept. On other devices you have to log in again.")
    return told(message, url_for("account.person"))


@blueprint.post("/mijn-gegevens/overal-afmelden")
@access(Access.LOGGED_IN)
def end_sessions() -> ResponseReturnValue:
    """Log out on every device."""
    profile.end_sessions(db(), current_actor())
    leave()
    return told(_("You are logged out on every device."), url_for("account.login"))
