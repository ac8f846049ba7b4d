"""What a field is: the description that forms, imports, pages and checks all read.

A field with `column=True` is a column of the table, any other is kept in `details`. Labels and
options are English message ids; `N_` only marks them for translation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FieldType(StrEnum):
    """How a field's value looks; None, or an empty list, always means unknown."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"


Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `minimum` and `maximum` bound numbers, `unit` stands behind them.

    formerly: a label of before, which files may still carry.
    """

    name: str
    label: str
    type: FieldType
    options: Options = ()
    required: bool = False
    column: bool = False
    minimum: float = 0
    maximum: float = 1_000_000
    unit: str = ""
    formerly: str = ""


def text(name: str, label: str) -> Field:
    """Describe a line of free text."""
    return Field(name=name, label=label, type=FieldType.TEXT)


def yes_no(name: str, label: str, *, required: bool = False, column: bool = False) -> Field:
    """Describe a question that may also stay open."""
    return Field(name=name, label=label, type=FieldType.YES_NO, required=required, column=column)


def choice(
    name: str, label: str, codes: Options, *, required: bool = False, column: bool = False
) -> Field:
    """Describe one choice out of a code list."""
    return Field(
        name=name,
        label=label,
        type=FieldType.CHOICE,
        options=codes,
        required=required,
        column=column,
    )


def choices(
    name: str, label: str, codes: Options, *, required: bool = False, column: bool = False
) -> Field:
    """Describe any number of choices out of a code list."""
    return Field(
        name=name,
        label=label,
        type=FieldType.CHOICES,
        options=codes,
        required=required,
        column=column,
    )


def number(name: str, label: str, maximum: float, unit: str = "") -> Field:
    """Describe a whole number that is not negative."""
    return Field(name=name, label=label, type=FieldType.INTEGER, maximum=maximum, unit=unit)


def measure(name: str, label: str, maximum: float, unit: str) -> Field:
    """Describe a measure with decimals that is not negative."""
    return Field(name=name, label=label, type=FieldType.DECIMAL, maximum=maximum, unit=unit)


def people(name: str, label: str, *, required: bool = False, formerly: str = "") -> Field:
    """Describe a number of people, at least one; a column."""
    return Field(
        name=name,
        label=label,
        formerly=formerly,
        type=FieldType.INTEGER,
        required=required,
        column=True,
        minimum=1,
        maximum=500,
    )


def hours(label: str, *, required: bool = False) -> Field:
    """Describe hours per week; a column."""
    return Field(
        name="hours_per_week",
        label=label,
        type=FieldType.DECIMAL,
        required=required,
        column=True,
        minimum=1,
        maximum=60,
    )


def missing(fields: tuple[Field, ...], values: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the required fields that `values` lacks; False and 0 are answers."""
    return tuple(f for f in fields if f.required and values.get(f.name) in (None, "", []))
