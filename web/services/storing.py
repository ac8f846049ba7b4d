"""Storing a row that somebody else may be storing at the same moment."""

from typing import Any, TypeVar, cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models import Base

RowT = TypeVar("RowT", bound=Base)


def add_unless_there(
    session: Session, kind: type[Base], unique: str, values: dict[str, Any]
) -> bool:
    """Store a row unless one with the same value of a unique column is there; tell which."""
    table = cast(Table, kind.__table__)
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    adding = (postgresql if on_postgresql else sqlite).insert(table).values(values)
    added = adding.on_conflict_do_nothing(index_elements=[unique]).returning(table.c[unique])
    return session.scalar(added) is not None


def stored_once(session: Session, kind: type[RowT], values: dict[str, Any]) -> tuple[RowT, bool]:
    """Store a row whose `submission_key` names its submit; return it, and whether it is new.

    Who sends a form twice finds what the first made. A row without a key is always new.
    """
    key = values["submission_key"]
    table = cast(Any, kind)
    if key is None:
        row = kind(**values)
        session.add(row)
        session.flush()
        return row, True
    made = add_unless_there(session, kind, "submission_key", {**values, "version": 1})
    return session.scalars(select(kind).where(table.submission_key == key)).one(), made
