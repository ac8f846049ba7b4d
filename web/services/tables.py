"""Tables as files that a spreadsheet opens; no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum

#: What a spreadsheet takes for the beginning of a formula, whatever the file says.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_WIDTH = 28


class Ending(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Ending.CSV: "text/csv; charset=utf-8",
    Ending.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(ending: Ending, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file of that kind."""
    safe = [[_safe(cell) for cell in row] for row in (headers, *rows)]
    return _csv(safe) if ending is Ending.CSV else _xlsx(safe)


def _safe(cell: str) -> str:
    """Return a cell as plain text: what begins like a formula gets an apostrophe before it."""
    text = "".join(c for c in cell if c in "\n\t" or c >= " ")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _csv(rows: list[list[str]]) -> bytes:
    """Semicolons, and UTF-8 with its mark: what a Flemish Excel opens well."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _xlsx(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([cell[:32_000] for cell in row])
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
