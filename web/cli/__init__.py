"""The command line: `brug …`. Each command is one transaction."""

import sys
from importlib.metadata import entry_points

import click
from flask import Flask
from flask.cli import ScriptInfo

from web.settings import SettingsError

#: Where packages that stand above `web` (such as `seed`) announce their commands.
PLUGINS = "brug.commands"


def _make_app() -> Flask:
    from web.app import create_app

    try:
        return create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@click.group()
@click.pass_context
def brug(context: click.Context) -> None:
    """Brug: needs and offers of the social economy, matched and explained."""
    context.obj = ScriptInfo(create_app=_make_app)


def _add_commands() -> None:
    from web.cli.audit import audit
    from web.cli.database import database
    from web.cli.encode import encode
    from web.cli.gdpr import gdpr
    from web.cli.importing import import_
    from web.cli.learn import learn
    from web.cli.mail import mail
    from web.cli.match import match
    from web.cli.people import people, region
    from web.cli.serve import serve
    from web.cli.upkeep import upkeep
    from web.cli.worker import worker

    commands = (
        *(audit, database, encode, import_, learn, mail, match, people, region, serve, upkeep),
        *(gdpr, worker),
    )
    for command in commands:
        brug.add_command(command)
    for plugin in entry_points(group=PLUGINS):
        brug.add_command(plugin.load(), plugin.name)


def main() -> None:
    """Run the command line; what goes wrong is told in one line on stderr."""
    _add_commands()
    try:
        status = brug.main(standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        click.echo(f"brug: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    sys.exit(status if isinstance(status, int) else 0)
