"""`brug gdpr`: all that is kept about a person, for who asks for it."""

import json
from typing import IO

import click
from flask.cli import with_appcontext

from web.database import sessions
from web.services.errors import NotFoundError
from web.services.personal_data import everything_about, find_user


@click.group()
def gdpr() -> None:
    """Answer people who ask what is kept about them."""


@gdpr.command("export")
@click.argument("user")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@with_appcontext
def export(user: str, file: IO[str]) -> None:
    """Write everything about USER (number or e-mail address) to FILE, as JSON."""
    with sessions().reading() as session:
        try:
            found = everything_about(session, find_user(session, user).id)
        except NotFoundError as error:
            raise click.ClickException(f"there is no user {user!r}") from error
    file.write(json.dumps(found, ensure_ascii=False, indent=2, default=str) + "\n")
