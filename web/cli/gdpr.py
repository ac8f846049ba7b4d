"""`brug gdpr`: all that is kept about a person, for who asks for it."""

import json
from typing import IO, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from models import now
from web.database import sessions
from web.services.actor import Actor
from web.services.catalogue import Catalogue
from web.services.erasing import erase
from web.services.errors import NotFoundError
from web.services.personal_data import everything_about, find_user
from web.services.retention import ERASED_NAME

#: The record names no user for what is done on the command line.
OPERATOR = Actor(name="operator")


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


@gdpr.command("erase")
@click.argument("user")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def erase_(user: str, yes: bool) -> None:
    """Erase USER (number or e-mail address): what is only his goes, the record names nobody."""
    catalogue = cast(Catalogue, current_app.extensions["brug_catalogue"])
    with sessions().writing.begin() as session:
        try:
            found = find_user(session, user)
        except NotFoundError as error:
            raise click.ClickException(f"there is no user {user!r}") from error
        if not yes:
            click.confirm(f"Erase {found.name} ({found.email})? This cannot be undone", abort=True)
        erase(session, catalogue, OPERATOR, found.id, now().date(), ERASED_NAME)
        number = found.id
    click.echo(f"user {number} is erased")
