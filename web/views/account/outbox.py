"""The post box of the demo: the mails that Brug wrote."""

import re

from flask import current_app, render_template, request
from sqlalchemy import select

from models import OutboxMail
from web.access import Access, access
from web.database import db
from web.letterhead import letterhead
from web.paging import paged
from web.services.texts import clean_line
from web.settings import Settings
from web.views.account.base import blueprint

LONGEST_EMAIL = 254


@blueprint.get("/postbus")
@access(Access.DEMO)
def outbox() -> str:
    """Show the mails, newest first; outside the demo this page does not exist."""
    wanted = clean_line(request.args.get("aan"))[:LONGEST_EMAIL].lower()
    chosen = select(OutboxMail).order_by(OutboxMail.id.desc())
    if wanted:
        chosen = chosen.where(OutboxMail.recipient.contains(wanted, autoescape=True))
    return render_template("account/outbox.html", page=paged(db(), chosen, 10), wanted=wanted)


@blueprint.app_template_filter("mail_parts")
def mail_parts(mail: OutboxMail) -> list[tuple[str, str | None]]:
    """Cut a stored mail in pieces of text, each with the path of this site that it links to.

    Only our own links become links: what people typed in a mail stays text.
    """
    settings: Settings = current_app.config["BRUG_SETTINGS"]
    own = re.compile(rf'({re.escape(settings.base_url)}(?=/|\s|$)(/[^\s<>"]*)?)')
    parts: list[tuple[str, str | None]] = []
    text, start = letterhead(settings).text(mail), 0
    for found in own.finditer(text):
        parts += [(text[start : found.start()], None), (found[1], found[2] or "/")]
        start = found.end()
    return [*parts, (text[start:], None)]
