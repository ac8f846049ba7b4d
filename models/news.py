"""What a person is told in Brug itself, how often he wants it by mail, and links he used up."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value, now
from models.states import NewsTopic, Rhythm


class Notice(Base):
    """One piece of news for one person; `key` names its cause, as that of a mail does.

    bundled: it waits for his next bundle of mail.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_user_id_read_at", "user_id", "read_at"),
        Index("ix_notice_bundled", "bundled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    topic: Mapped[NewsTopic] = mapped_column(by_value(NewsTopic, "topic"))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    path: Mapped[str | None] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    bundled: Mapped[bool] = mapped_column(default=False)


class MailPreference(Base):
    """How often a person wants mail about a topic; without a row, at once."""

    __tablename__ = "mail_preference"
    __table_args__ = (UniqueConstraint("user_id", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    topic: Mapped[NewsTopic] = mapped_column(by_value(NewsTopic, "topic"))
    rhythm: Mapped[Rhythm] = mapped_column(by_value(Rhythm, "rhythm"))


class Reminder(Base):
    """That somebody was reminded of something; `key` names the thing and the time it is about."""

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_user_id_at", "user_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=now)


class UsedLink(Base):
    """A link of a mail with which somebody answered; it works once."""

    __tablename__ = "used_link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(default=now)
