"""Who acts: everything that permissions depend on, gathered once a request."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Membership, User
from models.states import OrganisationStatus, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person with his organisations, regions and interests; all empty for a visitor.

    supplier_ids: approved organisations of his that may list offers; pending_ids: those that
    still wait; interest_ids: his organisations and those he declared an interest in;
    keeps_reference: whether he edits the activities and rules of all regions.
    """

    user_id: int | None = None
    name: str = ""
    organisation_ids: frozenset[int] = frozenset()
    supplier_ids: frozenset[int] = frozenset()
    pending_ids: frozenset[int] = frozenset()
    coordinator_regions: frozenset[int] = frozenset()
    policy_municipalities: frozenset[str] = frozenset()
    interest_ids: frozenset[int] = frozenset()
    keeps_reference: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether somebody is logged in."""
        return self.user_id is not None


VISITOR = Actor()
#: What Brug does by itself; the record names no user for it.
BRUG = Actor(name="Brug")


_WITH_RIGHTS = (
    selectinload(User.memberships).joinedload(Membership.organisation),
    selectinload(User.roles),
    selectinload(User.interests),
)


def load_user(session: Session, user_id: int) -> User | None:
    """Return a user with all that `actor_of` looks at."""
    return session.scalar(select(User).where(User.id == user_id).options(*_WITH_RIGHTS))


def load_user_by_session_token(session: Session, token: str) -> User | None:
    """Return the active user whose sessions carry `token`."""
    chosen = select(User).where(User.session_token == token, User.is_active)
    return session.scalar(chosen.options(*_WITH_RIGHTS))


def actor_of(user: User) -> Actor:
    """Return what a user may act as."""
    organisations = [membership.organisation for membership in user.memberships]
    suppliers = [o for o in organisations if o.is_supplier]
    own = frozenset(o.id for o in organisations)
    return Actor(
        user_id=user.id,
        name=user.name,
        organisation_ids=own,
        supplier_ids=frozenset(o.id for o in suppliers if o.status is OrganisationStatus.APPROVED),
        pending_ids=frozenset(o.id for o in suppliers if o.status is OrganisationStatus.PENDING),
        coordinator_regions=frozenset(
            role.region_id for role in user.roles if role.role is Role.COORDINATOR
        ),
        policy_municipalities=frozenset(
            role.municipality_nis
            for role in user.roles
            if role.role is Role.POLICY_OFFICER and role.municipality_nis
        ),
        interest_ids=own | {interest.organisation_id for interest in user.interests},
        keeps_reference=any(role.keeps_reference for role in user.roles),
    )
