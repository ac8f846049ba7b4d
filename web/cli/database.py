"""`brug db`: the schema."""

import click
from flask.cli import with_appcontext

from models import migrate
from web.database import sessions


@click.group("db")
def database() -> None:
    """Make and migrate the database."""


@database.command()
@with_appcontext
def upgrade() -> None:
    """Bring the schema to the newest revision."""
    migrate.upgrade(sessions().engine)


@database.command()
@with_appcontext
def check() -> None:
    """Fail when the schema is not the newest."""
    if not migrate.is_current(sessions().engine):
        raise click.ClickException(
            "the database is not at the newest revision: run `brug db upgrade`"
        )


@database.command("revision")
@click.argument("message")
@with_appcontext
def write_revision(message: str) -> None:
    """Write a revision from the difference between classes and schema."""
    migrate.write_revision(sessions().engine, message)
