"""What sentences are made of: a message id with, for each of its names, a part of the evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, get_locale

from matcher.vocabulary import OrganisationType, WorkSite
from models import options
from models.fields import Options
from web.i18n import N_, _
from web.labels import label_of

Evidence = Mapping[str, Any]
Labels = Mapping[str, str]
#: A sentence, or a part of one, from the evidence of a reason.
Word = Callable[[Evidence], str]

#: Units that a question only holds together with their period.
_MORE_UNITS = (("meals", N_("meals")), ("visits", N_("visits")), ("hours", N_("hours")))


def say(message: str, **parts: Word) -> Word:
    """Return a sentence with each of its names filled in."""
    return lambda e: _(message, **{name: part(e) for name, part in parts.items()})


def told(key: str) -> Word:
    """Return a part that shows a fact as it is."""
    return lambda e: str(e[key])


def number(key: str) -> Word:
    """Return a part that shows a number."""
    return lambda e: str(format_decimal(e[key]))


def names(key: str, *lists: Options) -> Word:
    """Return a part that shows codes by their labels."""
    return lambda e: labelled(e[key], *lists)


def lower(key: str, *lists: Options) -> Word:
    """Return a part that shows codes by their labels, in the middle of a sentence."""
    return lambda e: labelled(e[key], *lists).lower()


def labelled(codes: Iterable[str], *lists: Options) -> str:
    """Return the labels of codes; a code without one as it is."""
    words = {code: text for choices in lists for code, text in choices}
    return ", ".join(_(words[code]) if code in words else code for code in codes)


def site(key: str) -> Word:
    """Return a part that shows a place of work."""
    return lambda e: label_of(WorkSite(e[key])).lower()


def span(key: str) -> Word:
    """Return a part that shows a first and a last day."""
    return lambda e: f"{_day(e[key][0])} – {_day(e[key][1])}"


def _day(value: str | None) -> str:
    return str(format_date(date.fromisoformat(value), "d MMM y")) if value else "…"


def months(key: str) -> Word:
    """Return a part that shows months by their short names."""
    return lambda e: month_names(e[key])


def month_names(numbers: Iterable[int]) -> str:
    """Return the short names of months, 1 to 12; several in a row as `apr–okt`, `nov–feb`."""
    names_of = get_locale().months["stand-alone"]["abbreviated"]
    rows = _rows(set(numbers))
    return ", ".join("–".join(names_of[end] for end in dict.fromkeys(row)) for row in rows)


def _rows(months: set[int]) -> list[tuple[int, int]]:
    """Return the first and last of months that follow each other, over the turn of the year."""
    starts = sorted(month for month in months if (month - 2) % 12 + 1 not in months)
    if months and not starts:
        return [(1, 12)]
    return [(start, _last(months, start)) for start in starts]


def _last(months: set[int], start: int) -> int:
    while (after := start % 12 + 1) in months:
        start = after
    return start


def asker(key: str) -> Word:
    """Return a part that shows who asks."""
    types = tuple((kind.value, label_of(kind)) for kind in OrganisationType)
    return lambda e: labelled([e[key]], options.ASKERS, types).lower()


def much(key: str) -> Word:
    """Return a part that shows an amount: [number, unit, period or null]."""
    return lambda e: amount(e[key])


def amount(value: Sequence[Any]) -> str:
    """Return an amount in words."""
    number_of, unit, per = value
    units = labelled([unit], options.UNITS, _MORE_UNITS)
    each = f" {labelled([per], options.PERIODS)}" if per else ""
    return f"{format_decimal(number_of)} {units}{each}"
