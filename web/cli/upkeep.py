"""`brug upkeep`: what `brug serve` does beside its requests, for whoever serves otherwise."""

import contextlib

import click
from flask import current_app
from flask.cli import with_appcontext

from web.jobs.upkeep import Upkeep, renew_all


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, and end.")
@with_appcontext
def upkeep(once: bool) -> None:
    """Rank anew the needs whose suggestions fell behind, until it is stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the documented way
    if once:
        done = renew_all(app)
        click.echo(f"{done} {'need' if done == 1 else 'needs'} ranked anew")
        return
    with contextlib.suppress(KeyboardInterrupt):
        Upkeep(app).run()
