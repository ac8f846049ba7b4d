"""The command line: `brug …`. Each command is one transaction."""

import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from web.settings import SettingsError


def _make_app() -> Flask:
    from web.app import create_app

    try:
        return create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@click.group(cls=FlaskGroup, create_app=_make_app, add_default_commands=False)
def brug() -> None:
    """Brug: needs and offers of the social economy, matched and explained."""


def main() -> None:
    """Run the command line; what goes wrong is told in one line on stderr."""
    from web.cli.database import database
    from web.cli.serve import serve

    for command in (database, serve):
        brug.add_command(command)
    try:
        brug.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        click.echo(f"brug: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
