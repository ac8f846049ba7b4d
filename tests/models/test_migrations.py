import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from models import Base, migrate


def test_an_empty_database_migrates_to_what_the_classes_say(engine: Engine):
    migrate.check(engine)
    assert migrate.is_current(engine)


def test_the_schema_can_be_taken_down_and_put_back(engine: Engine):
    migrate.downgrade(engine)
    left = set(inspect(engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    assert not migrate.is_current(engine)
    migrate.upgrade(engine)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())
    migrate.check(engine)


def test_upgrading_twice_changes_nothing(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO login_attempt (key, at) VALUES ('k', '2026-01-01')"))
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM login_attempt")) == 1


def test_after_migrating_the_database_checks_again_what_rows_point_to(engine: Engine):
    migrate.upgrade(engine)
    orphan = text(
        "INSERT INTO membership (user_id, organisation_id, created_at)"
        " VALUES (999, 999, '2026-01-01')"
    )
    with engine.begin() as connection, pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        connection.execute(orphan)
