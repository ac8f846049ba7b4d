"""What commands are given: labelled files and an encoder, or one line that says what is wrong."""

from pathlib import Path

import click

from matcher.encoders import CHOICES, EncoderMissingError, start_encoder
from matcher.encoding import TimedEncoder
from matcher.labelled import EvaluationFileError, Labelled, read_labelled

encoder_option = click.option(
    "--encoder",
    "choice",
    default="auto",
    show_default=True,
    type=click.Choice(CHOICES),
    help="Which encoder reads the texts beside their words; auto: the installed one.",
)


def chosen_encoder(choice: str) -> TimedEncoder | None:
    """Return the encoder that was chosen, None for words alone."""
    try:
        return start_encoder(choice)
    except EncoderMissingError as error:
        raise click.ClickException(f"the encoder {error} is not installed") from error


def labelled_file(path: Path) -> Labelled:
    """Return the rows of a labelled file."""
    try:
        return read_labelled(path)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    except EvaluationFileError as error:
        raise click.ClickException(f"{path}: {error}") from error
