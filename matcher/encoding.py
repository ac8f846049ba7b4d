"""Texts as dense vectors of meaning: optional, from any `Encoder`, comparable as whole numbers.

    encoder = find_encoder("auto")                       # matcher.encoders; None: words alone
    vectors = meanings(encoder, [(title, text), …])      # one int8 vector a text, None where empty
    closeness(vectors[0], vectors[1])                    # whole units, -/+ `MEANING_UNIT` squared

An encoder is asked for cleaned text only (`clean`): in lower case, without control characters and
lone surrogates, and short enough to cost a fraction of a second. Its vectors are rounded to whole
numbers of 1/`MEANING_UNIT` at once, so that a closeness is an exact whole number below 2^24: equal
in every order of adding, and in every process that reads the same stored vector.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Meaning = NDArray[np.int8]

#: One unit of length. The largest value of a row stays below 127 / 400; what is above is cut off.
MEANING_UNIT = 400
_LARGEST = 127
#: An encoder reads so many characters of title and text together: about 270 tokens, half a second.
MAX_CHARACTERS = 1000

#: Another name whenever `clean` makes something else of a text: its vector is then out of date.
_CLEANING = b"lower-1000"

_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+")
_LETTER = re.compile(r"[^\W\d_]")


class Encoder(Protocol):
    """Turns texts into vectors; who implements it need not be safe for threads or quick.

    name and version: two vectors may be compared when both are equal. A row has `dimensions`
    values and length 1, and is centred: unrelated texts have a cosine of about 0.
    """

    @property
    def name(self) -> str:
        """The name, as in BRUG_ENCODER."""

    @property
    def version(self) -> str:
        """What changes whenever a text would get another vector."""

    @property
    def dimensions(self) -> int:
        """How many values a row has."""

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return a row for every cleaned text that is not empty, shape (texts, dimensions)."""


class EncoderError(Exception):
    """An encoder gave no vectors; the message says why, and holds nothing of the texts."""


class TimedEncoder(Encoder, Protocol):
    """An encoder that keeps to a time, and fails with EncoderError only."""

    @property
    def failing(self) -> bool:
        """Tell whether it failed when it was last asked."""

    def encode_within(self, texts: Sequence[str], seconds: float) -> Rows:
        """Return a row for every text, or raise EncoderError in little more than these seconds."""


def label(encoder: Encoder | None) -> str:
    """Return name and version of an encoder, by which vectors and models know it; "" for none."""
    return "" if encoder is None else f"{encoder.name} {encoder.version}"


def clean(title: str, text: str) -> str:
    """Return what an encoder reads of a title and a text: nothing when there is no letter."""
    # The title gets its own full stop, so that the first sentence does not run on from it.
    joined = f"{title[:MAX_CHARACTERS].rstrip(' .')}. {text[:MAX_CHARACTERS]}"
    words = _NO_TEXT.sub(" ", joined).strip(" .").lower()
    if len(words) > MAX_CHARACTERS:
        words = words[: words.rfind(" ", 0, MAX_CHARACTERS + 1)].rstrip()
    return words if _LETTER.search(words) else ""


def digest(title: str, text: str) -> str:
    """Return the fingerprint of a text and of how it is cleaned: 32 hexadecimal digits."""
    both = f"{title}\0{text}".encode(errors="surrogatepass")
    return hashlib.blake2b(both, digest_size=16, person=_CLEANING).hexdigest()


def quantise(rows: Rows) -> list[Meaning]:
    """Round rows of length 1 to whole numbers of 1/`MEANING_UNIT`."""
    whole = np.clip(np.round(rows * MEANING_UNIT), -_LARGEST, _LARGEST)
    return list(whole.astype(np.int8))


def meanings(encoder: Encoder, texts: Sequence[tuple[str, str]]) -> list[Meaning | None]:
    """Return the vector of every (title, text), or None where there is nothing to encode."""
    cleaned = [clean(title, text) for title, text in texts]
    asked = [text for text in cleaned if text]
    found = iter(quantise(encoder.encode(asked))) if asked else iter(())
    return [next(found) if text else None for text in cleaned]


def closeness(first: Meaning | None, second: Meaning | None) -> int | None:
    """Return the dot product of two vectors of one encoder in whole units; None if one lacks."""
    if first is None or second is None:
        return None
    return int(np.dot(first.astype(np.int64), second.astype(np.int64)))
