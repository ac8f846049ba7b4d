"""From the bytes of a csv, xlsx or JSON-lines file to rows of text."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from models.marker import N_
from web.services.importing.problems import UnreadableFileError

LARGEST_FILE = 10 * 1024 * 1024
#: An xlsx is a zip: a small one may unfold into more than a machine can hold.
LARGEST_UNFOLDED = 100 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 120
LONGEST_CELL = 100_000

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number as a person counts it, and its cells by header."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds; `headers` in its order."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(filename: str, content: bytes, wanted: str) -> Table:
    """Read a file by its name's ending; raises `UnreadableFileError`.

    wanted: `need`, `offer` or `organisation`; JSON lines that say to be something else are left
    out, so that one file may hold needs and offers.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(N_("This file is larger than 10 MB."))
    if not content.strip():
        raise UnreadableFileError(N_("This file is empty."))
    match PurePath(filename).suffix.lower():
        case ".csv" | ".txt":
            return _csv_table(content)
        case ".xlsx":
            return _table(_xlsx_lines(content))
        case ".jsonl":
            return _jsonl_table(content, wanted)
        case _:
            raise UnreadableFileError(N_("Brug reads files that end in .csv, .xlsx or .jsonl."))


def _csv_table(content: bytes) -> Table:
    if content.startswith(b"PK") or b"\x00" in content[:4096]:
        raise UnreadableFileError(
            N_("This is no csv file, whatever its name says. Save it as csv or as xlsx.")
        )
    text = _decoded(content)
    csv.field_size_limit(LARGEST_FILE)
    try:
        return _table(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableFileError(N_("This csv file is damaged.")) from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on Windows writes the code page of Western Europe; a few of its bytes mean nothing.
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(";,\t", key=first.count)


def _xlsx_lines(content: bytes) -> Iterator[list[object]]:
    from openpyxl import load_workbook

    not_xlsx = UnreadableFileError(
        N_("This is no xlsx file, whatever its name says. Save it as xlsx or as csv.")
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNFOLDED:
                raise UnreadableFileError(N_("This file unfolds to more than 100 MB."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise not_xlsx from error
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise not_xlsx
    for line in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield list(line)
    book.close()


def _table(lines: Iterable[Iterable[object]]) -> Table:
    """Take the first line that is not empty as headers, and leave empty rows out."""
    headers: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        cells = [_as_text(cell) for cell in line]
        if not any(cells):
            continue
        if not headers:
            headers = tuple(cells[:MOST_COLUMNS])
            continue
        found = {header: text for header, text in zip(headers, cells, strict=False) if header}
        rows.append(Row(number, found))
        _check_size(len(rows))
    return _checked(headers, rows)


def _checked(headers: tuple[str, ...], rows: list[Row]) -> Table:
    named = [header for header in headers if header]
    doubles = sorted({header for header in named if named.count(header) > 1})
    if doubles:
        raise UnreadableFileError(N_("The column %(name)s stands twice."), name=doubles[0])
    if not rows:
        raise UnreadableFileError(N_("This file has no rows under its headers."))
    return Table(tuple(named), tuple(rows))


def _check_size(rows: int) -> None:
    if rows > MOST_ROWS:
        raise UnreadableFileError(
            N_("This file has more than %(most)d rows. Cut it in parts."), most=MOST_ROWS
        )


def _as_text(cell: object) -> str:
    """Return a cell as if it had been typed: days as ISO, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nee"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
        case list():
            return "; ".join(_as_text(part) for part in cell)
        case _:
            return str(cell).strip()[:LONGEST_CELL]


def _jsonl_table(content: bytes, wanted: str) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(N_("This file is not in UTF-8.")) from error
    rows: list[Row] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = _json_cells(number, line)
        if cells.pop("type", wanted) == wanted:
            rows.append(Row(number, cells))
            _check_size(len(rows))
    headers = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    return _checked(headers, rows)


def _json_cells(number: int, line: str) -> Cells:
    try:
        found = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict) or len(found) > MOST_COLUMNS:
        raise UnreadableFileError(N_("Line %(line)d is no JSON object."), line=number)
    if any(isinstance(value, dict) for value in found.values()):
        raise UnreadableFileError(N_("Line %(line)d holds an object in an object."), line=number)
    return {str(name): _as_text(value) for name, value in found.items()}
