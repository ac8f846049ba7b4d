"""`brug diagnose`: what the quality on a labelled file rests on."""

from datetime import UTC, datetime
from pathlib import Path

import click

from matcher.encoders import CHOICES


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--worst", default=10, show_default=True, type=click.IntRange(0), metavar="N")
@click.option("--encoder", "choice", default="auto", type=click.Choice(CHOICES))
def diagnose(file: Path, worst: int, choice: str) -> None:
    """Leave out each ingredient of the matcher in turn, and name the N needs that go worst."""
    from matcher.encoders import EncoderMissingError, engine_name, start_encoder
    from matcher.evaluation import EvaluationFileError, read_labelled
    from seed.diagnosis import ablate, worst_needs
    from seed.evaluation import rank_labelled

    try:
        encoder, labelled = start_encoder(choice), read_labelled(file)
    except EncoderMissingError as error:
        raise click.ClickException(f"the encoder {error} is not installed") from error
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    except EvaluationFileError as error:
        raise click.ClickException(f"{file}: {error}") from error
    on = datetime.now(UTC).date()
    click.echo(f"{file.name}, {engine_name(encoder)}")
    click.echo(f"{'without':28}{'ndcg@10':>9}{'hit@1':>9}")
    for name, quality in ablate(labelled, on, encoder):
        ndcg, hit = (quality.means[measure]["overall"].mean for measure in ("ndcg@10", "hit@1"))
        click.echo(f"{name:28}{ndcg or 0:9.3f}{hit or 0:9.3f}")
    for need in worst_needs(labelled, rank_labelled(labelled, on, encoder), worst):
        told = f"{need.title[:40]!r}: {need.first[:40]!r} before {need.best[:40]!r}"
        click.echo(f"{need.ndcg:.2f}  {need.need_id:6} {need.kind:10} {told}")
