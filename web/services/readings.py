"""What was read in somebody's text, laid beside the questions of a form."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from matcher.facts import FIELDS, facts_of, is_stated
from matcher.values import Conditions
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from models.fields import Field
from web.services.conditions import Answers, answers_of
from web.services.fields import impossible_value

#: Days that every need and offer asks for, beside the questions of its kind.
DAYS = ("start_date", "end_date")
#: Families that say nothing of what a need asks: they keep other words from being matched.
_SILENT_IN_NEEDS = frozenset({"excluded", "order"})


class ReadState(StrEnum):
    """What becomes of a reading: it is used, the writer said it himself, or called it wrong."""

    USED = "used"
    STATED = "stated"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A family of facts read in a text: its words, and the answers that it stands for.

    told: conditions with what was read. at: the question beside which it is shown; empty when no
    question asks it.
    """

    family: str
    words: str
    state: ReadState
    told: Conditions
    answers: Mapping[str, Any]
    at: str = ""


def read_facts(item: NeedValue | OfferValue, table: Sequence[Field]) -> tuple[ReadFact, ...]:
    """Return what the matcher reads in the text of an item, in the order of the questions."""
    facts = facts_of(replace(item, conditions=Conditions()))
    if facts is None:
        return ()
    silent = _SILENT_IN_NEEDS if isinstance(item, NeedValue) else frozenset()
    asked = {**dict.fromkeys(DAYS), **{field.name: field for field in table}}
    found = [
        _read_fact(family, read.words, facts.conditions, item.conditions, asked)
        for family, read in facts.read.items()
        if family not in silent
    ]
    place = {name: number for number, name in enumerate(asked)}
    return tuple(sorted(found, key=lambda fact: (place.get(fact.at, len(asked)), fact.family)))


def _read_fact(
    family: str,
    words: str,
    read: Conditions,
    told: Conditions,
    asked: Mapping[str, Field | None],
) -> ReadFact:
    answers = {
        name: value
        for name, value in answers_of(family, read, asked).items()
        if (field := asked[name]) is None or impossible_value(field, value) is None
    }
    given = answers_of(family, told, asked)
    is_given = bool(answers) and all(_covers(given.get(n), value) for n, value in answers.items())
    state = ReadState.STATED if is_given else _state(family, told)
    at = next(iter(answers), family if family in asked else "")
    return ReadFact(family, words, state, read, answers, at)


def _covers(given: Any, answer: Any) -> bool:
    return set(answer) <= set(given or ()) if isinstance(answer, list) else bool(given == answer)


def _state(family: str, told: Conditions) -> ReadState:
    if is_stated(told, family):
        return ReadState.STATED
    return ReadState.WRONG if family in told.unread else ReadState.USED


def asked_about(facts: Iterable[ReadFact], rest: Collection[str]) -> list[str]:
    """Return which of the rest of the questions a text tells something about.

    The other half of a pair comes along, unless its first half is asked elsewhere.
    """
    names = {name for fact in facts if fact.at in rest for name in (fact.at, *fact.answers)}
    return [name for name in rest if name in names]


def taken_over(facts: Sequence[ReadFact], families: Collection[str]) -> Answers:
    """Return the answers of the families that the writer confirmed, where he gave none himself."""
    return {
        name: value
        for fact in facts
        if fact.family in families and fact.state is ReadState.USED
        for name, value in fact.answers.items()
    }


def joined(given: Any, answer: Any) -> Any:
    """Return an answer after what was given already: lists are put together."""
    if isinstance(answer, list) and isinstance(given, list):
        return [*dict.fromkeys([*given, *answer])]
    return answer


def known_families(names: Collection[str]) -> frozenset[str]:
    """Return which of these names, as a page sent them, are families of readings."""
    return frozenset(names) & FIELDS.keys()
