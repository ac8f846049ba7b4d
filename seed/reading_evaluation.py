"""Counts what the readers find in labelled sentences: precision and recall of every family."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from matcher.reading import read
from matcher.reading.registry import FAMILIES
from matcher.vocabulary import NeedKind, OfferKind
from seed.files import DATA

FOLDER = DATA / "reading"
#: The day on which the labelled sentences are written.
WRITTEN_ON = date(2026, 3, 2)


class SentenceFileError(ValueError):
    """A file of labelled sentences that cannot be read: which sentence, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, who says it, and all that should be read in it: (family, notation)."""

    text: str
    kind: NeedKind | OfferKind
    expected: frozenset[tuple[str, str]]


@dataclass(slots=True)
class Count:
    """How often a family was read rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Return right / (right + wrong), or None where nothing was read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Return right / (right + missed), or None where nothing is to be read."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def add(self, other: "Count") -> None:
        """Add the counts of another family or file."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sentence read otherwise than labelled: what was wrong, and what was missed."""

    sentence: Sentence
    wrong: list[str]
    missed: list[str]


@dataclass(slots=True)
class Outcome:
    """The counts by family, and the sentences that were read otherwise than labelled."""

    sentences: int = 0
    counts: dict[str, Count] = field(default_factory=lambda: {f: Count() for f in FAMILIES})
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def overall(self) -> Count:
        """Return the counts of all families together."""
        total = Count()
        for count in self.counts.values():
            total.add(count)
        return total

    def as_json(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        rows = {**self.counts, "overall": self.overall}
        return {
            "sentences": self.sentences,
            "families": {
                name: {
                    "right": count.right,
                    "wrong": count.wrong,
                    "missed": count.missed,
                    "precision": count.precision,
                    "recall": count.recall,
                }
                for name, count in rows.items()
            },
        }


def read_sentences(path: Path) -> list[Sentence]:
    """Read a file of labelled sentences; raise `SentenceFileError` for one that is no such file."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SentenceFileError(f"{path.name}: expected UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise SentenceFileError(f"{path.name}: {line}expected YAML") from error
    if not isinstance(rows, list):
        raise SentenceFileError(f"{path.name}: expected a list of sentences")
    return [_sentence(number, row) for number, row in enumerate(rows, start=1)]


def _sentence(number: int, row: Any) -> Sentence:
    kinds = {kind.value for kind in (*NeedKind, *OfferKind)}
    named = [name for name in row if name in kinds] if isinstance(row, Mapping) else []
    if len(named) != 1 or not isinstance(row.get("reads"), Mapping):
        raise SentenceFileError(f"sentence {number}: expected one kind with a text, and reads")
    name, text = named[0], row[named[0]]
    unknown = set(row["reads"]) - set(FAMILIES)
    if not isinstance(text, str) or unknown:
        wrong = f"unknown {', '.join(sorted(map(str, unknown)))}" if unknown else "expected a text"
        raise SentenceFileError(f"sentence {number}: {wrong}")
    offered = row.get("offer") or name not in set(NeedKind)
    expected = [
        (family, str(value))
        for family, given in row["reads"].items()
        for value in (given if isinstance(given, list) else [given])
    ]
    return Sentence(text, OfferKind(name) if offered else NeedKind(name), frozenset(expected))


def count(sentences: Iterable[Sentence]) -> Outcome:
    """Read every sentence and compare what was found with its labels, by family and notation."""
    outcome = Outcome()
    for sentence in sentences:
        outcome.sentences += 1
        found = {(r.family, str(r)) for r in read(sentence.text, sentence.kind, WRITTEN_ON)}
        for family, _ in found & sentence.expected:
            outcome.counts[family].right += 1
        wrong, missed = found - sentence.expected, sentence.expected - found
        for family, _ in wrong:
            outcome.counts[family].wrong += 1
        for family, _ in missed:
            outcome.counts[family].missed += 1
        if wrong or missed:
            outcome.mistakes.append(Mistake(sentence, _lines(wrong), _lines(missed)))
    return outcome


def mistake_lines(outcome: Outcome) -> list[str]:
    """Return a line a sentence that was read otherwise: what is wrong, and what was missed."""
    return [
        f"{mistake.sentence.text}  +[{', '.join(mistake.wrong)}] -[{', '.join(mistake.missed)}]"
        for mistake in outcome.mistakes
    ]


def _lines(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(": ".join(pair) for pair in pairs)


def table_lines(outcome: Outcome) -> list[str]:
    """Return the counts as lines of a table, a row a family."""
    lines = [f"{'family':15}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}"]
    for name, count in {**outcome.counts, "overall": outcome.overall}.items():
        shares = (
            "-" if share is None else f"{share:.2f}" for share in (count.precision, count.recall)
        )
        precision, recall = shares
        lines.append(
            f"{name:15}{count.right:7}{count.wrong:7}{count.missed:8}{precision:>11}{recall:>8}"
        )
    return lines
