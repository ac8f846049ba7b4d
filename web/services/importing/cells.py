"""From the text of a cell to a typed value; each reader says what it expected."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from models.fields import Field, FieldType, Options
from models.geography import fold
from models.marker import N_
from web.labels import LABELS
from web.services.importing.problems import UnreadableCellError
from web.services.texts import clean_line, clean_text

Words = Callable[[str], str]
"""Turns a message id into the word that people see, so that a list may hold words or codes."""

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_YES, _NO = {"ja", "j", "yes", "y", "true", "1", "x"}, {"nee", "neen", "n", "no", "false", "0"}
SEPARATORS = str.maketrans({"|": ";", "\n": ";"})


def parts_of(text: str) -> list[str]:
    """Return the parts of a cell that holds several, separated by semicolons."""
    return [part for part in map(clean_line, text.translate(SEPARATORS).split(";")) if part]


def read_line(text: str, most: int) -> str:
    """Return one line of text."""
    return _bounded(clean_line(text), most)


def read_text(text: str, most: int) -> str:
    """Return several lines of text."""
    return _bounded(clean_text(text), most)


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise UnreadableCellError(N_("expected at most %(most)s characters"), most=_shown(most))
    return text


def _shown(number: float) -> str:
    return str(format_decimal(number, locale="nl_BE"))


def read_day(text: str) -> date | None:
    """Return a day written as 2026-11-03 or 3/11/2026."""
    text = clean_line(text)
    if not text:
        return None
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - only the day counts
        except ValueError:
            continue
    raise UnreadableCellError(N_("expected a date such as 3/11/2026, found “%(text)s”"), text=text)


def read_number(text: str, low: float, high: float, *, whole: bool) -> float | int | None:
    """Return a number written the Flemish way, between two bounds."""
    text = clean_line(text).replace(" ", "")
    if not text:
        return None
    wrong = UnreadableCellError(
        N_("expected a number from %(low)s to %(high)s, found “%(text)s”"),
        low=_shown(low),
        high=_shown(high),
        text=text,
    )
    try:
        number = parse_decimal(text, locale="nl_BE", strict=True)
    except NumberFormatError as error:
        raise wrong from error
    # The parser also takes 1e3, NaN and digits of other scripts.
    plain = text.isascii() and not any(character.isalpha() for character in text)
    if not plain or not low <= number <= high or (whole and number != int(number)):
        raise wrong
    return int(number) if whole else float(number)


def read_yes_no(text: str) -> bool | None:
    """Return yes or no; empty is unknown."""
    word = fold(text)
    if not word:
        return None
    if word in _YES | _NO:
        return word in _YES
    raise UnreadableCellError(N_("expected yes or no, found “%(text)s”"), text=text)


def read_enum(enum: type[StrEnum], text: str, words: Words) -> Any:
    """Return the member of an enum for its code or its word; empty is None."""
    options = tuple((member.value, LABELS[enum][member]) for member in enum)
    code = read_choice(options, text, words)
    return None if code is None else enum(code)


def read_choice(options: Options, text: str, words: Words) -> str | None:
    """Return the code of an option, given as its code or as its word; empty is None."""
    wanted = fold(text)
    if not wanted:
        return None
    for code, label in options:
        if wanted in (fold(code), fold(words(label))):
            return code
    known = ", ".join(words(label) for _code, label in options)
    raise UnreadableCellError(
        N_("expected one of %(known)s; found “%(text)s”"), known=known, text=clean_line(text)
    )


def read_choices(options: Options, text: str, words: Words) -> list[str]:
    """Return the codes of several options, separated by semicolons or commas."""
    labels = {fold(words(label)) for _code, label in options}
    parts: Iterable[str] = parts_of(text)
    if any("," in part and fold(part) not in labels for part in parts):
        parts = [piece for part in parts for piece in part.split(",")]
    found = [read_choice(options, part, words) for part in parts]
    return list(dict.fromkeys(code for code in found if code))


def read_field(field: Field, text: str, words: Words) -> Any:
    """Return the value of a field of `models.need_fields` or `models.offer_fields`."""
    match field.type:
        case FieldType.TEXT:
            return read_line(text, 500) or None
        case FieldType.INTEGER | FieldType.DECIMAL:
            whole = field.type is FieldType.INTEGER
            return read_number(text, field.minimum, field.maximum, whole=whole)
        case FieldType.YES_NO:
            return read_yes_no(text)
        case FieldType.CHOICE:
            return read_choice(field.options, text, words)
        case FieldType.CHOICES:
            return read_choices(field.options, text, words)
