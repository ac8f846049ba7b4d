"""Mail that did not leave: which coordinator sees it, and letting it try again."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from models import Membership, Organisation, OutboxMail, UserRole, now
from models.states import MailState
from web.services import events
from web.services.actor import Actor
from web.services.errors import ConflictError, NotFoundError
from web.services.mail import WRITTEN
from web.services.reference_rights import may_edit


def dead_mail(session: Session, actor: Actor) -> Select[OutboxMail]:
    """Return the query for what the actor's region lacks, the newest first."""
    return (
        select(OutboxMail)
        .where(OutboxMail.state == MailState.DEAD, _mine(session, actor))
        .order_by(OutboxMail.id.desc())
    )


def _mine(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Condition: to somebody of the actor's regions; to people of none, for who keeps the house."""
    regions = actor.coordinator_regions
    in_mine = OutboxMail.user_id.in_(_people_of(Organisation.region_id.in_(regions))) | (
        OutboxMail.user_id.in_(select(UserRole.user_id).where(UserRole.region_id.in_(regions)))
    )
    if not may_edit(session, actor):
        return in_mine
    somewhere = OutboxMail.user_id.in_(_people_of(Organisation.region_id.is_not(None))) | (
        OutboxMail.user_id.in_(select(UserRole.user_id))
    )
    return or_(in_mine, OutboxMail.user_id.is_(None), ~somewhere)


def _people_of(where: ColumnElement[bool]) -> Select[int]:
    return select(Membership.user_id).join(Membership.organisation).where(where)


def send_again(session: Session, actor: Actor, mail_id: int) -> OutboxMail:
    """Let a mail wait to be sent as if it were new; raises `ConflictError` when it does already."""
    mine = select(OutboxMail).where(OutboxMail.id == mail_id, _mine(session, actor))
    row = session.scalar(mine.with_for_update())
    if row is None:
        raise NotFoundError
    if row.state is not MailState.DEAD:
        raise ConflictError("not_dead")
    row.state, row.attempts = MailState.WAITING, 0
    row.next_try = now()  # also says since when it waits, so that an old one is not given up again
    events.record(session, actor, "mail", row.id, "sent_again", before={"error": row.error})
    session.info[WRITTEN] = True
    return row
