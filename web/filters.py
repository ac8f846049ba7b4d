"""What somebody asks of a list: it stands in the address, and anything odd asks nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import request

from web.i18n import _
from web.services.texts import clean_line

LONGEST_QUERY = 100
EnumT = TypeVar("EnumT", bound=StrEnum)


def asked(enum: type[EnumT], name: str) -> EnumT | None:
    """Return the code in the address; anything odd means none."""
    value = request.args.get(name, "")
    return enum(value) if value in set(enum) else None


def asked_words(name: str = "q") -> str:
    """Return the words in the address, on one line."""
    return clean_line(request.args.get(name))[:LONGEST_QUERY]


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from in a filter; `every` says what no choice means, if that is one."""

    name: str
    label: str
    options: Iterable[tuple[str, str]]
    chosen: str | None
    every: str = ""


def worded(labels: Mapping[EnumT, str]) -> list[tuple[str, str]]:
    """Return codes with their translated words, from their message ids."""
    return [(code.value, _(label)) for code, label in labels.items()]
