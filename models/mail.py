"""Mail waiting to be sent, written in the same transaction as its cause."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value, now
from models.states import MailState


def new_key() -> str:
    """Return a key for a mail whose cause happens once by itself."""
    return secrets.token_urlsafe(16)


class OutboxMail(Base):
    """One mail to one address.

    key: names the cause; the same cause never writes twice. claim: who carries it at this moment,
    since `claimed_at`; next_try: not before then, after `attempts` that failed because of `error`,
    a short code without anything about people. urgent: waits for no hour and no holiday.
    """

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(120), unique=True, default=new_key)
    template: Mapped[str] = mapped_column(String(40), default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    state: Mapped[MailState] = mapped_column(
        by_value(MailState, "mail_state"), default=MailState.WAITING
    )
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(40))
    claimed_at: Mapped[datetime | None]
    next_try: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(40))
    sent_at: Mapped[datetime | None]
