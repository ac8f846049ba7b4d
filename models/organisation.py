"""Organisations, on either side of the bridge."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates
from stdnum.be import vat

from matcher.vocabulary import OrganisationType, WorkForm
from models.base import Base, by_value, now
from models.geography import Municipality
from models.states import OrganisationStatus


class Organisation(Base):
    """A company, authority or social-economy organisation, known by its KBO number."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("length(kbo) = 10", name="kbo_length"),
        CheckConstraint(
            "(nace_code IS NULL) = (nace_version IS NULL)", name="nace_code_with_version"
        ),
        CheckConstraint("nace_version IN ('2003', '2008', '2025')", name="nace_version_known"),
        CheckConstraint("trim(name) <> ''", name="name_not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    kbo: Mapped[str] = mapped_column(String(10), unique=True)
    type: Mapped[OrganisationType] = mapped_column(by_value(OrganisationType, "type"))
    work_form: Mapped[WorkForm] = mapped_column(
        by_value(WorkForm, "work_form"), default=WorkForm.NONE
    )
    is_supplier: Mapped[bool] = mapped_column(default=False)
    status: Mapped[OrganisationStatus] = mapped_column(
        by_value(OrganisationStatus, "status"), default=OrganisationStatus.APPROVED
    )
    status_reason: Mapped[str | None] = mapped_column(Text)
    nace_code: Mapped[str | None] = mapped_column(String(7))
    nace_version: Mapped[str | None] = mapped_column(String(4))
    joint_committee: Mapped[str | None] = mapped_column(String(12))
    recognition: Mapped[str | None] = mapped_column(String(160))
    description: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(String(200))
    municipality_nis: Mapped[str | None] = mapped_column(ForeignKey("municipality.nis"), index=True)
    postcode: Mapped[str | None] = mapped_column(String(4))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column()

    municipality: Mapped[Municipality | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    @validates("kbo")
    def _check_kbo(self, _key: str, value: str) -> str:
        """Store the ten digits; raises `stdnum.exceptions.ValidationError` when they are wrong."""
        return vat.validate(value)
