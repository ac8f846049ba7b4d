"""Periods: from one month or day to another, months and seasons."""

from collections.abc import Iterator
from datetime import date

from matcher.reading.days import (
    MONTHS,
    SEASONS,
    day_in,
    months_between,
    next_day,
    next_span,
)
from matcher.reading.moments import is_aside, read_moments, starts_then
from matcher.reading.page import Found, Page
from matcher.reading.phrases import ahead, behind, one_of, phrase
from matcher.reading.scope import reading
from matcher.reading.values import Context, Period, Reading
from matcher.vocabulary import NeedKind, OfferKind

_MONTH = one_of(" ".join(MONTHS))
_SEASON = one_of(" ".join(SEASONS))
_PART = "(begin|half|midden|mid|medio|eind|einde|fin|end of|mi -|de maand|het|de|maand)"
_TO = "(tot en met|tot|t / m|tem|-|a|au|/|to|until|jusqu'a|t . e . m)"


def _end_of(name: str) -> str:
    """Return the pattern of a day or a part of a month: `3`, `1ste`, `half`, then the month."""
    return (
        rf"((?P<{name}_day>\d{{1,2}})( (e|er|ste|de|st))? |(?P<{name}_part>{_PART}) )?"
        rf"(?P<{name}_month>{_MONTH})( (?P<{name}_year>20[2-3]\d))?"
    )


_SPAN = phrase(
    rf"""
    ((van|vanaf|tussen|de|d'|du|from|between) )?{_end_of("a")} (, )?{_TO} {_end_of("b")}
    (van|tussen|from|de|du) (?P<c_day>\d{{1,2}}) ({_TO}|en) {_end_of("d")}
    """
)
#: With `tussen` a span, with `in` two months named apart: `in januari en juli`.
_TWO = phrase(
    rf"""
    (?P<word>tussen|between|entre|in|tijdens|en|gedurende|for) (de maanden )?{_end_of("a")}
        (en|and|et) {_end_of("b")}
    """
)
_FROM = phrase(
    rf"""
    (vanaf|startdatum|start|starten|begint|ingang|from|des|starting|beschikbaar|vrij)
        ((op|in|vanaf|is|van|:) )*((het|de|le) )?{_end_of("a")}
    (te starten|beginnen|begin) (op|in|vanaf) {_end_of("a").replace("<a_", "<e_")}
    ten vroegste ((vanaf|op) )?{_end_of("a").replace("<a_", "<f_")}
    met ingang van {_end_of("a").replace("<a_", "<g_")}
    van(?= \d) {_end_of("a").replace("<a_", "<h_")}
    """
)
_UNTIL = phrase(
    rf"""
    (?P<word>tot en met|tot|t / m|tem|uiterlijk|tegen|voor|ten laatste|until|before|jusqu'a|
        jusqu'au|jusqu'en|avant|by) ((op|tegen|het|de|le|klaar) )*{_end_of("a")}
    """
)
_IN = phrase(
    rf"""
    (in|tijdens|gedurende|during|en|op|rond|elk jaar in|heel|maand|enkel|alleen)
        ((de maand|heel|de|het) )?{_end_of("a")}
    """
)
_SEASONAL = phrase(
    rf"""
    (in|tijdens|gedurende|during|en|au|pendant) ((de|het|the) )?(?P<one>{_SEASON}) (en|of|et|and|or)
        ((in|tijdens|en|au) )?((de|het|the) )?(?P<two>{_SEASON})
    (in|tijdens|gedurende|heel|de hele|hele|elke|'s|during|en|au|pendant|voor|enkel)
        ((de|het|heel de|the|hele) )?(?P<season>{_SEASON})
    (?P<span>van) ((de|het) )?(?P<first>{_SEASON}) {_TO} ((de|het) )?(?P<last>{_SEASON})
    (in|tijdens|voor) (de )?grote (?P<holidays>vakantie)
    """
)
#: What is most of the work leaves the rest of the year open, and so does what is said besides.
_MOSTLY = ahead("vooral|voornamelijk|hoofdzakelijk|meestal|zeker|surtout|mostly|mainly", gap=3)
_BESIDES = ahead("ook|zelfs|aussi|also|even", gap=2)
_GOES_ON = behind(_TO)
#: The day on which a part of a month begins, and on which it ends.
_PARTS = {"begin": (1, 10), "half": (15, 15), "midden": (15, 15), "mid": (15, 15)}
_PARTS |= {"medio": (15, 15), "mi -": (15, 15)}
_PARTS |= dict.fromkeys(("eind", "einde", "fin", "end of"), (25, 31))
_WHOLE = (1, 31)
_STARTS = ("a", "e", "f", "g", "h")
#: In the text about a job, a month or a season mostly tells of the work, not of its period.
_JOBS = (NeedKind.VACANCY, NeedKind.PLACEMENT, OfferKind.PROFILE, OfferKind.WORKPLACE)

Day = tuple[int, int, int | None]


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield periods; the days need to know when the text was written."""
    for phrase_, confidence in ((_SPAN, 0.9), (_TWO, 0.8)):
        for found in page.find(phrase_):
            if not is_aside(found):
                yield _between(found, context, confidence)
    for found in page.find(_FROM):
        yield from _open_end(found, context)
    for found in page.find(_UNTIL):
        yield from _open_start(found, context)
    if context.kind not in _JOBS:
        yield from _months(page, context)
    yield from read_moments(page, context.on)


def _day(found: Found, name: str, *, closing: bool = False) -> Day:
    """Return month, day and year (None: the next one) of one end of a span."""
    month = MONTHS[found[f"{name}_month"]]
    year = int(found[f"{name}_year"]) if found[f"{name}_year"] else None
    if found[f"{name}_day"]:
        return month, min(31, max(1, int(found[f"{name}_day"]))), year
    first, last = _PARTS.get(found[f"{name}_part"], _WHOLE)
    return month, last if closing else first, year


def _between(found: Found, context: Context, confidence: float) -> Reading:
    if found["c_day"]:
        last = _day(found, "d", closing=True)
        first: Day = (last[0], int(found["c_day"]), last[2])
    else:
        first, last = _day(found, "a"), _day(found, "b", closing=True)
    months = months_between(first[0], last[0])
    start, end = _days_of(first, last, context.on)
    if found["word"] not in ("", "tussen", "between", "entre") and len(months) > 2:
        months, start, end = frozenset({first[0], last[0]}), None, None
    return reading(found, "period", Period(months, start, end), confidence)


def _days_of(first: Day, last: Day, on: date | None) -> tuple[date | None, date | None]:
    year = first[2] or last[2]
    if year is None:
        return (None, None) if on is None else next_span(first[:2], last[:2], on)
    begins = first[2] or (year - 1 if first[:2] > last[:2] else year)
    ends = last[2] or (begins + 1 if last[:2] < first[:2] else begins)
    start, end = day_in(begins, *first[:2]), day_in(ends, *last[:2])
    return (start, end) if start <= end else (None, None)


def _dated(day: Day, on: date | None) -> date | None:
    if day[2]:
        return day_in(day[2], day[0], day[1])
    return None if on is None else next_day(day[0], day[1], on)


def _open_end(found: Found, context: Context) -> Iterator[Reading]:
    name = next(part for part in _STARTS if found[f"{part}_month"])
    start = _dated(_day(found, name), context.on)
    if start is not None and not (is_aside(found) or _GOES_ON.search(found.after)):
        yield reading(found, "period", Period(frozenset(), start, None), 0.85)


def _open_start(found: Found, context: Context) -> Iterator[Reading]:
    # `Voor mei` may be meant for May; `voor 15 mei` is a deadline.
    if is_aside(found) or (found["word"] == "voor" and not found["a_day"]):
        return
    end = _dated(_day(found, "a", closing=True), context.on)
    if end is not None and starts_then(found):
        yield reading(found, "period", Period(frozenset(), end, None), 0.7)
    elif end is not None:
        yield reading(found, "period", Period(frozenset(), None, end), 0.8)


def _months(page: Page, context: Context) -> Iterator[Reading]:
    for found in page.find(_IN):
        day = _day(found, "a")
        past = context.on is not None and day[2] is not None and day[2] < context.on.year
        if not (past or is_aside(found) or _leaves_open(found, context)):
            yield from _month(found, day, context)
    for found in page.find(_SEASONAL):
        if not (is_aside(found) or _leaves_open(found, context)):
            yield _season(found, context)


def _leaves_open(found: Found, context: Context) -> bool:
    """Tell whether a month or a season is one of more: `vooral in het najaar`, of an offer."""
    if found.match.groupdict().get("span"):
        return False
    mostly = context.is_offer and _MOSTLY.search(found.before)
    return bool(mostly or _BESIDES.search(found.before))


def _month(found: Found, day: Day, context: Context) -> Iterator[Reading]:
    if not found["a_day"]:
        start, end = _days_of(day, (day[0], 31, day[2]), context.on)
        period = Period(frozenset({day[0]}), start, None if starts_then(found) else end)
        yield reading(found, "period", period, 0.55)
    elif (one := _dated(day, context.on)) is not None:
        period = Period(frozenset(), one, None if starts_then(found) else one)
        yield reading(found, "period", period, 0.75)


def _two_seasons(found: Found, context: Context) -> Reading:
    """Read two seasons; days only where one follows the other."""
    one, two = sorted((SEASONS[found["one"]], SEASONS[found["two"]]))
    months = months_between(*one) | months_between(*two)
    if two[1] % 12 + 1 == one[0]:
        one, two = two, one
    follows = one[1] % 12 + 1 == two[0]
    days: tuple[date | None, date | None] = (None, None)
    if follows and context.on is not None:
        days = next_span((one[0], 1), (two[1], 31), context.on)
    return reading(found, "period", Period(months, *days), 0.7)


def _season(found: Found, context: Context) -> Reading:
    if found["one"]:
        return _two_seasons(found, context)
    if found["holidays"]:
        first, last = 7, 8
    else:
        first = SEASONS[found["season"] or found["first"]][0]
        last = SEASONS[found["season"] or found["last"]][1]
    days = (None, None) if context.on is None else next_span((first, 1), (last, 31), context.on)
    period = Period(months_between(first, last), *days)
    return reading(found, "period", period, 0.8 if found["span"] else 0.5)
