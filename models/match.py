"""Matches, the decisions on them, and the record of everything that changed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, by_value, now
from models.need import Need
from models.offer import Offer
from models.people import User
from models.states import MatchOrigin, MatchStatus, RefusalReason

if TYPE_CHECKING:
    from models.agreement import Agreement


class Match(Base):
    """A need with an eligible offer, the score, its reasons and the weights that made it."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("need_id", "offer_id"),
        Index("ix_match_need_status", "need_id", "status"),
        CheckConstraint("people > 0", name="people_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    status: Mapped[MatchStatus] = mapped_column(
        by_value(MatchStatus, "status"), default=MatchStatus.SUGGESTED
    )
    origin: Mapped[MatchOrigin] = mapped_column(
        by_value(MatchOrigin, "origin"), default=MatchOrigin.ENGINE
    )
    score: Mapped[float]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    cautions: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    weights_version: Mapped[str] = mapped_column(String(40))
    #: How many of the people whom the need asks for this offer sends; None where none are counted.
    people: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    version: Mapped[int] = mapped_column()

    need: Mapped[Need] = relationship()
    offer: Mapped[Offer] = relationship()
    agreement: Mapped["Agreement | None"] = relationship(back_populates="match")
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="match", order_by="Decision.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class Decision(Base):
    """What a coordinator decided on a match, when, and why; never changed afterwards."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "to_status <> 'refused' OR refusal_reason IS NOT NULL", name="refusal_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    from_status: Mapped[MatchStatus] = mapped_column(by_value(MatchStatus, "from_status"))
    to_status: Mapped[MatchStatus] = mapped_column(by_value(MatchStatus, "to_status"))
    refusal_reason: Mapped[RefusalReason | None] = mapped_column(
        by_value(RefusalReason, "refusal_reason")
    )
    words: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int | None]

    match: Mapped[Match] = relationship(back_populates="decisions")
    actor: Mapped[User] = relationship()


class Event(Base):
    """A change of state; the database refuses to alter or delete one."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    subject_type: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str | None] = mapped_column(Text)

    actor: Mapped[User | None] = relationship()
