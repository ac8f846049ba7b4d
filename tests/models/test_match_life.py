from importlib import import_module
from itertools import product

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import Match, migrate, session_factory
from models.match_life import ALLOWED, TRANSITIONS, UNDO_WITHIN, may_follow
from models.states import MatchStatus
from tests.support import builders


def _match(session: Session) -> int:
    need, offer = builders.need(session), builders.offer(session)
    match = Match(need_id=need.id, offer_id=offer.id, score=1.0, weights_version="t")
    session.add(match)
    session.flush()
    return match.id


def _move(session: Session, match_id: int, to: str) -> None:
    session.execute(
        text('UPDATE "match" SET status = :to WHERE id = :id'), {"to": to, "id": match_id}
    )


@pytest.mark.parametrize("before", list(MatchStatus))
def test_the_database_takes_the_steps_of_the_table_and_no_other(
    session: Session, before: MatchStatus
):
    match_id = _match(session)
    builders.bring(session, session.get_one(Match, match_id), before)
    for after in MatchStatus:
        if after is before:
            continue
        with session.begin_nested() as savepoint:
            if may_follow(before, after):
                _move(session, match_id, after)
            else:
                with (
                    pytest.raises(DBAPIError, match="cannot take this step"),
                    session.begin_nested(),
                ):
                    _move(session, match_id, after)
            savepoint.rollback()


def test_a_match_begins_as_suggested(session: Session):
    need, offer = builders.need(session), builders.offer(session)
    values = {"need_id": need.id, "offer_id": offer.id, "score": 1.0, "weights_version": "t"}
    session.add(Match(**values, status=MatchStatus.APPROVED))
    with pytest.raises(DBAPIError, match="cannot take this step"):
        session.flush()


def test_another_state_than_those_is_unknown_and_so_is_another_origin(session: Session):
    match_id = _match(session)
    for column in ("status", "origin"):
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(
                text(f"UPDATE \"match\" SET {column} = 'lost' WHERE id = :id"), {"id": match_id}
            )
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(update(Match).values(people=0))


def test_the_triggers_were_made_from_the_table_of_today():
    frozen = import_module("models.migrations.versions.0011_match_life").ALLOWED
    assert frozenset(frozen) == ALLOWED
    assert len(frozen) == len(TRANSITIONS)


def test_nothing_follows_that_the_table_does_not_say():
    pairs = set(product(MatchStatus, MatchStatus))
    assert {pair for pair in pairs if may_follow(*pair)} == ALLOWED
    # From every state but one that waits for somebody else's decision there is a way on or back.
    assert {before for before, _ in ALLOWED} == set(MatchStatus)
    assert UNDO_WITHIN.days == 7


def test_what_was_approved_under_the_old_rules_was_introduced(engine: Engine):
    # Needs and offers are written as they are now, for the classes know no older columns.
    with session_factory(engine).begin() as session:
        numbers = {"need": builders.need(session).id, "offer": builders.offer(session).id}
    migrate.downgrade(engine, "0010")
    with session_factory(engine).begin() as session:
        old = text(
            'INSERT INTO "match" (need_id, offer_id, status, origin, score, reasons, cautions,'
            " weights_version, created_at, updated_at, version)"
            " VALUES (:need, :offer, 'approved', 'engine', 1, '[]', '[]', 't',"
            " '2026-01-02 03:04:05', '2026-02-03 04:05:06', 3)"
        )
        session.execute(old, numbers)
    migrate.upgrade(engine)
    with session_factory(engine)() as session:
        assert session.execute(text('SELECT status, version FROM "match"')).one() == (
            "introduced",
            4,
        )
        step = session.execute(
            text("SELECT from_status, to_status, actor_id, at FROM match_step")
        ).one()
        assert tuple(step[:3]) == ("approved", "introduced", None)
        assert str(step.at).startswith("2026-02-03 04:05:06")
    migrate.downgrade(engine, "0010")
    with session_factory(engine)() as session:
        assert session.scalar(text('SELECT status FROM "match"')) == "approved"
