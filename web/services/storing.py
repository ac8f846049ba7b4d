"""Storing a row that somebody else may be storing at the same moment."""

from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models import Base


def add_unless_there(
    session: Session, kind: type[Base], unique: str, values: dict[str, Any]
) -> bool:
    """Store a row unless one with the same value of a unique column is there; tell which."""
    table = cast(Table, kind.__table__)
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    adding = (postgresql if on_postgresql else sqlite).insert(table).values(values)
    added = adding.on_conflict_do_nothing(index_elements=[unique]).returning(table.c[unique])
    return session.scalar(added) is not None
