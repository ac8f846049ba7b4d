"""Forms made from the field tables of `models`, so that a field is described once."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import format_decimal
from wtforms import Field as FormField
from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from models.fields import Field, FieldType
from models.options import TO_AGREE
from web.forms.base import BrugForm, LineField, NumberField, YesNoField, choices_of
from web.i18n import _, _l
from web.services.fields import LONGEST_DETAIL


class ChoicesField(SelectMultipleField):
    """Any number of choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _form_field(field: Field) -> Any:
    label = _l(field.label)
    options = [(code, _l(text)) for code, text in field.options]
    match field.type:
        case FieldType.TEXT:
            return LineField(label, most=LONGEST_DETAIL)
        case FieldType.INTEGER | FieldType.DECIMAL:
            return NumberField(
                label,
                minimum=field.minimum,
                maximum=field.maximum,
                whole=field.type is FieldType.INTEGER,
                description=_l(field.unit) if field.unit else "",
            )
        case FieldType.YES_NO:
            return YesNoField(label)
        case FieldType.CHOICE:
            return SelectField(label, choices=choices_of([("", _l("Choose…")), *options]))
        case FieldType.CHOICES:
            return ChoicesField(label, choices=choices_of(options))


def form_with(base: type[BrugForm], fields: Iterable[Field]) -> type[BrugForm]:
    """Return `base` with a form field for each field of a table, in its order.

    Required fields are asked for when a thing is published, not here: a draft may lack anything.
    """
    return type(base.__name__, (base,), {field.name: _form_field(field) for field in fields})


def read_fields(form: BrugForm, fields: Iterable[Field]) -> dict[str, Any]:
    """Return what was typed as stored: unknown is None, and an empty list for choices."""
    return {field.name: _stored(form[field.name]) for field in fields}


def _stored(form_field: FormField) -> Any:
    if isinstance(form_field, YesNoField):
        return form_field.answer
    if isinstance(form_field, ChoicesField):
        return list(form_field.data or [])
    return None if form_field.data == "" else form_field.data


def shown_value(field: Field, value: Any) -> str:
    """Return a stored value as a person reads it; empty when unknown."""
    if value in (None, "", []):
        return ""
    words = dict(field.options)
    match field.type:
        case FieldType.YES_NO:
            return _("Yes") if value else _("No")
        case FieldType.CHOICE:
            return _(words.get(value, str(value)))
        case FieldType.CHOICES:
            return ", ".join(_(words.get(code, str(code))) for code in value)
        case FieldType.INTEGER | FieldType.DECIMAL:
            return _with_unit(value, field)
        case FieldType.TEXT:
            return str(value)


def shown_values(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Return the known values as a person reads them, an amount with what it is counted in."""
    shown = {field.name: shown_value(field, values.get(field.name)) for field in fields}
    counted_in = values.get("quantity_unit")
    if shown.get("quantity") and counted_in and counted_in != TO_AGREE:
        shown["quantity"] += f" {shown.pop('quantity_unit')}"
    return {name: value for name, value in shown.items() if value}


def _with_unit(value: float, field: Field) -> str:
    number = str(format_decimal(value))
    return f"{number} {_(field.unit)}" if field.unit else number
