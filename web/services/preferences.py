"""How often each person wants mail, by what it is about."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import MailPreference, Notice, User
from models.states import NewsTopic, Rhythm
from web.services import events
from web.services.actor import Actor
from web.services.errors import NotFoundError


def rhythm_of(session: Session, user_id: int, topic: NewsTopic) -> Rhythm:
    """Return how often somebody wants mail about a topic."""
    return rhythms_of(session, user_id)[topic]


def rhythms_of(session: Session, user_id: int) -> dict[NewsTopic, Rhythm]:
    """Return how often somebody wants mail about every topic."""
    chosen = select(MailPreference).where(MailPreference.user_id == user_id)
    kept = {row.topic: row.rhythm for row in session.scalars(chosen)}
    return {topic: kept.get(topic, Rhythm.AT_ONCE) for topic in NewsTopic}


def choose(session: Session, actor: Actor, wanted: Mapping[NewsTopic, Rhythm]) -> None:
    """Keep how often somebody wants mail."""
    if actor.user_id is None:
        raise NotFoundError
    # One person's changes one after the other: two at once would store a topic twice.
    session.scalars(select(User.id).where(User.id == actor.user_id).with_for_update()).one()
    chosen = select(MailPreference).where(MailPreference.user_id == actor.user_id)
    rows = {row.topic: row for row in session.scalars(chosen)}
    before = {topic.value: row.rhythm.value for topic, row in rows.items()}
    for topic, rhythm in wanted.items():
        if topic in rows:
            rows[topic].rhythm = rhythm
        else:
            values = {"topic": topic, "rhythm": rhythm}
            session.add(MailPreference(user_id=actor.user_id, **values))
    after = {topic.value: rhythm.value for topic, rhythm in wanted.items()}
    if before != {**before, **after}:
        events.record(
            session, actor, "user", actor.user_id, "mail_chosen", before=before, after=after
        )


def stop(session: Session, user_id: int, what: NewsTopic | Rhythm) -> bool:
    """End the mail about a topic or in a rhythm; False when the person is gone."""
    if session.get(User, user_id) is None:
        return False
    rhythms = rhythms_of(session, user_id)
    topics = [what] if isinstance(what, NewsTopic) else [t for t in NewsTopic if rhythms[t] is what]
    choose(session, Actor(user_id=user_id), dict.fromkeys(topics, Rhythm.OFF))
    waiting = select(Notice).where(
        Notice.user_id == user_id, Notice.bundled, Notice.topic.in_(topics)
    )
    for notice in session.scalars(waiting):
        notice.bundled = False
    return True
