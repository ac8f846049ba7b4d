"""Hours a week."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import TO, ahead, behind, phrase
from matcher.reading.scope import reading
from matcher.reading.values import Context, Hours, Reading
from matcher.vocabulary import NeedKind, OfferKind

#: A full week in the joint committees of the social economy.
_FULL = 38.0
_MOST = 48.0
#: From so many hours on a plain `24 uur` in the text about a job is a week; fewer is a time of day.
_PART_TIME = 15
_HOUR = "(u|uur|uren|h|hr|heures|heure|hours|hrs|uurtjes)"
_WEEK = "((per|/|op|a|par|in de|elke|de) (week|wk|w|semaine)|wekelijks|weekly|a week|op weekbasis)"
_NUMBER = r"\d{1,2}(\.\d+)?"

_SPAN = phrase(
    rf"(?P<low>{_NUMBER}) ({_HOUR} )?{TO} (?P<high>{_NUMBER}) (- )?{_HOUR}( (?P<week>{_WEEK}))?"
)
_WEEKLY = phrase(
    rf"""
    (?P<low>{_NUMBER}) (- )?{_HOUR} {_WEEK}
    (?P<high>{_NUMBER}) (- )?(urenweek|uurweek|uren - week)
    """
)
_PLAIN = phrase(rf"(?P<low>{_NUMBER}) (- )?{_HOUR}")
_PART = phrase(r"(?P<four>3|4) / (?P<five>4|5)( de)?")
_NAMED = phrase(
    """
    (?P<half>halftijds|halftijdse|half - time|halftime|mi - temps|halve dagen)
    voltijds|voltijdse|full - time|fulltime|temps plein|plein temps
    """
)
_CLOCK = ahead(
    r"""
    (om|tot|van|vanaf|voor|na|tussen|binnen|rond|tegen|de|start\w*|begin\w*|sinds|op|en|-|elke|
        gedurende|duurt|duren|from|at|until|a|des|open|sluit)( (de|het|\+ -|\d+ (u|uur)))?
    """
)
_CLOCK_AFTER = behind(r"(-|tot|en) t?\d\S*|terug|'s (morgens|avonds|middags|nachts)")
_DELAY = ahead(r"(binnen|om de|reageer\w*)( de)?")
_JOBS = (NeedKind.VACANCY, NeedKind.PLACEMENT, OfferKind.PROFILE, OfferKind.WORKPLACE)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield hours a week, and what `halftijds` or `4/5` comes to."""
    for found in page.find(_SPAN):
        low, high = found.number("low") or 0, found.number("high") or 0
        if _is_span(found, low, high, context):
            sure = 0.9 if found["week"] else 0.7
            yield reading(found, "hours", Hours(low, high), sure)
    for found in page.find(_WEEKLY):
        yield from _hours(found, 0.9)
    if context.kind in _JOBS:
        yield from _of_a_job(page)


def _is_span(found: Found, low: float, high: float, context: Context) -> bool:
    if not 4 <= low <= high <= _MOST:
        return False
    if found["week"]:
        return True
    is_clock = low <= 24 and _CLOCK.search(found.preceding)
    return context.kind in _JOBS and low >= _PART_TIME and not is_clock


def _of_a_job(page: Page) -> Iterator[Reading]:
    """Yield what says hours a week only in the text about somebody's job."""
    for found in page.find(_PLAIN):
        low = found.number("low") or 0
        if low >= _PART_TIME and not (low <= 24 and _is_clock(found)):
            yield from _hours(found, 0.75)
    for found in page.find(_PART):
        four, five = int(found["four"]), int(found["five"])
        if four < five:
            share = round(_FULL * four / five, 1)
            yield reading(found, "hours", Hours(share, share), 0.85)
    for found in page.find(_NAMED):
        hours = _FULL / 2 if found["half"] else _FULL
        yield reading(found, "hours", Hours(hours, hours), 0.85)


def _is_clock(found: Found) -> bool:
    return bool(_CLOCK.search(found.preceding) or _CLOCK_AFTER.search(found.following))


def _hours(found: Found, confidence: float) -> Iterator[Reading]:
    hours = found.number("low") or found.number("high") or 0
    if 2 <= hours <= _MOST and not _DELAY.search(found.before):
        yield reading(found, "hours", Hours(hours, hours), confidence)
