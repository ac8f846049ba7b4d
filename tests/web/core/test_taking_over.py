"""What is read in a text, taken over as answers, tells the matcher what the reading told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from matcher.facts import FIELDS, facts_of
from matcher.values import Conditions
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from matcher.vocabulary import NeedKind
from models.fields import Field
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from seed.reading_evaluation import FOLDER, WRITTEN_ON, read_sentences
from web.services.conditions import conditions_from
from web.services.readings import ReadState, read_facts, taken_over

Item = NeedValue | OfferValue
#: Questions that a whole family of readings fits in, without rounding.
EXACT = ("people_min", "people_max", "schedule", "language_level", "askers", "moving", "start")


def items() -> Iterator[tuple[Item, tuple[Field, ...]]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for sentence in read_sentences(path):
            told = {"id": "1", "title": "", "text": sentence.text, "written": WRITTEN_ON}
            if isinstance(sentence.kind, NeedKind):
                yield NeedValue(kind=sentence.kind, **told), NEED_FIELDS[sentence.kind]
            else:
                yield OfferValue(kind=sentence.kind, **told), OFFER_FIELDS[sentence.kind]


@pytest.mark.parametrize("family", FIELDS)
def test_a_reading_that_is_taken_over_is_an_answer(family: str) -> None:
    taken = 0
    for item, table in items():
        answers = taken_over(read_facts(item, table), {family})
        if answers.keys() - {"wished"}:
            taken += 1
            after = replace(item, conditions=conditions_from(answers))
            states = {fact.family: fact.state for fact in read_facts(after, table)}
            assert states[family] is ReadState.STATED, item.text
    assert taken


def test_an_answer_that_is_taken_over_says_what_was_read() -> None:
    compared = 0
    for item, table in items():
        facts = facts_of(item)
        answers = taken_over(read_facts(item, table), FIELDS)
        told = conditions_from(answers)
        for name in EXACT:
            if facts and name.replace("start", "start_date") in answers:
                compared += 1
                assert getattr(told, name) == getattr(facts.conditions, name), item.text
    assert compared


def test_what_was_called_wrong_is_not_used() -> None:
    for item, table in items():
        wrong = frozenset(fact.family for fact in read_facts(item, table))
        after = replace(item, conditions=Conditions(unread=wrong))
        assert {fact.state for fact in read_facts(after, table)} <= {ReadState.WRONG}
