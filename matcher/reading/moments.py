"""Days in numbers, the whole year, and what is said from the day of writing on."""

from collections.abc import Iterator
from datetime import date

from matcher.reading.days import day_in, later, months_between
from matcher.reading.page import Found, Page
from matcher.reading.phrases import N, ahead, around, phrase
from matcher.reading.scope import is_denied, reading
from matcher.reading.values import Period, Reading

_DATE = r"(?P<day>\d{1,2}) (?P<sep>[/-]) (?P<month>\d{1,2}) (?P=sep) (?P<year>20[2-3]\d|2\d)"
_NUMERIC = phrase(
    rf"""
    ((?P<word>vanaf|van|start|startdatum|starten|op|tot en met|tot|tegen|voor|uiterlijk|from|
        until)( (op|:))* )?{_DATE}
    """
)
_ALL_YEAR = phrase(
    """
    (het |heel )?(ganse |hele )?(het )?jaar (door|rond)|heel het jaar|het hele jaar|jaarrond
    toute l'annee|all year( (round|long))?
    """
)
_AT_ONCE = "(onmiddellijk|direct|meteen|dadelijk)"
_SOON = phrase(
    f"""
    zo (snel|vlug|rap) mogelijk|zsm|asap|per direct|as soon as possible|le plus vite possible
    {_AT_ONCE} (te )?(beschikbaar|inzetbaar|starten|beginnen|vrij|in dienst|nodig)
    (kan|mag|start|starten|begint|vrij) (al )?{_AT_ONCE}( (starten|beginnen))?
    """
)
_UNIT = "(?P<unit>dagen|weken|maanden|week|maand|days|weeks|months|jours|semaines|mois)"
_RELATIVE = phrase(
    rf"""
    (?P<lead>vanaf|binnen|start|start liefst|within|dans|tegen)( (de|het|een))?
        (?P<count>{N}|enkele|een paar) {_UNIT}
    ((vanaf|start|tegen) )?((de|het) )?(volgende|volgend|komende|next)
        (?P<next>week|maand|jaar|schooljaar|month)
    """
)
#: What is past, closed or a feast is no period of the work; nor is the last day for an answer.
_ASIDE = around(
    r"""
    sinds|sedert|in de loop van|bestaat|opgericht|vorig\w*|geleden|depuis|since|in dienst|verleden
    liggen we stil|open dag|opendeurdag|opent|openen|openden|gesloten|verlof|pensioen|weekend
    """
)
_ANSWER = around(r"reageer|antwoord|inschrijv\w*|offerte|aanmeld\w*|betal\w*|kandida\w*|indien\w*")
_START = ahead(r"(start\w*|begin\w*|vanaf|liefst|beschikbaar|nodig|graag|aanvang|vrij)", gap=6)
_FROM_WORDS = ("", "vanaf", "van", "start", "startdatum", "starten", "op", "from")
#: Days in a unit by its first letter; months are counted by the calendar.
_DAYS = {"d": 1, "j": 1, "w": 7, "s": 7}
_FEW, _FARTHEST = 3, 60


def is_aside(found: Found) -> bool:
    """Tell whether a day or a month is none of the work itself."""
    around_it = f"{found.before}{found.after}"
    return bool(_ASIDE.search(around_it) or _ANSWER.search(found.sentence)) or is_denied(found)


def starts_then(found: Found) -> bool:
    """Tell whether something begins on a day, and does not end or happen then."""
    return _START.search(found.before) is not None


def read_moments(page: Page, on: date | None) -> Iterator[Reading]:
    """Yield days in numbers and the whole year; from a day of writing, also what is relative."""
    for found in page.find(_ALL_YEAR):
        yield reading(found, "period", Period(months_between(1, 12)), 0.85)
    for found in page.find(_NUMERIC):
        yield from _numeric(found)
    if on is None:
        return
    for found in page.find(_SOON):
        if not is_denied(found):
            yield reading(found, "period", Period(frozenset(), on, None), 0.6)
    for found in page.find(_RELATIVE):
        if not is_aside(found):
            yield from _relative(found, on)


def _numeric(found: Found) -> Iterator[Reading]:
    day, month = int(found["day"]), int(found["month"])
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    if not (1 <= month <= 12 and 1 <= day <= 31) or is_aside(found):
        return
    one = day_in(year, month, day)
    if found["word"] in _FROM_WORDS:
        yield reading(found, "period", Period(frozenset(), one, None), 0.85)
    else:
        yield reading(found, "period", Period(frozenset(), None, one), 0.8)


def _relative(found: Found, on: date) -> Iterator[Reading]:
    if found["next"]:
        yield reading(found, "period", Period(frozenset(), _next(found["next"], on), None), 0.6)
        return
    number = found.number("count") if found["count"][-1].isdigit() else _FEW
    if number is None or number > _FARTHEST:
        return
    per_day = _DAYS.get(found["unit"][0])
    count = round(number)
    then = later(on, days=count * per_day) if per_day else later(on, months=count)
    if found["lead"] in ("vanaf", "start", "start liefst"):
        yield reading(found, "period", Period(frozenset(), then, None), 0.55)
    elif starts_then(found):
        yield reading(found, "period", Period(frozenset(), on, None), 0.5)
    else:
        yield reading(found, "period", Period(frozenset(), None, then), 0.5)


def _next(what: str, on: date) -> date:
    if what == "week":
        return later(on, days=7 - on.weekday())
    if what in ("maand", "month"):
        return later(on.replace(day=1), months=1)
    return date(on.year + 1, 9, 1) if what == "schooljaar" else date(on.year + 1, 1, 1)
