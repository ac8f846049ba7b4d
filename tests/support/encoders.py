"""Encoders that need no package: one that works, and others that fail in every way there is."""

import importlib
import os
import sys
import time
import zlib
from collections.abc import Sequence

import numpy as np

from matcher.encoding import Rows


class HashedGrams:
    """Adds, for every three letters of a text, a random direction that those letters fix."""

    name = "hashed-grams"
    failing = False

    def __init__(self, version: str = "1", dimensions: int = 64) -> None:
        self.version = version
        self.dimensions = dimensions

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return the sums, brought to length 1."""
        return np.array([self._row(text) for text in texts], np.float32)

    def encode_within(self, texts: Sequence[str], seconds: float) -> Rows:
        """Return the same: it takes no time."""
        return self.encode(texts)

    def _row(self, text: str) -> Rows:
        padded = f" {text} "
        row = np.zeros(self.dimensions)
        for start in range(len(padded) - 2):
            seed = zlib.crc32(f"{self.version}{padded[start : start + 3]}".encode())
            row += np.random.default_rng(seed).standard_normal(self.dimensions)
        return (row / np.linalg.norm(row)).astype(np.float32)


class Strange(HashedGrams):
    """Fails on what it is told to: texts that start with the name of a failure."""

    name = "strange"

    def encode(self, texts: Sequence[str]) -> Rows:
        """Print, raise, hang, linger or end, or else encode."""
        for text in texts:
            word = text.split()[0]
            if word == "print":
                sys.stdout.write("noise " * 1000)
            elif word == "raise":
                raise ValueError(text)
            elif word == "hang":
                time.sleep(3600)
            elif word == "linger":
                time.sleep(1)
            elif word == "end":
                os._exit(3)
        return super().encode(texts)


class SlowToLoad(HashedGrams):
    """Takes a second to load."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded = False

    def encode(self, texts: Sequence[str]) -> Rows:
        """Load at first use."""
        if not self._loaded:
            time.sleep(1)
        self._loaded = True
        return super().encode(texts)


class Broken(HashedGrams):
    """Needs a package that cannot be imported."""

    def encode(self, texts: Sequence[str]) -> Rows:
        """Import it."""
        importlib.import_module("no_such_package")
        return super().encode(texts)
