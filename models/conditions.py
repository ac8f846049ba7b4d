"""Columns that a need and an offer share, so that the matcher can compare the two sides."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from matcher.vocabulary import Phase, WorkSite
from models.base import by_value


class ConditionColumns:
    """Facts in the words of `matcher.values.Conditions`; NULL or an empty list is unknown."""

    people_min: Mapped[int | None]
    people_max: Mapped[int | None]
    hours_per_week: Mapped[float | None]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    certificates: Mapped[list[str]] = mapped_column(default=list)
    licences: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    language_level: Mapped[str | None] = mapped_column(String(2))
    schedule: Mapped[list[str]] = mapped_column(default=list)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @declared_attr
    def site(self) -> Mapped[WorkSite | None]:
        """Where the work is done."""
        return mapped_column(by_value(WorkSite, "site"))

    @declared_attr
    def phase(self) -> Mapped[Phase | None]:
        """Which step of a placement track."""
        return mapped_column(by_value(Phase, "phase"))


def condition_checks() -> tuple[CheckConstraint, ...]:
    """Return the bounds that hold for both sides; each table needs its own objects."""
    return (
        CheckConstraint("people_min > 0", name="people_min_positive"),
        CheckConstraint("people_max > 0", name="people_max_positive"),
        CheckConstraint("people_max >= people_min", name="people_in_order"),
        CheckConstraint("hours_per_week > 0 AND hours_per_week <= 60", name="hours_possible"),
        CheckConstraint("end_date >= start_date", name="dates_in_order"),
    )
