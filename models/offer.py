"""Offers: what social-economy organisations, and hosts of workplaces, can do."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matcher.vocabulary import OfferKind
from models.base import Base, by_value, now
from models.conditions import ConditionColumns, condition_checks
from models.geography import Municipality
from models.organisation import Organisation
from models.people import User
from models.states import ActivityOrigin, OfferStatus
from models.taxonomy import Activity

if TYPE_CHECKING:
    from models.match import Match


def _holds() -> ColumnElement[bool]:
    from models.match import Match  # a match knows its offer: only here the other way round
    from models.match_life import HOLDING

    return (Match.offer_id == Offer.id) & Match.status.in_(HOLDING)


class Offer(ConditionColumns, Base):
    """Something that can be done; a profile carries a pseudonym and no name."""

    __tablename__ = "offer"
    __table_args__ = (
        *condition_checks(),
        CheckConstraint("radius_km > 0 AND radius_km <= 300", name="radius_possible"),
        CheckConstraint(
            "status = 'draft' OR (trim(title) <> '' AND trim(text) <> '' "
            "AND municipality_nis IS NOT NULL AND contact_id IS NOT NULL "
            "AND published_at IS NOT NULL AND valid_until IS NOT NULL)",
            name="published_is_complete",
        ),
        CheckConstraint("kind <> 'profile' OR pseudonym IS NOT NULL", name="profile_has_pseudonym"),
        Index("ix_offer_status_revision", "status", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[OfferKind] = mapped_column(by_value(OfferKind, "kind"))
    status: Mapped[OfferStatus] = mapped_column(
        by_value(OfferStatus, "status"), default=OfferStatus.DRAFT
    )
    title: Mapped[str] = mapped_column(String(160), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    municipality_nis: Mapped[str | None] = mapped_column(ForeignKey("municipality.nis"), index=True)
    postcode: Mapped[str | None] = mapped_column(String(4))
    radius_km: Mapped[float | None]
    pseudonym: Mapped[str | None] = mapped_column(String(16), unique=True)
    valid_until: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]
    submission_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(80), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    organisation: Mapped[Organisation] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    contact: Mapped[User | None] = relationship(foreign_keys=[contact_id])
    activities: Mapped[list["OfferActivity"]] = relationship(
        cascade="all, delete-orphan", order_by="OfferActivity.id"
    )
    service_area: Mapped[list[Municipality]] = relationship(
        secondary="offer_municipality", order_by=Municipality.name
    )
    #: Matches that hold people of it; see `web.services.promises`.
    held: Mapped[list["Match"]] = relationship(
        primaryjoin=lambda: _holds(), viewonly=True, order_by="Match.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy


class OfferActivity(Base):
    """An activity of an offer, recognised in its text or chosen by its writer."""

    __tablename__ = "offer_activity"
    __table_args__ = (UniqueConstraint("offer_id", "activity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"), index=True)
    origin: Mapped[ActivityOrigin] = mapped_column(by_value(ActivityOrigin, "origin"))

    activity: Mapped[Activity] = relationship()


class OfferMunicipality(Base):
    """A municipality that an offer serves."""

    __tablename__ = "offer_municipality"

    offer_id: Mapped[int] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True
    )
    municipality_nis: Mapped[str] = mapped_column(ForeignKey("municipality.nis"), primary_key=True)
