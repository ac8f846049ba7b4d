"""Registering, logging in and out."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import User
from web.access import Access, access
from web.database import db, lasting, sessions
from web.errors import told
from web.forms.account import BUYER, SUPPLIER, LoginForm, RegisterForm, said
from web.i18n import _
from web.login import enter, leave
from web.services import accounts
from web.services.errors import ForbiddenError, InvalidError
from web.services.throttle import TooManyError, Tried
from web.views.account.base import blueprint, count, evenly, own_path, refused, shown


@blueprint.route("/registreren", methods=["GET", "POST"])
@access(Access.VISITOR)
def register() -> ResponseReturnValue:
    """Make an account with its organisation."""
    asked = SUPPLIER if request.args.get("als") == SUPPLIER else BUYER
    form = RegisterForm(side=asked)
    if not form.validate_on_submit():
        return shown("register", form)
    person = accounts.NewPerson(
        name=said(form.name), email=said(form.email), password=said(form.password)
    )
    try:
        with evenly():
            count(Tried.REGISTER, person.email)
            with lasting() as session:
                accounts.register(session, person, form.draft())
    except (TooManyError, InvalidError) as error:
        return refused("register", form, error)
    return redirect(url_for("account.registered"), 303)


@blueprint.get("/registreren/mail")
@access(Access.PUBLIC)
def registered() -> str:
    """Send people to their mailbox; the same for every address."""
    return render_template("account/registered.html")


@blueprint.route("/aanmelden", methods=["GET", "POST"])
@access(Access.VISITOR)
def login() -> ResponseReturnValue:
    """Log in, and go on to where one was going."""
    form = LoginForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return shown("login", form)
    try:
        count(Tried.LOGIN, said(form.email))
        user = _check(form)
    except (TooManyError, ForbiddenError) as error:
        return refused("login", form, error)
    accounts.note_login(db(), user.id, said(form.password))
    enter(user, remember=form.remember.data)
    return redirect(own_path(form.next.data) or url_for("account.home"), 303)


def _check(form: LoginForm) -> User:
    # Verifying takes long on purpose; a reading session does not hold up who writes.
    with sessions().reading() as session:
        demo = current_app.config["BRUG_DEMO"]
        return accounts.check_login(session, said(form.email), said(form.password), demo=demo)


@blueprint.post("/afmelden")
@access(Access.PUBLIC)
def logout() -> ResponseReturnValue:
    """Log out here."""
    leave()
    return told(_("You are logged out."), url_for("visitor.home"))
