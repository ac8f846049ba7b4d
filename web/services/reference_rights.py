"""Who may edit the activities and rules, which hold for every region at once.

There is one law, and needs and offers meet across regions, so there is one list of rules and one of
activities. Where an installation has a single region its coordinators edit them. Where it has
several, only the coordinators do that its operator named; the others read, are told of every
change, and see who made it.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Region, User, UserRole
from models.states import Role
from web.services import mail
from web.services.actor import Actor
from web.services.errors import ForbiddenError

#: Where the pages of what is shared stand, by the kind of thing that an event is about.
_PAGES = {"activity": "/regie/activiteiten/", "rule": "/regie/regels/"}


def may_edit(session: Session, actor: Actor) -> bool:
    """Tell whether a coordinator may edit what all regions share."""
    if not actor.coordinator_regions:
        return False
    return actor.keeps_reference or _regions(session) == 1


def check_may_edit(session: Session, actor: Actor) -> None:
    """Raise `ForbiddenError` (`shared`) for who may only read."""
    if not may_edit(session, actor):
        raise ForbiddenError("shared")


def _regions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Region)) or 0


def keepers(session: Session) -> Sequence[User]:
    """Return the people who may edit where there are several regions, by name."""
    chosen = select(User).where(User.is_active, User.roles.any(UserRole.keeps_reference))
    return session.scalars(chosen.order_by(User.name, User.id)).all()


def tell_other_regions(session: Session, actor: Actor, kind: str, row_id: str, label: str) -> None:
    """Mail the coordinators of the other regions about a change of an activity or a rule."""
    elsewhere = UserRole.region_id.not_in(actor.coordinator_regions)
    chosen = select(User).where(
        User.is_active,
        User.id != actor.user_id,
        User.roles.any((UserRole.role == Role.COORDINATOR) & elsewhere),
    )
    for coordinator in session.scalars(chosen.order_by(User.id)):
        values = {"by": actor.name, "kind": kind, "label": label, "path": _PAGES[kind] + row_id}
        mail.write_to(session, "reference_changed", coordinator, **values)
