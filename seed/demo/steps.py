"""What every part of the demo loader works with: days, people, and a session for each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import User, now
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Steps:
    """The transaction of the caller, cut into sessions: a service stamps at most once in each."""

    session: Session
    on: date
    # Of this load only: it sees what may still be rolled back, so no web request may share it.
    catalogue: Catalogue = field(default_factory=Catalogue)

    @contextmanager
    def next(self) -> Iterator[Session]:
        """Lend a session whose work joins the caller's transaction."""
        self.session.flush()
        with (
            Session(
                bind=self.session.connection(),
                join_transaction_mode="create_savepoint",
                expire_on_commit=False,
            ) as step,
            step.begin(),
        ):
            yield step

    def day(self, text: str | None) -> date | None:
        """Return the day that `+30d` or `-5d` means, counted from the day of loading."""
        return self.on + timedelta(days=int(text.removesuffix("d"))) if text else None

    def days_ago(self, days: int) -> datetime:
        """Return this moment, some days ago."""
        return now() - timedelta(days=days)


def user_of(session: Session, email: str) -> User:
    """Return a user of the demo region by address."""
    return session.scalars(select(User).where(User.email == email)).one()


def actor_for(session: Session, email: str) -> Actor:
    """Return what a user of the demo region may act as."""
    user = load_user(session, user_of(session, email).id)
    assert user is not None
    return actor_of(user)


def external_id(key: str) -> str:
    """Return the mark by which a later load knows an entry again."""
    return f"demo:{key}"


def known_ids(session: Session, table: Any) -> set[str]:
    """Return the marks of the entries that are stored already."""
    stored = session.scalars(select(table.external_id).where(table.is_demo))
    return {mark for mark in stored if mark}
