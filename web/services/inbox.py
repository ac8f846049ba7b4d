"""What a person was told: his messages in Brug."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models import Notice, now
from models.states import NewsTopic
from web.services.actor import Actor
from web.services.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the messages are narrowed to; None or empty leaves them as they are."""

    words: str = ""
    topic: NewsTopic | None = None
    only_new: bool = False

    @property
    def narrows(self) -> bool:
        """Tell whether anything was asked."""
        return bool(self.words or self.topic or self.only_new)


def messages_of(actor: Actor, wanted: InboxFilter) -> Select[Notice]:
    """Return the query for a person's messages, the newest first."""
    chosen = select(Notice).where(Notice.user_id == actor.user_id).order_by(Notice.id.desc())
    if wanted.words:
        chosen = chosen.where(Notice.title.icontains(wanted.words, autoescape=True))
    if wanted.topic:
        chosen = chosen.where(Notice.topic == wanted.topic)
    if wanted.only_new:
        chosen = chosen.where(Notice.read_at.is_(None))
    return chosen


def unread(session: Session, actor: Actor) -> int:
    """Return how many messages a person did not read; one look in an index."""
    if actor.user_id is None:
        return 0
    counted = select(func.count()).where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
    return session.scalar(counted.select_from(Notice)) or 0


def read_one(session: Session, actor: Actor, notice_id: int) -> Notice:
    """Mark a message as read; raises `NotFoundError` for another's."""
    mine = select(Notice).where(Notice.id == notice_id, Notice.user_id == actor.user_id)
    notice = session.scalar(mine)
    if notice is None:
        raise NotFoundError
    if notice.read_at is None:
        notice.read_at = now()
    return notice


def read_all(session: Session, actor: Actor) -> None:
    """Mark every message of a person as read."""
    session.execute(
        update(Notice)
        .where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
        .values(read_at=now())
    )
