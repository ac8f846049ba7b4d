"""`brug mail send`: what waits in the outbox leaves by SMTP."""

import click
from flask import current_app
from flask.cli import with_appcontext

from models import now
from web.database import sessions
from web.services.outbox import mark_sent, message_of, unsent
from web.settings import Settings
from web.smtp import Carrier, CarrierError, RefusedMailError


@click.group("mail")
def mail() -> None:
    """Send the mail that Brug wrote."""


@mail.command("send")
@with_appcontext
def send() -> None:
    """Send every unsent mail; what fails waits for the next time.

    Run one at a time, for instance every minute from cron under `flock -n`. A mail is marked after
    the server took it, so one that was cut off in between is sent twice rather than never.
    """
    settings: Settings = current_app.config["BRUG_SETTINGS"]
    if settings.smtp_url is None:
        raise click.ClickException("BRUG_SMTP_URL is not set: smtp://user:password@host:587")
    with sessions().reading() as session:
        ids = unsent(session, now())
    try:
        sent, refused = _send_each(ids, settings, settings.smtp_url)
    except CarrierError as error:
        raise click.ClickException(str(error)) from error
    if refused:
        raise click.ClickException(f"{len(refused)} of {len(ids)} mails not sent: {refused[0]}")
    click.echo(f"{sent} mails sent")


def _send_each(ids: list[int], settings: Settings, url: str) -> tuple[int, list[str]]:
    """Send the mails one by one; returns how many went, and why the others did not."""
    if not ids:
        return 0, []
    sent, refused = 0, []
    with Carrier(url) as carrier:
        for mail_id in ids:
            try:
                with sessions().reading() as session:
                    message = message_of(session, mail_id, settings.mail_from, settings.base_url)
                # No transaction is open while a mail server takes its time.
                carrier.carry(message)
            except (RefusedMailError, ValueError) as error:
                refused.append(f"mail {mail_id}: {error}")
                continue
            with sessions().writing.begin() as session:
                mark_sent(session, mail_id, now())
            sent += 1
    return sent, refused
