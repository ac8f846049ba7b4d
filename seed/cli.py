"""`brug seed` and `brug evaluate`: the commands that bring their own data."""

import click
from flask import current_app
from flask.cli import with_appcontext

from web.database import sessions


@click.command()
@click.option("--demo", is_flag=True, help="Load the fictitious demo region as well.")
@with_appcontext
def seed(demo: bool) -> None:
    """Load places, activities and rules; what was edited since stays."""
    from seed.demo import load_demo
    from seed.reference import load_reference

    if demo and not current_app.config["BRUG_DEMO"]:
        raise click.ClickException("the demo region is only for BRUG_MODE=demo")
    with sessions().writing.begin() as session:
        load_reference(session)
    if demo:
        with sessions().writing.begin() as session:
            load_demo(session)


@click.command()
def evaluate() -> None:
    """Measure the matcher on a labelled file."""
    raise click.ClickException("not built yet")
