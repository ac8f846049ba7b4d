"""Mail that did not leave, with why, and the button to try again."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.i18n import N_, _
from web.login import current_actor
from web.paging import paged
from web.services import dead_mail as service
from web.services import outbox
from web.services.errors import ConflictError
from web.views.coordinator.base import blueprint

_ERRORS = {
    outbox.BROKEN_LINE: N_("The mail server broke the connection time and again."),
    outbox.CUT_OFF: N_("Sending was cut off time and again."),
    outbox.EXPIRED: N_("It waited for more than a week; its news is old by now."),
    outbox.MALFORMED: N_("The address or the subject cannot stand in a mail."),
}


@blueprint.get("/mail")
@access(Access.COORDINATOR)
def dead_mail() -> ResponseReturnValue:
    """Show the mail that did not leave."""
    page = paged(db(), service.dead_mail(db(), current_actor()))
    return render_template("coordinator/dead_mail.html", page=page)


@blueprint.post("/mail/<int:mail_id>/opnieuw")
@access(Access.COORDINATOR)
def send_again(mail_id: int) -> ResponseReturnValue:
    """Let one of them try again."""
    here = url_for("coordinator.dead_mail")
    try:
        service.send_again(db(), current_actor(), mail_id)
    except ConflictError:
        return told(_("Somebody had it sent again already."), here, "warning")
    return told(_("The mail is sent again."), here)


@blueprint.app_template_filter("mail_error")
def mail_error(error: str | None) -> str:
    """Word why a mail did not leave."""
    if error and error.startswith("smtp_"):
        code = error.removeprefix("smtp_")
        return _("The mail server of the receiver refuses it (code %(code)s).", code=code)
    return _(_ERRORS.get(error or "", N_("Nobody knows why.")))
