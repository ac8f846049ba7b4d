"""Bring a database to a revision of the schema, and tell where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

_SCRIPTS = Path(__file__).parent / "migrations"


@contextmanager
def _configuration(engine: Engine) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.execution_options(brug_migrating=True).begin() as connection:
        config.attributes["connection"] = connection
        yield config
        if connection.dialect.name == "sqlite":
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    """Refuse a migration after which a row points to nothing: SQLite does not look meanwhile."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise RuntimeError(f"rows without what they point to: {lost[:5]}")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate upwards; does nothing when the schema is there already."""
    with _configuration(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Migrate downwards; data of the dropped tables is lost."""
    with _configuration(engine) as config:
        command.downgrade(config, revision)


def check(engine: Engine) -> None:
    """Raise `alembic.util.CommandError` when the classes and the schema differ."""
    with _configuration(engine) as config:
        command.check(config)


def write_revision(engine: Engine, message: str) -> None:
    """Write a new revision file from the difference between classes and schema."""
    with _configuration(engine) as config:
        command.revision(config, message, autogenerate=True)


def is_current(engine: Engine) -> bool:
    """Tell whether the database stands at the newest revision."""
    script = ScriptDirectory(str(_SCRIPTS))
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(script.get_heads())
