"""Who saw whose contact data: kept for the person whose data they are."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, now
from models.organisation import Organisation
from models.people import User


class Sighting(Base):
    """Somebody saw a person's contact data on a day; one row a day, which nobody may alter.

    place: the code of the kind of page; coordinates: as coordinator; organisation_id: else for
    whom. Rows go only as a whole, when they are old enough or their person is erased.
    """

    __tablename__ = "sighting"
    __table_args__ = (
        UniqueConstraint("subject_id", "viewer_id", "day"),
        Index("ix_sighting_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=now)
    place: Mapped[str] = mapped_column(String(20))
    coordinates: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    viewer: Mapped[User] = relationship(foreign_keys=[viewer_id])
    organisation: Mapped[Organisation | None] = relationship()


class RetentionNotice(Base):
    """Somebody was told that something of his will go; it goes no sooner than he was told."""

    __tablename__ = "retention_notice"
    __table_args__ = (UniqueConstraint("kind", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[int]
    announced_on: Mapped[date]
