"""Values of the field tables, between a stored need or offer and everybody else."""

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.vocabulary import Phase, WorkSite
from models.fields import Field, FieldType
from models.marker import N_

#: Columns that hold a member of an enum, and not just its code.
_ENUMS = {"site": WorkSite, "phase": Phase}

LONGEST_DETAIL = 500
TOO_LONG = N_("This text is too long.")
_BAD_NUMBER = N_("This number is not possible.")
_BAD_CHOICE = N_("This is none of the choices.")


def field_values(row: Any, fields: Iterable[Field]) -> dict[str, Any]:
    """Return the values of a stored need or offer by field name, for a form or a page."""
    return {
        field.name: getattr(row, field.name) if field.column else row.details.get(field.name)
        for field in fields
    }


def store_fields(row: Any, fields: Iterable[Field], values: Mapping[str, Any]) -> None:
    """Put values in the columns and the details of a need or an offer."""
    details = dict(row.details or {})
    for field in fields:
        value = values.get(field.name)
        if field.column:
            setattr(row, field.name, _for_column(field, value))
        elif value in (None, "", []):
            details.pop(field.name, None)
        else:
            details[field.name] = value
    row.details = details


def _for_column(field: Field, value: Any) -> Any:
    if field.type is FieldType.CHOICES:
        return list(value or [])
    enum = _ENUMS.get(field.name)
    return enum(value) if enum and value else (None if value == "" else value)


def impossible_value(field: Field, value: Any) -> str | None:
    """Return why a field cannot hold a value, as a message id; None when it can."""
    if value in (None, "", []):
        return None
    codes = {code for code, _label in field.options}
    match field.type:
        case FieldType.INTEGER | FieldType.DECIMAL:
            return None if field.minimum <= value <= field.maximum else _BAD_NUMBER
        case FieldType.CHOICE:
            return None if value in codes else _BAD_CHOICE
        case FieldType.CHOICES:
            return None if set(value) <= codes else _BAD_CHOICE
        case FieldType.TEXT:
            return None if len(value) <= LONGEST_DETAIL else TOO_LONG
        case FieldType.YES_NO:
            return None if value in (True, False) else _BAD_CHOICE
