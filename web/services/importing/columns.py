"""The columns that a list may have, for each kind of list: their names, words and readers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkForm
from models.fields import Field
from models.geography import fold
from models.marker import N_
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from models.states import Recurrence, Urgency, Visibility
from web.services.importing.cells import (
    Words,
    parts_of,
    read_choice,
    read_day,
    read_enum,
    read_field,
    read_line,
    read_number,
    read_text,
    read_yes_no,
)
from web.services.importing.files import Row, Table
from web.services.importing.problems import Problem, UnreadableCellError, UnreadableFileError
from web.services.texts import LONGEST_TEXT, LONGEST_TITLE

Reader = Callable[[str, Words], Any]


class ListKind(StrEnum):
    """What a list holds; also the word on the command line, in the plural."""

    NEED = "need"
    OFFER = "offer"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `name` in JSON and in code, `labels` as people may head it, `choices` if any."""

    name: str
    labels: tuple[str, ...]
    read: Reader
    required: bool = False
    example: str = ""
    choices: type[StrEnum] | None = None


def _line(most: int = LONGEST_TITLE) -> Reader:
    return lambda text, _words: read_line(text, most)


def _long(text: str, _words: Words) -> str:
    return read_text(text, LONGEST_TEXT)


def _day(text: str, _words: Words) -> Any:
    return read_day(text)


def _yes_no(text: str, _words: Words) -> bool | None:
    return read_yes_no(text)


def _parts(text: str, _words: Words) -> list[str]:
    return parts_of(text)


def _km(text: str, _words: Words) -> float | int | None:
    return read_number(text, 1, 300, whole=False)


def _nace_version(text: str, words: Words) -> str | None:
    return read_choice((("2003", "2003"), ("2008", "2008"), ("2025", "2025")), text, words)


def _choice(
    name: str, label: str, enum: type[StrEnum], *, required: bool = False, example: str = ""
) -> Column:
    def read(text: str, words: Words) -> Any:
        return read_enum(enum, text, words)

    return Column(name, (label,), read, required, example, enum)


_COMMON = (
    Column("id", (N_("Your own number"),), _line(80), example="V-001"),
    Column("organisation", (N_("Enterprise number"),), _line(40), example="0999.109.896"),
    Column("contact", (N_("E-mail of the contact"),), _line(254), example="naam@voorbeeld.be"),
)
_WORK = (
    Column("title", (N_("Title"),), _line(), required=True, example="Haag scheren"),
    Column("text", (N_("Text"),), _long, required=True, example="Tachtig meter haag, tweemaal"),
    Column("municipality", (N_("Municipality"),), _line(), example="3460 Bekkevoort"),
    Column("activities", (N_("Activities"),), _parts, example="hagen-scheren"),
    Column("start", (N_("First day"),), _day, example="1/3/2027"),
    Column("end", (N_("Last day"),), _day, example="31/10/2027"),
)
_NEED = (
    _choice("kind", N_("Kind"), NeedKind, required=True, example="service"),
    Column("duration", (N_("Duration"),), _line(80)),
    _choice("recurrence", N_("Comes back"), Recurrence),
    _choice("urgency", N_("Urgency"), Urgency),
    Column("budget", (N_("Budget"),), _line(120)),
    _choice("visibility", N_("Who may see it"), Visibility),
)
_OFFER = (
    _choice("kind", N_("Kind"), OfferKind, required=True, example="service"),
    Column("radius_km", (N_("Kilometres around the place"),), _km, example="25"),
    Column("service_area", (N_("Municipalities served"),), _parts, example="Diest; Bekkevoort"),
    Column("valid_until", (N_("Valid until"),), _day, example="30/6/2027"),
)
_ORGANISATION = (
    Column("organisation", (N_("Enterprise number"),), _line(40), True, "0999.109.896"),
    Column("name", (N_("Name"),), _line(), True, "Maatwerkbedrijf De Duizendpoot vzw"),
    _choice("type", N_("Type"), OrganisationType, required=True, example="social_economy"),
    Column("municipality", (N_("Municipality"),), _line(), True, "3290 Diest"),
    Column("supplier", (N_("Offers work (yes/no)"),), _yes_no, example="ja"),
    _choice("work_form", N_("Work form"), WorkForm, example="maatwerkbedrijf"),
    Column("nace_code", (N_("NACE code"),), _line(7), example="88993"),
    Column("nace_version", (N_("NACE version"),), _nace_version, example="2025"),
    Column("joint_committee", (N_("Joint committee"),), _line(12), example="327.01"),
    Column("recognition", (N_("Recognition"),), _line()),
    Column("description", (N_("Description"),), _long),
    Column("website", (N_("Website"),), _line(200), example="https://voorbeeld.be"),
    Column("contact_name", (N_("Name of the contact"),), _line(120), example="Jo Peeters"),
    Column("contact", (N_("E-mail of the contact"),), _line(254), example="jo@voorbeeld.be"),
    Column("contact_phone", (N_("Phone of the contact"),), _line(40), example="016 00 00 00"),
)


def _field_columns(tables: Iterable[Sequence[Field]]) -> tuple[Column, ...]:
    """Return one column for each field name; kinds may word the same field differently."""
    named: dict[str, list[Field]] = {}
    for table in tables:
        for field in table:
            named.setdefault(field.name, []).append(field)
    return tuple(_field_column(name, fields) for name, fields in named.items())


def _field_column(name: str, fields: list[Field]) -> Column:
    said = [field.label for field in fields] + [field.formerly for field in fields]
    labels = tuple(dict.fromkeys(filter(None, said)))
    return Column(name, labels, lambda text, words: read_field(fields[0], text, words))


FIELD_COLUMNS = {
    ListKind.NEED: _field_columns(NEED_FIELDS.values()),
    ListKind.OFFER: _field_columns(OFFER_FIELDS.values()),
    ListKind.ORGANISATION: (),
}
COLUMNS: dict[ListKind, tuple[Column, ...]] = {
    ListKind.NEED: (*_COMMON, *_WORK, *_NEED, *FIELD_COLUMNS[ListKind.NEED]),
    ListKind.OFFER: (*_COMMON, *_WORK, *_OFFER, *FIELD_COLUMNS[ListKind.OFFER]),
    ListKind.ORGANISATION: _ORGANISATION,
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as typed values by column name; `headers` tells how each column is headed.

    wrong: the columns of which the problem is told already.
    """

    number: int
    values: Mapping[str, Any]
    headers: Mapping[str, str]
    wrong: frozenset[str] = frozenset()


def read_rows(table: Table, kind: ListKind, words: Words) -> tuple[list[ReadRow], list[Problem]]:
    """Read every cell; returns the rows and all problems. Raises `UnreadableFileError`.

    An unknown column is refused: a misspelt header would silently lose what stands below it.
    """
    columns = _columns_by_header(table, kind, words)
    problems: list[Problem] = []
    # A column that the file leaves out is named as the template heads it.
    headers = {column.name: words(column.labels[0]) for column in COLUMNS[kind]}
    headers.update((column.name, header) for header, column in columns.items())
    rows = [_read_row(row, columns, headers, words, problems) for row in table.rows]
    return rows, problems


def _columns_by_header(table: Table, kind: ListKind, words: Words) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for column in COLUMNS[kind]:
        known.setdefault(fold(column.name), column)
        for label in column.labels:
            known.setdefault(fold(words(label)), column)
    columns: dict[str, Column] = {}
    for header in table.headers:
        found = known.get(fold(header))
        if found is None:
            raise UnreadableFileError(N_("Column “%(name)s” is not known."), name=header)
        columns[header] = found
    for wanted in COLUMNS[kind]:
        if wanted.required and wanted not in columns.values():
            name = words(wanted.labels[0])
            raise UnreadableFileError(N_("Column “%(name)s” is missing."), name=name)
    return columns


def _read_row(
    row: Row,
    columns: Mapping[str, Column],
    headers: Mapping[str, str],
    words: Words,
    problems: list[Problem],
) -> ReadRow:
    values: dict[str, Any] = {}
    wrong: set[str] = set()
    for header, column in columns.items():
        try:
            value = values[column.name] = column.read(row.cells.get(header, ""), words)
            if column.required and value in (None, ""):
                raise UnreadableCellError(N_("expected something here"))
        except UnreadableCellError as error:
            problems.append(Problem(row.number, header, error.message, error.values))
            wrong.add(column.name)
    return ReadRow(row.number, values, headers, frozenset(wrong))
