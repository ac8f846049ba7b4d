"""`brug import`: lists brought in by an operator, all rows or none."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from web.database import sessions
from web.i18n import _
from web.services.actor import Actor
from web.services.importing.columns import ListKind
from web.services.importing.context import Context
from web.services.importing.files import read_table
from web.services.importing.lists import Imported, import_list
from web.services.importing.problems import UnreadableFileError
from web.services.importing.taking import Options

_KINDS = {f"{kind.value}s": kind for kind in ListKind}


@click.command("import")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--organisation", default="", metavar="KBO", help="For rows that name none.")
@click.option("--draft", is_flag=True, help="Leave the rows as drafts.")
@click.option("--partial", is_flag=True, help="Also publish rows that leave questions open.")
@click.option(
    "--looked-over", is_flag=True, help="Publish profiles whatever they give away of people."
)
@click.option("--check", "only_check", is_flag=True, help="Store nothing; tell what would be.")
@with_appcontext
def import_(
    kind: str,
    file: Path,
    organisation: str,
    draft: bool,
    partial: bool,
    looked_over: bool,
    only_check: bool,
) -> None:
    """Bring in a list of needs, offers or organisations (csv, xlsx or jsonl)."""
    options = Options(publish=not draft, partial=partial, looked_over=looked_over)
    with current_app.test_request_context(), sessions().writing.begin() as session:
        context = Context(session, Actor(), everywhere=True, default_kbo=organisation)
        try:
            done = import_list(
                session,
                current_app.extensions["brug_catalogue"],
                context,
                _KINDS[kind],
                read_table(file.name, file.read_bytes(), _KINDS[kind]),
                options,
                _,
                datetime.now(UTC).date(),
                only_check=only_check,
            )
        except UnreadableFileError as error:
            raise click.ClickException(
                f"{file.name}: {_(error.message, **error.values)}"
            ) from error
        _refuse(file, done)
    would = "would be imported" if only_check else "imported"
    click.echo(f"{len(done.titles)} {kind} {would}, {done.known} known already")


def _refuse(file: Path, done: Imported) -> None:
    """Print every problem, and end in one line."""
    if not done.problems:
        return
    for problem in done.problems:
        message = _(problem.message, **problem.values)
        click.echo(f"{file.name}:{problem.row}: {problem.column}: {message}", err=True)
    raise click.ClickException(f"{len(done.problems)} problems, nothing was imported")
