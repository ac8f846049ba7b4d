"""What follows on an approval: answers, steps, what was agreed, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, by_value, now
from models.match import Match
from models.people import User
from models.states import (
    AnswerKind,
    CheckItem,
    FallReason,
    HoursPer,
    MatchStatus,
    Side,
    StillThere,
)


class Answer(Base):
    """What one side said to an approval. Rows are only added: the last yes or no counts.

    decision_id: the approval that it answers, so that one approved anew is asked anew.
    by_coordinator: he wrote down what the side told him.
    """

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("side IN ('need', 'offer')", name="of_a_side"),
        CheckConstraint("kind <> 'no' OR reason IS NOT NULL", name="no_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    side: Mapped[Side] = mapped_column(by_value(Side, "side"))
    kind: Mapped[AnswerKind] = mapped_column(by_value(AnswerKind, "kind"))
    reason: Mapped[FallReason | None] = mapped_column(by_value(FallReason, "reason"))
    words: Mapped[str | None] = mapped_column(Text)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    by_coordinator: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)

    match: Mapped[Match] = relationship()
    actor: Mapped[User] = relationship()


class MatchStep(Base):
    """A step of a match after its approval: who took it, for which side, and why it fell through.

    Rows are only added. actor_id is empty where an older version of Brug took the step.
    """

    __tablename__ = "match_step"
    __table_args__ = (
        CheckConstraint(
            "to_status <> 'fell_through' OR reason IS NOT NULL", name="falling_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    side: Mapped[Side] = mapped_column(by_value(Side, "side"))
    from_status: Mapped[MatchStatus] = mapped_column(by_value(MatchStatus, "from_status"))
    to_status: Mapped[MatchStatus] = mapped_column(by_value(MatchStatus, "to_status"))
    reason: Mapped[FallReason | None] = mapped_column(by_value(FallReason, "reason"))
    words: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=now)

    match: Mapped[Match] = relationship()
    actor: Mapped[User | None] = relationship()


class Agreement(Base):
    """What the two sides of a match agreed, and beside it what it became.

    hours: of all people together. euro: whole euros without VAT, over the whole period.
    contract: a code of `models.options.CONTRACTS`, for a vacancy. The real figures are filled when
    the work is done; hired is for a vacancy alone.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("people > 0 AND fte > 0 AND hours > 0 AND euro >= 0", name="possible"),
        CheckConstraint(
            "real_people >= 0 AND real_fte >= 0 AND real_hours >= 0 AND real_euro >= 0",
            name="outcome_possible",
        ),
        CheckConstraint("(hours IS NULL) = (hours_per IS NULL)", name="hours_of_something"),
        CheckConstraint("end_date >= start_date", name="dates_in_order"),
        CheckConstraint("real_end >= real_start", name="real_dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), unique=True)
    people: Mapped[int | None]
    fte: Mapped[float | None]
    hours: Mapped[float | None]
    hours_per: Mapped[HoursPer | None] = mapped_column(by_value(HoursPer, "hours_per"))
    euro: Mapped[int | None]
    contract: Mapped[str | None] = mapped_column(String(20))
    start_date: Mapped[date]
    end_date: Mapped[date | None]
    real_people: Mapped[int | None]
    real_fte: Mapped[float | None]
    real_hours: Mapped[float | None]
    real_euro: Mapped[int | None]
    real_contract: Mapped[str | None] = mapped_column(String(20))
    real_start: Mapped[date | None]
    real_end: Mapped[date | None]
    hired: Mapped[bool | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    version: Mapped[int] = mapped_column()

    match: Mapped[Match] = relationship(back_populates="agreement")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class MatchCheck(Base):
    """An item of an enclave's checklist that is in order, since when, and who said so."""

    __tablename__ = "match_check"
    __table_args__ = (UniqueConstraint("match_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    item: Mapped[CheckItem] = mapped_column(by_value(CheckItem, "item"))
    done_on: Mapped[date]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    match: Mapped[Match] = relationship()
    actor: Mapped[User] = relationship()


class RetentionCheck(Base):
    """Whether somebody who was hired still works there so many months after the start."""

    __tablename__ = "retention_check"
    __table_args__ = (
        UniqueConstraint("match_id", "months"),
        CheckConstraint("months IN (1, 6, 12)", name="asked_months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    months: Mapped[int]
    still_there: Mapped[StillThere] = mapped_column(by_value(StillThere, "still_there"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    match: Mapped[Match] = relationship()
    actor: Mapped[User] = relationship()
