"""Texts and words that show how people speak of each activity; written for Brug, all fictitious.

`seed/data/examples` holds a file a cluster, one JSON object a line:

    {"activity", "words": [...]}                            words that betray an activity
    {"side", "kind", "activities", "title", "text"}         a need or an offer; the first activity
                                                            is what it is about, others come with it
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from seed.files import DATA, read_yaml

#: Names and words are short; so many together make a document as long as a sentence.
_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class Example:
    """A document with the activities it is about, the first one most."""

    title: str
    text: str
    activities: tuple[str, ...]
    is_text: bool


def read_examples() -> list[Example]:
    """Return the names of the activities, the words that betray them, and the texts."""
    found: list[Example] = []
    for entry in read_yaml("activities.yaml")["activities"]:
        found += _sentences(entry["id"], [entry["label"], *entry["synonyms"]])
    for row in read_rows_of_examples():
        if "words" in row:
            found += _sentences(row["activity"], row["words"])
        else:
            activities = tuple(row["activities"])
            found.append(Example(row["title"], row["text"], activities, is_text=True))
    return found


def read_rows_of_examples() -> Iterator[dict[str, Any]]:
    """Yield the lines of the files, cluster by cluster."""
    for path in sorted((DATA / "examples").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _sentences(activity: str, words: list[str]) -> Iterator[Example]:
    for start in range(0, len(words), _TOGETHER):
        together = " ; ".join(words[start : start + _TOGETHER])
        yield Example("", together, (activity,), is_text=False)
