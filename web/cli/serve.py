"""`brug serve`: waitress, in this process."""

import gc

import click
from flask import current_app
from flask.cli import with_appcontext

from models import migrate
from web.database import sessions
from web.jobs.upkeep import Upkeep

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve the app until it is stopped."""
    from waitress.server import create_server

    from web.jobs.queue import mail_queue

    if not migrate.is_current(sessions().engine):
        raise click.ClickException("the database is not ready: run `brug db upgrade` first")
    # Filled before anybody waits for it: a large catalogue takes seconds.
    with sessions().reading() as session, current_app.extensions["brug_catalogue"].open(session):
        pass
    # The catalogue stays: looking for garbage in it time and again would only cost.
    gc.freeze()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the documented way
    try:
        server = create_server(app, host=host, port=port, threads=THREADS)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from error
    click.echo(f"Brug listens on http://{host}:{port}", err=True)
    keeper = Upkeep(app)
    keeper.start()
    queue = mail_queue(app)
    queue.start()
    try:
        server.run()
    finally:
        server.close()
        queue.stop()
        keeper.stop()
