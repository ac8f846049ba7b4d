"""What was read in a text, beside the questions of a form: taken over, or called wrong."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from matcher.facts import FIELDS
from models.fields import Field
from web.forms.base import BrugForm, flemish
from web.forms.dynamic import read_fields
from web.services.conditions import UNREAD, Answers
from web.services.readings import DAYS, ReadFact, joined, known_families, taken_over


def answers_in(form: BrugForm, table: Sequence[Field]) -> Answers:
    """Return the answers on a page by question, with what was called wrong."""
    days = {name: form[name].data for name in DAYS}
    return {**read_fields(form, table), **days, UNREAD: sorted(known_families(form.unread.ids))}


def press(form: BrugForm, action: str, read: Callable[[], Sequence[ReadFact]]) -> bool:
    """Do what a button beside a reading asks; tell whether it was such a button.

    `take-<family>` and `take-all` fill in what `read` returns, `wrong-<family>` calls it wrong, and
    `right-<family>` takes that back.
    """
    verb, _, family = action.partition("-")
    unread = known_families(form.unread.ids)
    match verb:
        case "take":
            fill_in(form, taken_over(read(), FIELDS if family == "all" else {family}))
        case "wrong":
            form.unread.data = sorted(unread | known_families({family}))
        case "right":
            form.unread.data = sorted(unread - {family})
        case _:
            return False
    return True


def fill_in(form: BrugForm, answers: Answers) -> None:
    """Answer questions of a page; to a list the answers are added."""
    for name, value in answers.items():
        field = form[name]
        # What was sent goes before what is known, for a field that shows what was typed.
        field.raw_data = None
        field.data = joined(field.data, value)


def as_sent(value: Any) -> list[str]:
    """Return an answer as a page sends it, one text for each box that is ticked."""
    if isinstance(value, list):
        return [str(code) for code in value]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, int | float):
        return [flemish(value)]
    return [str(value)]
