"""Who stands behind an organisation, and who coordinates for it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Membership, Organisation, User, UserRole
from models.states import Role
from web.services import mail


def people_of(session: Session, organisation_id: int) -> list[User]:
    """Return the members who can log in, in the order they joined."""
    chosen = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            User.is_active,
            User.email_confirmed_at.is_not(None),
        )
        .order_by(Membership.id)
    )
    return list(session.scalars(chosen))


def coordinators_for(session: Session, organisation: Organisation) -> list[User]:
    """Return the coordinators of an organisation's region; of every region when it has none."""
    chosen = (
        select(User)
        .where(User.is_active, User.roles.any(_coordinates(organisation.region_id)))
        .order_by(User.id)
    )
    return list(session.scalars(chosen))


def coordinators_of(session: Session, region_id: int | None) -> list[User]:
    """Return the coordinators of a region, in the order of their accounts."""
    if region_id is None:
        return []
    chosen = select(User).where(User.is_active, User.roles.any(_coordinates(region_id)))
    return list(session.scalars(chosen.order_by(User.id)))


def _coordinates(region_id: int | None) -> Any:
    role = UserRole.role == Role.COORDINATOR
    return role if region_id is None else role & (UserRole.region_id == region_id)


def tell_coordinators(
    session: Session, organisation: Organisation, template: str, **values: Any
) -> None:
    """Mail the coordinators about an organisation."""
    for coordinator in coordinators_for(session, organisation):
        mail.write_to(session, template, coordinator, organisation=organisation, **values)
