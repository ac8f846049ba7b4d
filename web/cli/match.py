"""`brug match --all`: the offers for every open need, ranked on this machine or on a cluster."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from web.database import sessions
from web.services.catalogue import Catalogue

if TYPE_CHECKING:
    from web.jobs.crews import Crew


@click.command()
@click.option("--all", "everything", is_flag=True, required=True, help="Every open need.")
@click.option("--again", is_flag=True, help="Also the needs whose suggestions are level.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; else one a processor.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, such as tcp://10.0.0.5:8786.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write every need with its suggestions to a file (JSON lines), and store nothing.",
)
@with_appcontext
def match(
    everything: bool, again: bool, jobs: int | None, cluster: str | None, out: Path | None
) -> None:
    """Rank the offers for the open needs that are behind, and store the suggestions.

    Started again after an interruption, it carries on.
    """
    from web.jobs.crews import CrewError

    try:
        with TemporaryDirectory(prefix="brug-match-") as folder:
            click.echo(_match(_crew(jobs, cluster), Path(folder), again=again, out=out))
    except CrewError as error:
        raise click.ClickException(str(error)) from error


def _crew(jobs: int | None, cluster: str | None) -> "Crew":
    from joblib import cpu_count

    from web.jobs.crews import ClusterCrew, LocalCrew

    return ClusterCrew(cluster) if cluster else LocalCrew(jobs or cpu_count())


def _match(crew: "Crew", folder: Path, *, again: bool, out: Path | None) -> str:
    """Do the work, and return what to tell of it."""
    from web.jobs.match_all import prepare, store_all, write_all

    catalogue = cast(Catalogue, current_app.extensions["brug_catalogue"])
    with sessions().reading() as session:
        work = prepare(session, catalogue, folder, everything=again or out is not None)
    count = len(work.needs)
    with click.progressbar(length=count, label=f"{count} needs", file=sys.stderr) as bar:
        if out is not None:
            write_all(work, crew, out, bar.update)
            return f"{count} needs ranked, in {out}"
        changed = store_all(work, crew, sessions(), bar.update)
    return f"{count - changed} needs ranked" + (f", {changed} changed meanwhile" if changed else "")
