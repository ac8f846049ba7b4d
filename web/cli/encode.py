"""`brug encode`: read the texts that wait for their vector now."""

import sys
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from matcher.encoding import EncoderError
from web.jobs.encoding import EncodingJob
from web.jobs.upkeep import encoding_job, renew_all

_MOST_TRIES = 5


@click.command()
@with_appcontext
def encode() -> None:
    """Read the texts that wait for their vector, and rank anew what they belong to.

    `brug serve` and `brug upkeep` do this by themselves; here one sees how far it is.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the documented way
    job = encoding_job(app)
    if job is None:
        raise click.ClickException("there is no encoder: see BRUG_ENCODER and the extra `encoder`")
    read = _follow(job, "texts", job.waiting)
    _follow(job, "offers", job.unranked)
    ranked = renew_all(app)
    click.echo(f"{read} texts read, {ranked} needs ranked anew")


def _follow(job: EncodingJob, label: str, left: Callable[[], int]) -> int:
    """Take steps until nothing is left; returns how much there was."""
    total = before = left()
    tries = _MOST_TRIES
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        while before:
            try:
                job.step()
            except EncoderError as error:
                raise click.ClickException(f"{error}; {left()} texts still wait") from error
            except SQLAlchemyError as error:
                # Somebody else was at the same pair; the step is taken again.
                tries -= 1
                if not tries:
                    raise click.ClickException(
                        f"{type(error).__name__}, again and again"
                    ) from error
            now_left = left()
            bar.update(max(0, before - now_left))
            before = now_left
    return total
