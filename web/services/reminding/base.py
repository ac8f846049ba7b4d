"""What all reminders keep to: once for each cause, and one in three days for each person."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Reminder, User
from web.services.storing import add_unless_there

#: A person gets no two reminders within this time.
REST = timedelta(days=3)


def may_remind(session: Session, user_id: int, moment: datetime) -> bool:
    """Tell whether somebody may be reminded; locks him, so that two workers never both do.

    A reminder from further ahead than any rest was written before the clock went back.
    """
    user = session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None or not user.is_active:
        return False
    near = Reminder.at.between(moment - REST, moment + REST)
    recent = select(Reminder.id).where(Reminder.user_id == user_id, near)
    return session.scalar(recent.limit(1)) is None


def note(session: Session, key: str, user_id: int, moment: datetime) -> bool:
    """Note that somebody is reminded of something; False when he was already."""
    return add_unless_there(
        session, Reminder, "key", {"key": key, "user_id": user_id, "at": moment}
    )
