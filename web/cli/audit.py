"""`brug audit`: whether the record is unbroken, and the record as a file."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from web.database import sessions
from web.services.audit import Audit, Break, event_values, verify, whole_record

_TOLD = {
    Break.ALTERED: "event {} was altered",
    Break.REMOVED: "the event at place {} was removed",
    Break.UNSEALED: "event {} was put in past Brug",
    Break.NOT_FOUND: "the noted hash is not among the {} seals: the end was cut off or rewritten",
}
#: More would fill the screen; they are counted.
_MOST_TOLD = 20


@click.group()
def audit() -> None:
    """Look after the record of everything that changed."""


@audit.command("verify")
@click.option("--noted", default="", help="A hash that an earlier run printed.")
@with_appcontext
def verify_(noted: str) -> None:
    """Follow the chain of all events, and tell what was altered, removed or slipped in.

    Note the hash that it prints outside of the database: with --noted it also tells when the end
    was cut off.
    """
    with sessions().reading() as session:
        found = verify(session, noted.strip().lower())
    if found.broken:
        raise click.ClickException(_told(found))
    click.echo(f"{found.events} events, unbroken\n{found.last}")


def _told(found: Audit) -> str:
    first = [_TOLD[broken.what].format(broken.number) for broken in found.broken[:_MOST_TOLD]]
    more = len(found.broken) - len(first)
    return "; ".join([*first, *([f"and {more} more"] if more else [])])


@audit.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(file: Path) -> None:
    """Write the record to FILE, one event a line as JSON, with its place and hash."""
    count = 0
    try:
        with sessions().reading() as session, file.open("x", encoding="utf-8") as out:
            for seal, event in whole_record(session):
                values = {"position": seal.position, **event_values(event), "hash": seal.hash}
                values["at"] = event.at.isoformat()
                out.write(json.dumps(values, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    click.echo(f"{count} events in {file}")
