"""Values of the field tables, between a stored need or offer and everybody else."""

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.vocabulary import Phase, WorkSite
from models.fields import Field, FieldType

#: Columns that hold a member of an enum, and not just its code.
_ENUMS = {"site": WorkSite, "phase": Phase}


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
