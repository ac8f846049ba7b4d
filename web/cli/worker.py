"""`brug worker`: sends mail, which `brug serve` does too, for whoever serves otherwise."""

import contextlib
import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@with_appcontext
def worker() -> None:
    """Send mail as it is written, until it is stopped; several at once share the work."""
    from web.jobs.queue import mail_queue

    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    queue = mail_queue(current_app._get_current_object())  # type: ignore[attr-defined]  # the documented way
    queue.start()
    click.echo("Brug sends mail", err=True)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            stopping.wait()
    finally:
        queue.stop()
