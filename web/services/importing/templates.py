"""Empty lists to fill in: the headers, an example row, and what each column takes."""

import csv
import io

from models.fields import FieldType
from models.marker import N_
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from web.labels import LABELS
from web.services.importing.cells import Words
from web.services.importing.columns import COLUMNS, Column, ListKind

_TAKES = {
    FieldType.TEXT: N_("text"),
    FieldType.INTEGER: N_("a whole number"),
    FieldType.DECIMAL: N_("a number, such as 7,5"),
    FieldType.YES_NO: N_("yes or no"),
    FieldType.CHOICE: N_("one of:"),
    FieldType.CHOICES: N_("one or more, separated by semicolons:"),
}


_FIELDS = {
    ListKind.NEED: tuple(field for table in NEED_FIELDS.values() for field in table),
    ListKind.OFFER: tuple(field for table in OFFER_FIELDS.values() for field in table),
    ListKind.ORGANISATION: (),
}


def headers(kind: ListKind, words: Words) -> list[str]:
    """Return the headers of a list in the words of people; required ones first."""
    return [words(column.labels[0]) for column in _ordered(kind)]


def _ordered(kind: ListKind) -> list[Column]:
    return sorted(COLUMNS[kind], key=lambda column: not column.required)


def csv_template(kind: ListKind, words: Words) -> bytes:
    """Return a csv that opens well in a Flemish Excel: semicolons, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers(kind, words))
    writer.writerow([column.example for column in _ordered(kind)])
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(kind: ListKind, words: Words) -> bytes:
    """Return a workbook: the list to fill in, and a sheet that explains each column."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = words(N_("List"))
    sheet.append(headers(kind, words))
    sheet.append([column.example for column in _ordered(kind)])
    sheet.freeze_panes = "A2"
    help_sheet = book.create_sheet(words(N_("Columns")))
    help_sheet.append([words(N_("Column")), words(N_("Required")), words(N_("Takes"))])
    for column in _ordered(kind):
        required = words(N_("Yes")) if column.required else ""
        help_sheet.append([words(column.labels[0]), required, _takes(kind, column, words)])
    for made in (sheet, help_sheet):
        for number, cell in enumerate(made[1], start=1):
            cell.font = Font(bold=True)
            made.column_dimensions[get_column_letter(number)].width = 28
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _takes(kind: ListKind, column: Column, words: Words) -> str:
    for field in _FIELDS[kind]:
        if field.name == column.name:
            codes = ", ".join(f"{code} ({words(label)})" for code, label in field.options)
            return f"{words(_TAKES[field.type])} {codes}".strip()
    if column.choices is not None:
        labels = LABELS[column.choices]
        codes = ", ".join(f"{member.value} ({words(labels[member])})" for member in column.choices)
        return f"{words(_TAKES[FieldType.CHOICE])} {codes}"
    return words(N_("text")) if not column.example else column.example
