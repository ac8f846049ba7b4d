"""Bundles: the news of a day or a week in one mail, for who asked for that."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Notice, User
from models.states import NewsTopic, Rhythm
from web.services import mail
from web.services.mail_text import Mark, link
from web.services.preferences import rhythms_of
from web.services.quiet import BRUSSELS, FROM

#: More would be read by nobody; the rest stands in the inbox.
MOST_ITEMS = 30
_NAMES = {rhythm: name for name, rhythm in mail.DIGESTS.items()}


def waiting_people(session: Session) -> list[int]:
    """Return who has news that waits to be bundled."""
    return list(session.scalars(select(Notice.user_id).where(Notice.bundled).distinct()))


def write_bundles(session: Session, user_id: int, moment: datetime) -> int:
    """Write the bundles that are due for somebody; returns how many pieces of news they hold.

    A bundle of a day holds what came before its morning, so that it comes once a day whatever
    happens during it; the clock may have gone back, so what is from the future counts as well.
    """
    user = session.get(User, user_id, with_for_update=True)
    if user is None or not user.is_active:
        return 0
    rhythms = rhythms_of(session, user_id)
    told = 0
    for rhythm in Rhythm:
        topics = [topic for topic in NewsTopic if rhythms[topic] is rhythm]
        told += _write(session, user, rhythm, topics, moment)
    return told


def _write(
    session: Session, user: User, rhythm: Rhythm, topics: list[NewsTopic], moment: datetime
) -> int:
    chosen = select(Notice).where(
        Notice.user_id == user.id, Notice.bundled, Notice.topic.in_(topics)
    )
    if rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        start = _start(rhythm, moment)
        chosen = chosen.where(or_(Notice.created_at < start, Notice.created_at > moment))
    notices = session.scalars(chosen.order_by(Notice.id)).all()
    for notice in notices:
        notice.bundled = False
    if rhythm is Rhythm.OFF or not notices:
        return 0
    # Who no longer wants bundles gets what still waited in one of a day.
    name = _NAMES.get(rhythm, _NAMES[Rhythm.DAILY])
    subject, body = mail.render(
        name,
        {
            "name": user.name,
            "news": [_item(notice) for notice in notices[:MOST_ITEMS]],
            "more": max(0, len(notices) - MOST_ITEMS),
        },
    )
    # The newest of them names the bundle: two workers at once write it once.
    key = f"{name}:{user.id}:{notices[-1].id}"
    mail.post(session, user.email, subject, body, user_id=user.id, template=name, key=key)
    return len(notices)


def _item(notice: Notice) -> Mark:
    title = notice.title.replace("[", "(").replace("]", ")")
    return link(notice.path or "/berichten", title)


def _start(rhythm: Rhythm, moment: datetime) -> datetime:
    """Return the morning on which the day or the week of a moment began."""
    day: date = moment.astimezone(BRUSSELS).date()
    if rhythm is Rhythm.WEEKLY:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, FROM, BRUSSELS)
