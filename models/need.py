"""Needs: what companies, municipalities and OCMWs ask for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matcher.vocabulary import NeedKind
from models.base import Base, by_value, now
from models.conditions import ConditionColumns, condition_checks
from models.geography import Municipality, Region
from models.organisation import Organisation
from models.people import User
from models.states import ActivityOrigin, NeedStatus, Recurrence, Urgency, Visibility
from models.taxonomy import Activity


class Need(ConditionColumns, Base):
    """A question to the social economy. A draft may lack anything; the rest has what is due."""

    __tablename__ = "need"
    __table_args__ = (
        *condition_checks(),
        CheckConstraint(
            "status = 'draft' OR (trim(title) <> '' AND trim(text) <> '' "
            "AND municipality_nis IS NOT NULL AND postcode IS NOT NULL "
            "AND contact_id IS NOT NULL AND published_at IS NOT NULL "
            "AND (start_date IS NOT NULL OR start_to_agree))",
            name="published_is_complete",
        ),
        Index("ix_need_region_status", "region_id", "status"),
        Index("ix_need_status_revision", "status", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[NeedKind] = mapped_column(by_value(NeedKind, "kind"))
    status: Mapped[NeedStatus] = mapped_column(
        by_value(NeedStatus, "status"), default=NeedStatus.DRAFT
    )
    title: Mapped[str] = mapped_column(String(160), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    municipality_nis: Mapped[str | None] = mapped_column(ForeignKey("municipality.nis"), index=True)
    postcode: Mapped[str | None] = mapped_column(String(4))
    start_to_agree: Mapped[bool] = mapped_column(default=False)
    duration: Mapped[str | None] = mapped_column(String(80))
    recurrence: Mapped[Recurrence | None] = mapped_column(by_value(Recurrence, "recurrence"))
    urgency: Mapped[Urgency] = mapped_column(by_value(Urgency, "urgency"), default=Urgency.NORMAL)
    budget: Mapped[str | None] = mapped_column(String(120))
    visibility: Mapped[Visibility] = mapped_column(
        by_value(Visibility, "visibility"), default=Visibility.REGION
    )
    core_activity: Mapped[bool | None]
    submission_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(80), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    postponed_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    #: When, with which reference data and by which weights its stored suggestions were ranked.
    ranked_on: Mapped[date | None]
    ranked_reference: Mapped[int | None]
    ranked_weights: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()

    organisation: Mapped[Organisation] = relationship()
    region: Mapped[Region | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    contact: Mapped[User | None] = relationship(foreign_keys=[contact_id])
    activities: Mapped[list["NeedActivity"]] = relationship(
        cascade="all, delete-orphan", order_by="NeedActivity.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class NeedActivity(Base):
    """An activity of a need, recognised in its text or chosen by its writer."""

    __tablename__ = "need_activity"
    __table_args__ = (UniqueConstraint("need_id", "activity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"), index=True)
    origin: Mapped[ActivityOrigin] = mapped_column(by_value(ActivityOrigin, "origin"))

    activity: Mapped[Activity] = relationship()
