"""`brug seed` and `brug evaluate`: the commands that bring their own data."""

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from seed.inputs import chosen_encoder, encoder_option, labelled_file
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
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--run", "run_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a TREC run."
)
@encoder_option
@click.option("--peers", is_flag=True, help="Rank the file by other means as well.")
def evaluate(file: Path, as_json: bool, run_file: Path | None, choice: str, peers: bool) -> None:
    """Measure the matcher on a labelled file (JSON lines: needs, offers, judgments)."""
    from matcher.encoders import engine_name
    from matcher.evaluation import evaluate as measure
    from matcher.evaluation import write_run
    from seed.evaluation import peer_lines, rank_labelled, table_lines
    from seed.peers import rank_peers

    start = time.perf_counter()
    encoder, labelled = chosen_encoder(choice), labelled_file(file)
    rankings = rank_labelled(labelled, datetime.now(UTC).date(), encoder)
    if run_file is not None:
        write_run(run_file, rankings)
    quality = measure({n: [o for o, _ in found] for n, found in rankings.items()}, labelled)
    seconds = round(time.perf_counter() - start, 3)
    others = rank_peers(labelled) if peers else {}
    beside = {name: measure(found, labelled) for name, found in others.items()}
    engine = engine_name(encoder)
    if as_json:
        told = {"file": file.name, "engine": engine, **quality.as_json(), "seconds": seconds}
        if peers:
            told["peers"] = {name: found.as_json() for name, found in beside.items()}
        click.echo(json.dumps(told))
        return
    click.echo("\n".join(table_lines(quality)))
    click.echo(f"{quality.needs} needs, {quality.offers} offers, {engine}, {seconds:.1f} s")
    if peers:
        click.echo("\n".join(["", *peer_lines({f"brug ({engine})": quality, **beside})]))


@click.command("evaluate-reading")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file.")
@click.option("--mistakes", is_flag=True, help="Name the sentences that are read otherwise.")
def evaluate_reading(files: tuple[Path, ...], as_json: bool, mistakes: bool) -> None:
    """Count what is read in labelled sentences (YAML); without FILES, in those of Brug."""
    from seed.reading_evaluation import (
        FOLDER,
        SentenceFileError,
        count,
        mistake_lines,
        read_sentences,
        table_lines,
    )

    for file in files or sorted(FOLDER.glob("*.yaml")):
        try:
            outcome = count(read_sentences(file))
        except OSError as error:
            raise click.ClickException(f"{file}: {error.strerror}") from error
        except SentenceFileError as error:
            raise click.ClickException(str(error)) from error
        if as_json:
            click.echo(json.dumps({"file": file.name, **outcome.as_json()}))
            continue
        click.echo(f"{file.name}: {outcome.sentences} sentences")
        click.echo(
            "\n".join([*table_lines(outcome), *(mistake_lines(outcome) if mistakes else ())])
        )


@click.command("bench-pages")
@click.option("--offers", default=5_000, show_default=True, type=click.IntRange(1))
@click.option("--needs", default=2_000, show_default=True, type=click.IntRange(1))
@click.option("--requests", default=30, show_default=True, type=click.IntRange(2))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench_pages(offers: int, needs: int, requests: int, as_json: bool) -> None:
    """Measure the CPU time of the main pages, beside a bare Flask page."""
    from seed.page_bench import bench_pages as measure

    found = measure(offers=offers, needs=needs, requests=requests)
    if as_json:
        click.echo(json.dumps(found.as_json()))
        return
    click.echo(
        f"{offers} offers, {needs} needs, {found.matches} matches; {requests} requests a page"
    )
    click.echo(f"first request of a process: {found.first_request_s:.2f} s")
    click.echo(f"{'page':45}{'CPU ms p50':>12}{'p95':>9}{'x bare':>9}")
    click.echo(f"{'(a bare Flask page)':45}{found.bare_ms_p50:12.3f}{'':9}{1:9.1f}")
    for page in found.pages:
        click.echo(f"{page.page:45}{page.cpu_ms_p50:12.1f}{page.cpu_ms_p95:9.1f}{page.ratio:9.1f}")


@click.command("bench-mail")
@click.option("--mails", default=2_000, show_default=True, type=click.IntRange(1))
@click.option("--senders", default=1, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench_mail(mails: int, senders: int, as_json: bool) -> None:
    """Measure how fast mail is written and sent, to aiosmtpd on this machine."""
    from seed.mail_bench import bench_mail as measure

    try:
        found = measure(mails=mails, senders=senders)
    except OSError as error:
        raise click.ClickException("no mail server: aiosmtpd is in the extra `bench`") from error
    if as_json:
        click.echo(json.dumps(found.as_json()))
        return
    click.echo(
        f"{mails} mails, {senders} senders: {found.written_per_s:.0f} written and "
        f"{found.sent_per_s:.0f} sent a second, {found.cpu_ms:.2f} ms of CPU each"
    )


@click.command("bench")
@click.option("--offers", multiple=True, required=True, type=click.IntRange(1), metavar="N")
@click.option("--needs", default=1_000, show_default=True, type=click.IntRange(2), metavar="M")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each N.")
def bench(offers: tuple[int, ...], needs: int, as_json: bool) -> None:
    """Measure matching on generated offers and needs, beside other engines.

    --offers may be given several times.
    """
    from seed.bench.report import report_lines
    from seed.bench.run import bench as measure

    for count in offers:
        found = measure(count, needs)
        lines = [json.dumps(found.as_json())] if as_json else report_lines(found)
        click.echo("\n".join(lines))


@click.command("bench-start")
@click.option("--offers", default=5_000, show_default=True, type=click.IntRange(1))
@click.option("--needs", default=1_000, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench_start(offers: int, needs: int, as_json: bool) -> None:
    """Measure how long a process takes to its first answer, without and with a kept index."""
    from seed.bench.start import bench_start as measure

    found = measure(offers=offers, needs=needs)
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    click.echo(f"{offers} offers, {needs} needs, index of {found.index_mb} MB")
    click.echo(f"first process: {found.first_s:.2f} s")
    click.echo(
        f"from the kept index: {found.from_index_s:.2f} s ({found.from_index_cpu_s:.2f} s of CPU)"
    )
