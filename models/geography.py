"""Regions, municipalities and the names and postcodes that lead to them."""

import unicodedata
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base


def fold(name: str) -> str:
    """Return a name as searched: without accents, case, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


class Municipality(Base):
    """A municipality by NIS code; one that merged points to its successor."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("length(nis) = 5", name="nis_length"),)

    nis: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    province: Mapped[str] = mapped_column(String(40))
    arrondissement: Mapped[str] = mapped_column(String(40))
    latitude: Mapped[float]
    longitude: Mapped[float]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    merged_into_nis: Mapped[str | None] = mapped_column(ForeignKey("municipality.nis"))


class PlaceName(Base):
    """A name with its postcode: a municipality, a sub-municipality or an old name."""

    __tablename__ = "place_name"
    __table_args__ = (
        UniqueConstraint("folded", "postcode", "municipality_nis"),
        Index("ix_place_name_postcode", "postcode"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(80), index=True)
    postcode: Mapped[str | None] = mapped_column(String(4))
    municipality_nis: Mapped[str] = mapped_column(ForeignKey("municipality.nis"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    municipality: Mapped[Municipality] = relationship(lazy="joined")


class Region(Base):
    """A partnership of municipalities that shares a coordinator."""

    __tablename__ = "region"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    is_demo: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    municipalities: Mapped[list[Municipality]] = relationship(
        secondary="region_municipality", order_by=Municipality.name
    )


class RegionMunicipality(Base):
    """A municipality belongs to at most one region."""

    __tablename__ = "region_municipality"

    municipality_nis: Mapped[str] = mapped_column(ForeignKey("municipality.nis"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
