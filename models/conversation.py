"""What the two sides of a match ask each other, the files they send along, and visits."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, by_value, now
from models.match import Match
from models.people import User
from models.states import Side


class Question(Base):
    """A question of one side of a match, and the answer of the other.

    is_public: every supplier who is invited for the same need sees it, without who asked.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("side IN ('need', 'offer')", name="of_a_side"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answerer_id IS NULL)",
            name="answered_by_somebody",
        ),
        CheckConstraint(
            "NOT is_public OR (side = 'offer' AND answer IS NOT NULL)", name="public_is_answered"
        ),
        Index("ix_question_need_public", "need_id", "is_public"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    side: Mapped[Side] = mapped_column(by_value(Side, "side"))
    words: Mapped[str] = mapped_column(Text)
    asker_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str | None] = mapped_column(Text)
    answerer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    answered_at: Mapped[datetime | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    submission_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    version: Mapped[int] = mapped_column()

    match: Mapped[Match] = relationship()
    asker: Mapped[User] = relationship(foreign_keys=[asker_id])
    answerer: Mapped[User | None] = relationship(foreign_keys=[answerer_id])
    files: Mapped[list["Attachment"]] = relationship(
        back_populates="question", order_by="Attachment.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class Attachment(Base):
    """A file that was sent along with a question, or with its answer; see `conversation.files`."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    of_answer: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(100))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    #: Only read where the file itself is asked for.
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    question: Mapped[Question] = relationship(back_populates="files")


class Visit(Base):
    """A visit that one side of a match proposed, and the other accepted or not.

    sequence: counts the changes, as a calendar asks that took over an earlier version.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="lasts_a_day_at_most"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    side: Mapped[Side] = mapped_column(by_value(Side, "side"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(200))
    words: Mapped[str | None] = mapped_column(Text)
    proposer_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    accepted_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    submission_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    version: Mapped[int] = mapped_column()

    match: Mapped[Match] = relationship()
    proposer: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy
