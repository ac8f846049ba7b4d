"""`brug upkeep`: what `brug serve` does beside its requests, for whoever serves otherwise."""

import contextlib

import click
from flask import current_app
from flask.cli import with_appcontext

from matcher.encoding import EncoderError
from models import now
from web.jobs.encoding import EncodingJob
from web.jobs.nightly import learn_nightly
from web.jobs.upkeep import Upkeep, encoding_job, renew_all


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, and end.")
@with_appcontext
def upkeep(once: bool) -> None:
    """Read texts, learn every night, and rank anew what fell behind, until it is stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the documented way
    if once:
        _read_all(encoding_job(app))
        learn_nightly(app, now())
        done = renew_all(app)
        click.echo(f"{done} {'need' if done == 1 else 'needs'} ranked anew")
        return
    with contextlib.suppress(KeyboardInterrupt):
        Upkeep(app).run()


def _read_all(job: EncodingJob | None) -> None:
    """Read what waits; an encoder that fails keeps nobody from the rest."""
    with contextlib.suppress(EncoderError):
        while job is not None and job.step():
            pass
