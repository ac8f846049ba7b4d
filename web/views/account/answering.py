"""Answering from a mail: a page with one button, for who got the mail."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from models import now
from web.access import Access, access
from web.database import db
from web.forms.answering import AnswerForm
from web.i18n import N_, _
from web.letterhead import mail_links
from web.login import current_actor
from web.services import mail_answers as service
from web.services.accounts import may_enter
from web.services.mail_links import LinkError
from web.views.account.base import blueprint

_WHY_NOT = {
    "altered": (
        N_("This link is not complete"),
        N_("It was cut off or changed in the mail. Copy it whole, or log in and answer there."),
    ),
    "expired": (
        N_("This link is too old"),
        N_("An answer from the mail works for thirty days. Log in to answer now."),
    ),
    "used": (
        N_("You answered already"),
        N_("This link works once, and your answer is known. Log in to see it or to change it."),
    ),
    "foreign": (
        N_("This link is for somebody else"),
        N_("You are logged in under another name. Log out first if the mail was yours."),
    ),
    "gone": (
        N_("This no longer concerns you"),
        N_("What the mail was about is gone, or is no longer yours."),
    ),
    "moved": (
        N_("No answer is needed any more"),
        N_("Something changed since the mail. Log in to see how it stands now."),
    ),
}


@blueprint.route("/mail/antwoord/<token>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def answer(token: str) -> ResponseReturnValue:
    """Show the button of a link; pressing it answers for who got the mail."""
    form, links = AnswerForm(), mail_links(current_app.config["BRUG_SETTINGS"])
    try:
        opened = service.open_link(db(), links, token, now(), current_actor())
        if not may_enter(opened.user, demo=current_app.config["BRUG_DEMO"]):
            raise LinkError("gone")
        form.offer(opened.question.reasons)
        if request.method == "GET" or not form.validate():
            page = render_template("account/answer.html", form=form, asked=opened.question)
            return page, 200 if request.method == "GET" else 422
        catalogue = current_app.extensions["brug_catalogue"]
        service.answer(db(), catalogue, opened, now().date(), form.chosen)
    except LinkError as error:
        db().rollback()
        title, advice = _WHY_NOT[error.code]
        page = render_template("account/answer_not.html", title=_(title), advice=_(advice))
        return page, 403 if error.code == "foreign" else 410
    return render_template("account/answered.html", asked=opened.question)
