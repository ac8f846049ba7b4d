"""Taking a person out of Brug: what is only his goes, and what the record needs names nobody."""

from datetime import date
from typing import cast

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from models import OutboxMail, Token, User, new_session_token
from models.base import Base
from web.services import events
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import Catalogue
from web.services.errors import NotFoundError
from web.services.leaving import leave

#: Rows that are only about the person: they go. By table, the column that points to him.
DELETED = {
    "declared_interest": "user_id",
    "import_batch": "user_id",
    "mail_preference": "user_id",
    "membership": "user_id",
    "notice": "user_id",
    "outbox_mail": "user_id",
    "reminder": "user_id",
    "sighting": "subject_id",
    "token": "user_id",
    "user_role": "user_id",
}
#: Rows that stay, for they belong to an organisation or to the record; they then point to a
#: number without a name. Whom he saw stays in the lists of those whom he saw.
KEPT = frozenset(
    {
        *("answer", "attachment", "decision", "event", "match_check", "match_step", "need"),
        *("offer", "question", "retention_check", "sighting", "synonym_proposal", "visit"),
        "weights_version",
    }
)


def erase(
    session: Session, catalogue: Catalogue, actor: Actor, user_id: int, on: date, name: str
) -> User:
    """Erase a person; twice is once. name: what stands in his place, with `%s` for his number.

    He leaves his organisations as he would himself: a colleague becomes the contact, or what is
    online goes offline. Raises `NotFoundError`.
    """
    user = load_user(session, user_id)
    if user is None:
        raise NotFoundError
    for organisation_id in sorted(actor_of(user).organisation_ids):
        leave(session, catalogue, actor_of(user), organisation_id, on)
    address = user.email
    for table_name, column in DELETED.items():
        table = Base.metadata.tables[table_name]
        session.execute(delete(table).where(table.c[column] == user_id))
    _by_address(session, address)
    session.expire(user)
    placeholder = f"gewist-{user_id}@invalid"
    if user.email != placeholder:
        user.email, user.name, user.phone = placeholder, name.replace("%s", str(user_id)), None
        user.password_hash, user.email_confirmed_at = None, None
        user.is_active, user.session_token = False, new_session_token()
        user.last_login_on = None
        events.record(session, actor, "user", user_id, "erased")
    session.flush()
    return user


def _by_address(session: Session, address: str) -> None:
    """Delete mails and links that name nobody but his address."""
    mails, links = (cast(Table, row.__table__) for row in (OutboxMail, Token))
    session.execute(delete(mails).where(mails.c.recipient == address))
    session.execute(delete(links).where(links.c.email == address))
