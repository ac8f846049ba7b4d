"""A small encoder that needs no package: letters in threes, thrown into a few fixed directions."""

import zlib
from collections.abc import Sequence

import numpy as np

from matcher.encoding import Rows


class HashedGrams:
    """Adds a random direction, fixed by its letters, for every three letters of a text."""

    name = "hashed-grams"

    def __init__(self, version: str = "1", dimensions: int = 64) -> None:
        self.version = version
        self.dimensions = dimensions

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return the sums, brought to length 1."""
        return np.array([self._row(text) for text in texts], np.float32)

    def _row(self, text: str) -> Rows:
        padded = f" {text} "
        row = np.zeros(self.dimensions)
        for start in range(len(padded) - 2):
            seed = zlib.crc32(f"{self.version}{padded[start : start + 3]}".encode())
            row += np.random.default_rng(seed).standard_normal(self.dimensions)
        return (row / np.linalg.norm(row)).astype(np.float32)
