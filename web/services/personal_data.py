"""Everything that is kept about a person, for who asks it of us; and taking it away.

What points to a user is found in the tables themselves, so that a table that is added later is
never forgotten. Secrets (passwords, links) are nobody's to take along.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, or_, select
from sqlalchemy.orm import Session

from models import Event, OutboxMail, Token, User, now
from models.base import Base
from web.services.errors import NotFoundError

#: What opens something, or is the file of somebody else.
_SECRET = frozenset({"password_hash", "session_token", "digest", "content", "claim"})
_ABOUT = {
    "user": "Uw account.",
    "membership": "Voor welke organisaties u optreedt, en sinds wanneer.",
    "user_role": "Uw rollen.",
    "declared_interest": "Belangen die u meldde.",
    "need": "Vragen die u schreef of waarvoor u de contactpersoon bent.",
    "offer": "Aanbod waarvoor u de contactpersoon bent of dat u schreef.",
    "decision": "Beslissingen die u nam.",
    "event": "Wat u in Brug deed, en wat over uw account in het logboek staat.",
    "outbox_mail": "Mails aan u.",
    "token": "Links die wij u mailden, zonder de link zelf.",
    "sighting": "Wie uw contactgegevens zag (subject_id bent u), en wiens gegevens u zag.",
    "import_batch": "Lijsten die u invoerde, zonder het bestand zelf.",
}


def find_user(session: Session, asked: str) -> User:
    """Return a user by number or e-mail address; raises `NotFoundError`."""
    by = User.email == asked.strip().lower()
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        by = User.id == int(asked)
    user = session.scalar(select(User).where(by))
    if user is None:
        raise NotFoundError
    return user


def everything_about(session: Session, user_id: int) -> dict[str, Any]:
    """Return all that is kept about a person, JSON-ready, by table."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError
    found: dict[str, Any] = {"user": _rows(session, _table(User), [_table(User).c.id], user_id)}
    for table, columns in sorted(_pointing_to_users(), key=lambda pair: pair[0].name):
        if rows := _rows(session, table, columns, user_id):
            found[table.name] = rows
    found["event"] = _events(session, user_id)
    found["outbox_mail"] = _by_address(session, _table(OutboxMail), "recipient", user)
    found["token"] = _by_address(session, _table(Token), "email", user)
    return {
        "uitleg": {name: _ABOUT[name] for name in found if name in _ABOUT},
        "gemaakt_op": now().isoformat(),
        "gegevens": {name: rows for name, rows in found.items() if rows},
    }


def _table(row: type[Base]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table


def pointing_to_users() -> dict[str, list[str]]:
    """Return the names of the columns that point to a user, by table."""
    return {table.name: [column.name for column in columns] for table, columns in _pointing()}


def _pointing() -> Iterable[tuple[Table, list[Column[Any]]]]:
    for table in Base.metadata.tables.values():
        columns = [
            column
            for column in table.columns
            if any(key.column is User.__table__.c.id for key in column.foreign_keys)
        ]
        if columns:
            yield table, columns


def _pointing_to_users() -> Iterable[tuple[Table, list[Column[Any]]]]:
    # Mails and links are found by address too, and events also by what they are about.
    apart = {_table(OutboxMail).name, _table(Token).name, _table(Event).name}
    return [(table, columns) for table, columns in _pointing() if table.name not in apart]


def _rows(
    session: Session, table: Table, columns: Iterable[Column[Any]], user_id: int
) -> list[dict[str, Any]]:
    chosen = select(table).where(or_(*(column == user_id for column in columns)))
    return [_plain(row) for row in session.execute(chosen).mappings()]


def _events(session: Session, user_id: int) -> list[dict[str, Any]]:
    about = (Event.subject_type == "user") & (Event.subject_id == str(user_id))
    chosen = select(_table(Event)).where(or_(Event.actor_id == user_id, about)).order_by(Event.id)
    return [_plain(row) for row in session.execute(chosen).mappings()]


def _by_address(session: Session, table: Table, column: str, user: User) -> list[dict[str, Any]]:
    mine = or_(table.c.user_id == user.id, table.c[column] == user.email)
    return [_plain(row) for row in session.execute(select(table).where(mine)).mappings()]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        str(name): _value(value)
        for name, value in row.items()
        if str(name) not in _SECRET and value is not None
    }


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return f"{len(value)} bytes" if isinstance(value, bytes) else value
