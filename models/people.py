"""Users, their organisations, roles, interests and the links mailed to them."""

import secrets
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from models.base import Base, by_value, now
from models.organisation import Organisation
from models.states import Role, TokenPurpose


def new_session_token() -> str:
    """Return a fresh secret; replacing it ends every session of its user."""
    return secrets.token_urlsafe(24)


class User(Base):
    """A person who logs in; the e-mail address is kept in lower case."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    email_confirmed_at: Mapped[datetime | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    session_token: Mapped[str] = mapped_column(String(64), unique=True, default=new_session_token)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_login_on: Mapped[date | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )
    roles: Mapped[list["UserRole"]] = relationship(cascade="all, delete-orphan")
    interests: Mapped[list["DeclaredInterest"]] = relationship(cascade="all, delete-orphan")

    @validates("email")
    def _lower(self, _key: str, value: str) -> str:
        return value.strip().lower()


class Membership(Base):
    """A user acts for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class UserRole(Base):
    """A coordinator has a region; a policy officer a municipality in a region.

    keeps_reference: a coordinator who may edit the activities and rules that all regions share.
    """

    __tablename__ = "user_role"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "region_id", "municipality_nis"),
        CheckConstraint(
            "role <> 'policy_officer' OR municipality_nis IS NOT NULL",
            name="policy_officer_has_municipality",
        ),
        CheckConstraint(
            "role = 'coordinator' OR NOT keeps_reference", name="reference_keeper_coordinates"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(by_value(Role, "role"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    municipality_nis: Mapped[str | None] = mapped_column(ForeignKey("municipality.nis"))
    keeps_reference: Mapped[bool] = mapped_column(default=False)


class DeclaredInterest(Base):
    """A user's stated interest in an organisation of which he is no member."""

    __tablename__ = "declared_interest"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Token(Base):
    """A mailed link, single use; only the digest of its secret is stored."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[TokenPurpose] = mapped_column(by_value(TokenPurpose, "purpose"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    email: Mapped[str | None] = mapped_column(String(254))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginAttempt(Base):
    """A failed attempt, counted per key (a digest of the account or of the address)."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now)
