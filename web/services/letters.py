"""A stored mail as it goes out: text and HTML, with headers by which a reader can stop it."""

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from models import OutboxMail
from models.states import NewsTopic, Rhythm
from web.services.mail import DIGESTS, topic_of
from web.services.mail_links import AnswerLink, MailLinks
from web.services.mail_text import Writer

PREFERENCES = "/mijn-gegevens/mail"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """From whom mail comes, where the site is, and what signs its links."""

    sender: str
    base_url: str
    links: MailLinks

    def message(self, row: OutboxMail) -> EmailMessage:
        """Return a stored mail as it goes out; raises `ValueError` when a header would break."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = row.recipient
        message["Subject"] = row.subject
        message["Date"] = format_datetime(row.created_at)
        message["Message-ID"] = message_id(row.key, self.sender)
        # Asks holiday answers to stay away.
        message["Auto-Submitted"] = "auto-generated"
        stop = self._stop_address(row)
        if stop:
            message["List-Unsubscribe"] = f"<{stop}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.text(row))
        message.add_alternative(self.html(row), subtype="html")
        return message

    def text(self, row: OutboxMail) -> str:
        """Return its words, with links that work from anywhere."""
        text = self._writer(row).plain(row.body)
        if self._stop_address(row):
            text += f"\n-- \nMinder mail van Brug? {self.base_url}{PREFERENCES}\n"
        return text

    def html(self, row: OutboxMail) -> str:
        """Return the same in HTML that every mail reader and phone shows."""
        blocks = [
            (kind, [Markup(line) for line in lines])  # noqa: S704 - escaped by the writer
            for kind, lines in self._writer(row).blocks(row.body)
        ]
        return _layout().render(
            subject=row.subject,
            blocks=blocks,
            site=self.base_url,
            preferences=self.base_url + PREFERENCES,
            stop=self._stop_address(row),
        )

    def _writer(self, row: OutboxMail) -> Writer:
        def sign(action: str, number: int) -> str:
            return self.links.answer(AnswerLink(action, number, row.user_id or 0, row.id or 0))

        return Writer(self.base_url, sign)

    def _stop_address(self, row: OutboxMail) -> str | None:
        what: NewsTopic | Rhythm | None = DIGESTS.get(row.template) or topic_of(row.template)
        if what is None or row.user_id is None:
            return None
        return self.base_url + self.links.unsubscribe(row.user_id, what)


def message_id(key: str, sender: str) -> str:
    """Return the same id for the same cause, by which a reader drops a mail that came twice."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{parseaddr(sender)[1].partition('@')[2] or 'localhost'}>"


@cache
def _layout() -> Template:
    loader = PackageLoader("web", "templates/mail")
    return Environment(loader=loader, autoescape=True).get_template("layout.html")
