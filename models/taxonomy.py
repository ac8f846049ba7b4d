"""The activity taxonomy and the dated rules, both editable by the coordinator."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matcher.vocabulary import Certainty
from models.base import Base, by_value


class Activity(Base):
    """One kind of work, with the codes that official registers give it."""

    __tablename__ = "activity"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(120))
    cluster: Mapped[str] = mapped_column(String(60), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    cpv: Mapped[list[str]] = mapped_column(default=list)
    cpv_fit: Mapped[str | None] = mapped_column(String(12))
    nace: Mapped[dict[str, Any]] = mapped_column(default=dict)
    esco: Mapped[list[str]] = mapped_column(default=list)
    edited_at: Mapped[datetime | None]

    synonyms: Mapped[list["ActivitySynonym"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivitySynonym.id"
    )


class ActivitySynonym(Base):
    """Another way to say an activity."""

    __tablename__ = "activity_synonym"
    __table_args__ = (UniqueConstraint("activity_id", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(120))


class Rule(Base):
    """A legal or practical rule with its dates; only a certain one may block a match."""

    __tablename__ = "rule"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
    )

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    explanation: Mapped[str] = mapped_column(Text)
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    certainty: Mapped[Certainty] = mapped_column(by_value(Certainty, "certainty"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")
    edited_at: Mapped[datetime | None]
