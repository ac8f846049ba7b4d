"""Indexes as a file that a process maps into memory, instead of reading every text anew.

A file is `MAGIC`, the SHA-256 of all that follows, the length of the heading, the heading (JSON:
version, segments, and for each array its type, shape and place) and the arrays. Whatever decides
what is in a row decides the version, so that a file of another version is never taken for good.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.meanings import Meanings
from matcher.packing import stable_key
from matcher.postings import Postings
from matcher.segment import COLUMNS, POSTINGS, Segment
from matcher.taxonomy import Taxonomy

MAGIC = b"Brug index 1\n"
_DIGEST = 32
_LENGTH = 8
_ALIGNED = 64
#: Libraries that decide what a text becomes.
_LIBRARIES = ("PyStemmer", "scikit-learn", "rapidfuzz")
Arrays = dict[str, NDArray[Any]]


class UnusableIndexError(Exception):
    """A file that is damaged, or holds what this version would read differently."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file holds: segments by the name of their index, and arrays of the caller."""

    segments: Mapping[str, Sequence[Segment]]
    arrays: Mapping[str, NDArray[Any]]


def index_version(taxonomy: Taxonomy) -> str:
    """Return what changes whenever some text would be read differently."""
    read = f"{_package_version()}\n{taxonomy.encoder}\n{stable_key(taxonomy.activities)}"
    return hashlib.sha256(read.encode()).hexdigest()


@cache
def _package_version() -> str:
    digest = hashlib.sha256(MAGIC)
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in package_files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def package_files() -> Iterator[Traversable]:
    """Yield the modules and data files of the matcher, always in the same order."""
    package = files("matcher")
    parts = (part for part in package.iterdir() if part.is_dir() and part.name != "__pycache__")
    for folder in (package, *sorted(parts, key=lambda part: part.name)):
        found = (path for path in folder.iterdir() if path.is_file())
        yield from sorted(found, key=lambda path: path.name)


def save(path: Path, version: str, saved: Saved) -> None:
    """Write a file beside `path` and put it in its place at once; readers see one or the other."""
    arrays: Arrays = {f"own/{name}": array for name, array in saved.arrays.items()}
    heading: dict[str, Any] = {"version": version, "segments": {}}
    for name, segments in saved.segments.items():
        heading["segments"][name] = [[part.kinds, part.facts] for part in segments]
        for number, part in enumerate(segments):
            arrays |= {f"{name}/{number}/{key}": held for key, held in _arrays_of(part)}
    heading["arrays"], place = {}, 0
    for key, array in arrays.items():
        heading["arrays"][key] = [array.dtype.str, array.shape, place]
        place += -(-array.nbytes // _ALIGNED) * _ALIGNED
    text = json.dumps(heading).encode()
    start = len(MAGIC) + _DIGEST + _LENGTH + len(text)
    head = len(text).to_bytes(_LENGTH, "little") + text + bytes(-start % _ALIGNED)
    _write(path, head, arrays)


def _write(path: Path, head: bytes, arrays: Arrays) -> None:
    digest = hashlib.sha256(head)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(MAGIC + bytes(_DIGEST) + head)
            for array in arrays.values():
                for piece in (np.ascontiguousarray(array).data, bytes(-array.nbytes % _ALIGNED)):
                    digest.update(piece)
                    stream.write(piece)
            stream.seek(len(MAGIC))
            stream.write(digest.digest())
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def load(path: Path, version: str) -> Saved:
    """Map a file into memory, changes staying with this process.

    Raises `UnusableIndexError` for a damaged file or one of another version, `OSError` for none.
    """
    if path.stat().st_size < len(MAGIC) + _DIGEST + _LENGTH:
        raise UnusableIndexError("it is cut off")
    held = np.memmap(path, np.uint8, mode="c")
    if held[: len(MAGIC)].tobytes() != MAGIC:
        raise UnusableIndexError("it is no index, or of another format")
    rest = held[len(MAGIC) + _DIGEST :]
    digest = held[len(MAGIC) : len(MAGIC) + _DIGEST].tobytes()
    if hashlib.sha256(rest.data).digest() != digest:
        raise UnusableIndexError("it is damaged")
    length = int.from_bytes(rest[:_LENGTH].tobytes(), "little")
    heading = json.loads(rest[_LENGTH : _LENGTH + length].tobytes())
    if heading["version"] != version:
        raise UnusableIndexError("it is of another version")
    start = len(MAGIC) + _DIGEST + _LENGTH + length
    arrays = _views(held[start + -start % _ALIGNED :], heading["arrays"])
    segments = {
        name: [
            _segment(arrays, f"{name}/{number}/", kinds, facts)
            for number, (kinds, facts) in enumerate(listed)
        ]
        for name, listed in heading["segments"].items()
    }
    own = {key.removeprefix("own/"): a for key, a in arrays.items() if key.startswith("own/")}
    return Saved(segments, own)


def _views(held: NDArray[np.uint8], listed: Mapping[str, tuple[str, list[int], int]]) -> Arrays:
    views: Arrays = {}
    for key, (dtype, shape, place) in listed.items():
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        views[key] = np.asarray(held[place : place + size]).view(dtype).reshape(shape)
    return views


def _arrays_of(part: Segment) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from ((name, getattr(part, name)) for name in COLUMNS)
    for name in (*POSTINGS, "meanings"):
        held = getattr(part, name)
        yield from ((f"{name}.{field.name}", getattr(held, field.name)) for field in fields(held))


def _segment(arrays: Arrays, prefix: str, kinds: list[str], facts: list[str]) -> Segment:
    def held(name: str, kind: type[Postings] | type[Meanings]) -> Postings | Meanings:
        return kind(**{f.name: arrays[f"{prefix}{name}.{f.name}"] for f in fields(kind)})

    parts: dict[str, Any] = {name: arrays[prefix + name] for name in COLUMNS}
    parts |= {name: held(name, Postings) for name in POSTINGS}
    parts |= {"meanings": held("meanings", Meanings), "kinds": tuple(kinds), "facts": tuple(facts)}
    return Segment(**parts)
