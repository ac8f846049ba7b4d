"""What a coordinator does with a whole need besides deciding: later, and over to a colleague."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Membership, Need, User, UserRole
from models.marker import N_
from models.states import NeedStatus, Role
from web.services import events
from web.services.actor import Actor, actor_of
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from web.services.need_state import lock_need
from web.services.queue import HANDED_OVER
from web.services.texts import LONGEST_TITLE, clean_line
from web.services.visibility import interested, region_need

LONGEST_DELAY = timedelta(days=366)


def postpone(
    session: Session, actor: Actor, need_id: int, until: date, on: date, *, seen: int | None
) -> Need:
    """Take a need out of the queue until a day; raises `InvalidError` for a day that is no help."""
    if not on < until <= on + LONGEST_DELAY:
        raise InvalidError({"until": N_("Choose a day after today, within a year.")})
    return _set(session, actor, need_id, until, seen)


def resume(session: Session, actor: Actor, need_id: int, *, seen: int | None) -> Need:
    """Bring a need back into the queue."""
    return _set(session, actor, need_id, None, seen)


def _set(
    session: Session, actor: Actor, need_id: int, until: date | None, seen: int | None
) -> Need:
    need = _own(session, actor, need_id)
    lock_need(session, need)
    if need.status is not NeedStatus.PUBLISHED:
        raise ConflictError("need_closed")
    if seen is not None and seen != need.version:
        raise ConflictError("need_changed")
    before = need.postponed_until
    need.postponed_until = datetime.combine(until, time(), UTC) if until else None
    events.record(
        session,
        actor,
        "need",
        need.id,
        "postponed" if until else "resumed",
        region_id=need.region_id,
        before={"until": before.date().isoformat() if before else None},
        after={"until": until.isoformat() if until else None},
    )
    session.flush()
    return need


def _own(session: Session, actor: Actor, need_id: int) -> Need:
    need = region_need(session, actor, need_id)
    if interested(actor, need):
        raise ForbiddenError("interest")
    return need


def colleagues(session: Session, actor: Actor, region_ids: frozenset[int] | set[int]) -> list[User]:
    """Return the other coordinators of regions, by name."""
    theirs = select(UserRole.user_id).where(
        UserRole.role == Role.COORDINATOR, UserRole.region_id.in_(region_ids)
    )
    chosen = select(User).where(User.id.in_(theirs), User.id != actor.user_id, User.is_active)
    parts = (
        selectinload(User.memberships).joinedload(Membership.organisation),
        selectinload(User.roles),
        selectinload(User.interests),
    )
    return list(session.scalars(chosen.order_by(User.name, User.id).options(*parts)))


def free_colleagues(session: Session, actor: Actor, need: Need) -> list[User]:
    """Return the colleagues of the need's region who have no interest in its asker."""
    if need.region_id is None:
        return []
    others = colleagues(session, actor, {need.region_id})
    return [person for person in others if not interested(actor_of(person), need)]


def hand_over(
    session: Session, actor: Actor, need_id: int, to: int, words: str | None = None
) -> User:
    """Give a need to a colleague; it then stands high in his queue. Interested people may too."""
    need = region_need(session, actor, need_id)
    colleague = next((p for p in free_colleagues(session, actor, need) if p.id == to), None)
    if colleague is None:
        raise NotFoundError
    reason = clean_line(words)[:LONGEST_TITLE] or None
    events.record(
        session,
        actor,
        "need",
        need.id,
        HANDED_OVER,
        region_id=need.region_id,
        after={"to": colleague.id, "interest": interested(actor, need)},
        reason=reason,
    )
    return colleague
