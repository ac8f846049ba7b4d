"""Messages: what is new for a person, and what he read."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import Notice
from models.states import NewsTopic
from web.access import Access, access
from web.database import db
from web.errors import told
from web.filters import Choice, asked, asked_words, worded
from web.i18n import N_, _
from web.labels import options_of
from web.login import current_actor
from web.paging import paged
from web.services import inbox as service
from web.services.inbox import InboxFilter
from web.services.mail_text import without_marks

blueprint = Blueprint("inbox", __name__, url_prefix="/berichten")


class Shown(StrEnum):
    """Which messages are shown, if not all."""

    NEW = "new"


_SHOWN = {Shown.NEW: N_("Only what is new")}


@blueprint.get("")
@access(Access.LOGGED_IN)
def messages() -> ResponseReturnValue:
    """List one's messages, the newest first."""
    actor = current_actor()
    topic = asked(NewsTopic, "over")
    wanted = InboxFilter(asked_words(), topic, asked(Shown, "toon") is Shown.NEW)
    return render_template(
        "inbox/messages.html",
        page=paged(db(), service.messages_of(actor, wanted)),
        wanted=wanted,
        choices=[
            Choice("over", _("About"), options_of(NewsTopic), topic, _("Everything")),
            Choice("toon", _("Show"), worded(_SHOWN), _chosen(wanted), _("All")),
        ],
        kept=_kept(),
    )


def _chosen(wanted: InboxFilter) -> Shown | None:
    return Shown.NEW if wanted.only_new else None


@blueprint.post("/<int:notice_id>/openen")
@access(Access.LOGGED_IN)
def open_message(notice_id: int) -> ResponseReturnValue:
    """Mark a message as read and go to what it is about."""
    notice = service.read_one(db(), current_actor(), notice_id)
    return redirect(notice.path or url_for("inbox.messages"), 303)


@blueprint.post("/<int:notice_id>/gelezen")
@access(Access.LOGGED_IN)
def read_message(notice_id: int) -> ResponseReturnValue:
    """Mark a message as read."""
    service.read_one(db(), current_actor(), notice_id)
    return redirect(_here(), 303)


@blueprint.post("/gelezen")
@access(Access.LOGGED_IN)
def read_all() -> ResponseReturnValue:
    """Mark every message as read."""
    service.read_all(db(), current_actor())
    return told(_("All messages are marked as read."), url_for("inbox.messages"))


def _here() -> str:
    values: dict[str, Any] = _kept()
    return url_for("inbox.messages", **values)


def _kept() -> dict[str, str]:
    """Return the filter and the page that the address carried along."""
    names = ("q", "over", "toon", "page")
    return {name: request.args[name] for name in names if request.args.get(name)}


@blueprint.app_template_filter("message_text")
def message_text(notice: Notice) -> str:
    """Return the words of a message without its links: its button leads there."""
    return without_marks(notice.body)


@blueprint.app_template_global("unread_messages")
def unread_messages() -> int:
    """Return how many messages the person of this request did not read."""
    return service.unread(db(), current_actor())
