"""A forgotten password: asking a link, and choosing another by it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db, lasting
from web.errors import told
from web.forms.account import AddressForm, NewPasswordForm, said
from web.i18n import _
from web.services import accounts
from web.services.errors import InvalidError
from web.services.throttle import TooManyError, Tried
from web.views.account.base import blueprint, count, evenly, gone, refused, shown


@blueprint.route("/wachtwoord-vergeten", methods=["GET", "POST"])
@access(Access.PUBLIC)
def forgot() -> ResponseReturnValue:
    """Mail a link to choose a new password; the answer is the same for every address."""
    form = AddressForm()
    if not form.validate_on_submit():
        return shown("forgot", form)
    try:
        with evenly():
            count(Tried.RESET, said(form.email))
            with lasting() as session:
                accounts.request_reset(session, said(form.email))
    except TooManyError as error:
        return refused("forgot", form, error)
    return redirect(url_for("account.reset_asked"), 303)


@blueprint.get("/wachtwoord-vergeten/mail")
@access(Access.PUBLIC)
def reset_asked() -> str:
    """Send people to their mailbox; the same for every address."""
    return render_template("account/reset_asked.html")


@blueprint.route("/wachtwoord-kiezen/<string:secret>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def reset(secret: str) -> ResponseReturnValue:
    """Choose a new password by a mailed link; every session ends."""
    user = accounts.user_to_reset(db(), secret)
    if user is None:
        return gone("reset")
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return shown("reset", form, email=user.email)
    try:
        accounts.reset_password(db(), secret, said(form.password))
    except InvalidError as error:
        return refused("reset", form, error, email=user.email)
    message = _("Your new password is kept. Log in with it; on every device.")
    return told(message, url_for("account.login"))
