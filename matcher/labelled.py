"""Labelled files: needs, offers and judgments, one JSON object a line, read strictly.

    {"type": "need", "id", "kind", "title", "text", "municipality"}
    {"type": "offer", the same fields}
    {"type": "judgment", "need", "offer", "grade": 0..3}

Grades: 3 certainly approved, 2 plausible, 1 marginal, 0 or absent no answer. `municipality` may be
left out; further fields are ignored; empty lines are skipped.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from matcher.vocabulary import NeedKind, OfferKind

_TYPES = ("need", "offer", "judgment")
_HIGHEST = 3
Kind = TypeVar("Kind", bound=StrEnum)


class EvaluationFileError(ValueError):
    """A labelled file that cannot be read: the line, and what was expected there."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"line {line}: {expected}")
        self.line = line
        self.expected = expected


@dataclass(frozen=True, slots=True)
class LabelledNeed:
    """A need as the file gives it."""

    id: str
    kind: NeedKind
    title: str
    text: str
    municipality: str


@dataclass(frozen=True, slots=True)
class LabelledOffer:
    """An offer as the file gives it."""

    id: str
    kind: OfferKind
    title: str
    text: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """The rows of a file in its order; `grades` maps need id to offer id to a grade from 1 to 3."""

    needs: tuple[LabelledNeed, ...]
    offers: tuple[LabelledOffer, ...]
    grades: Mapping[str, Mapping[str, int]]


Row = dict[str, object]


def read_labelled(path: Path) -> Labelled:
    """Read a file; raise `EvaluationFileError` with the first line that is wrong."""
    needs: dict[str, LabelledNeed] = {}
    offers: dict[str, LabelledOffer] = {}
    judgments: list[tuple[int, Row]] = []
    for line, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not raw.strip():
            continue
        row = _row(line, raw)
        if row["type"] == "judgment":
            judgments.append((line, row))
            continue
        name = _text(line, row, "id")
        if not name:
            raise EvaluationFileError(line, 'expected a text that is not empty in "id"')
        if name in needs or name in offers:
            raise EvaluationFileError(line, f"expected an id not used before, found {name!r} again")
        texts = (_text(line, row, "title"), _text(line, row, "text"), _municipality(line, row))
        if row["type"] == "need":
            needs[name] = LabelledNeed(name, _kind(line, row, NeedKind), *texts)
        else:
            offers[name] = LabelledOffer(name, _kind(line, row, OfferKind), *texts)
    grades = _grades(judgments, needs, offers)
    return Labelled(tuple(needs.values()), tuple(offers.values()), grades)


def _row(line: int, raw: bytes) -> Row:
    try:
        row = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError:
        raise EvaluationFileError(line, "expected UTF-8 text") from None
    except (json.JSONDecodeError, RecursionError):
        raise EvaluationFileError(line, "expected one JSON object") from None
    if not isinstance(row, dict):
        raise EvaluationFileError(line, "expected one JSON object")
    if row.get("type") not in _TYPES:
        raise EvaluationFileError(line, f'expected "type" to be one of {", ".join(_TYPES)}')
    return row


def _text(line: int, row: Row, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise EvaluationFileError(line, f'expected a text in "{name}"')
    return value


def _municipality(line: int, row: Row) -> str:
    return "" if row.get("municipality") is None else _text(line, row, "municipality")


def _kind(line: int, row: Row, vocabulary: type[Kind]) -> Kind:
    value = _text(line, row, "kind")
    try:
        return vocabulary(value)
    except ValueError:
        known = ", ".join(member.value for member in vocabulary)
        expected = f'expected "kind" of this {row["type"]} to be one of {known}, found {value!r}'
        raise EvaluationFileError(line, expected) from None


def _grades(
    judgments: list[tuple[int, Row]],
    needs: Mapping[str, LabelledNeed],
    offers: Mapping[str, LabelledOffer],
) -> dict[str, dict[str, int]]:
    seen: set[tuple[str, str]] = set()
    grades: dict[str, dict[str, int]] = {}
    for line, row in judgments:
        need, offer = _text(line, row, "need"), _text(line, row, "offer")
        if need not in needs:
            raise EvaluationFileError(line, f"expected the id of a need, found {need!r}")
        if offer not in offers:
            raise EvaluationFileError(line, f"expected the id of an offer, found {offer!r}")
        if (need, offer) in seen:
            raise EvaluationFileError(line, f"expected one judgment on {need!r} and {offer!r}")
        seen.add((need, offer))
        grade = row.get("grade")
        if isinstance(grade, bool) or not isinstance(grade, int) or not 0 <= grade <= _HIGHEST:
            raise EvaluationFileError(line, 'expected "grade" to be 0, 1, 2 or 3')
        if grade:
            grades.setdefault(need, {})[offer] = grade
    return grades
