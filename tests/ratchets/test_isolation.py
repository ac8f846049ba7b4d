"""The ground under the other tests: databases of their own, and no way out."""

import socket
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models import Municipality, session_factory


def _bekkevoort() -> Municipality:
    return Municipality(
        nis="24008",
        name="Bekkevoort",
        province="Vlaams-Brabant",
        arrondissement="Leuven",
        latitude=50.94,
        longitude=4.97,
        valid_from=date(2000, 1, 1),
    )


def _count(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(Municipality)).one()


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committed_session_leaves_nothing_to_the_next_test(session: Session, time: str) -> None:
    assert _count(session) == 0, f"the {time} test finds another one's rows"
    session.add(_bekkevoort())
    session.commit()
    session.rollback()
    assert _count(session) == 1


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_another_connection_commits_is_seen_now_but_not_by_the_next_test(
    engine: Engine, session: Session, time: str
) -> None:
    assert _count(session) == 0, f"the {time} test finds another one's rows"
    session.rollback()
    with session_factory(engine).begin() as other:
        other.add(_bekkevoort())
    assert _count(session) == 1


def test_no_test_reaches_further_than_this_machine() -> None:
    with pytest.raises(PermissionError, match="tried to reach"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
