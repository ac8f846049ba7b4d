"""What was read in a text, as a form shows it: the fact, and the words it was read in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from web.fact_words import FAMILIES, told_of
from web.forms.readings import as_sent
from web.i18n import _
from web.services.readings import ReadFact, ReadState


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A fact that was read. answers: by question, as JSON for a script."""

    family: str
    label: str
    value: str
    words: str
    at: str
    used: bool
    answers: str

    @property
    def may_take(self) -> bool:
        """Tell whether a question can hold what was read."""
        return self.answers != "{}"


def read_rows(facts: Iterable[ReadFact]) -> list[ReadRow]:
    """Word what was read and not stated by the writer himself."""
    return [_row(fact) for fact in facts if fact.state is not ReadState.STATED]


def _row(fact: ReadFact) -> ReadRow:
    return ReadRow(
        family=fact.family,
        label=_(FAMILIES[fact.family]),
        value=told_of(fact.family, fact.told),
        words=fact.words,
        at=fact.at,
        used=fact.state is ReadState.USED,
        answers=json.dumps({name: as_sent(value) for name, value in fact.answers.items()}),
    )
