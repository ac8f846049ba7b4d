"""`brug mail send`: what waits in the outbox leaves by SMTP."""

import click
from flask import current_app
from flask.cli import with_appcontext

from models import now
from web.database import sessions
from web.jobs.bundling import write_all_bundles
from web.jobs.reminding import remind_all
from web.jobs.sending import Sender
from web.settings import Settings


@click.group("mail")
def mail() -> None:
    """Send the mail that Brug wrote."""


@mail.command("send")
@with_appcontext
def send() -> None:
    """Send all mail that is due now; what fails waits for a later time.

    For who runs no worker, for instance every minute from cron under `flock -n`. A mail is marked
    after the server took it, so one that was cut off in between is sent twice rather than never.
    """
    settings: Settings = current_app.config["BRUG_SETTINGS"]
    if settings.smtp_url is None:
        raise click.ClickException("BRUG_SMTP_URL is not set: smtp://user:password@host:587")
    write_all_bundles(sessions(), now())
    remind_all(sessions(), current_app.extensions["brug_catalogue"], now())
    sender = Sender(sessions(), settings)
    sender.take_back_long_gone()
    tally = sender.send()
    told = f"{tally.sent} mails sent, {tally.later} wait for a later try, {tally.dead} given up"
    if tally.held:
        told += f", {tally.held} wait for the day"
    if tally.trouble or tally.later or tally.dead:
        raise click.ClickException(": ".join(filter(None, (told, tally.trouble))))
    click.echo(told)
