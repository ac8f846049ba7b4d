"""The outbox as what sends it sees it."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import OutboxMail
from web.services.mail import addressed

#: An older mail would only confuse: its link no longer works, its news is old.
KEPT_TRYING = timedelta(days=7)


def unsent(session: Session, moment: datetime) -> list[int]:
    """Return the mails to send, the oldest first."""
    chosen = select(OutboxMail.id).where(
        OutboxMail.sent_at.is_(None), OutboxMail.created_at > moment - KEPT_TRYING
    )
    return list(session.scalars(chosen.order_by(OutboxMail.id)))


def message_of(session: Session, mail_id: int, sender: str, base_url: str) -> EmailMessage:
    """Return a stored mail as it goes out; raises `ValueError` when a header would break."""
    row = session.get_one(OutboxMail, mail_id)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = row.recipient
    message["Subject"] = row.subject
    message["Date"] = format_datetime(row.created_at)
    message["Message-ID"] = make_msgid(f"brug-{row.id}", parseaddr(sender)[1].partition("@")[2])
    # Asks holiday answers to stay away.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(addressed(row.body, base_url))
    return message


def mark_sent(session: Session, mail_id: int, moment: datetime) -> None:
    """Note that a mail left."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.sent_at.is_(None))
        .values(sent_at=moment)
    )
