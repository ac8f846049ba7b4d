"""Schedules: by day, in shifts, at night, in the weekend, or as it suits."""

import re
from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import ahead, around, behind, one_of, phrase, words
from matcher.reading.scope import is_free, polarity, reading
from matcher.reading.values import Codes, Context, Polarity, Reading
from matcher.vocabulary import NeedKind, OfferKind

#: Words that name a time, by its code and how sure they are of it.
_WORDS = (
    (
        "day",
        0.8,
        """
        dagploeg dagdienst dagshift dagwerk dagpost daguren dagtaak dagregime overdag
        kantooruren schooluren daytime
        """,
    ),
    (
        "two_shifts",
        0.9,
        "tweeploegen tweeploegenstelsel tweeploegensysteem tweeploegendienst tweeploegenregime",
    ),
    (
        "three_shifts",
        0.9,
        """
        drieploegen drieploegenstelsel drieploegensysteem drieploegendienst drieploegenregime
        volcontinu volcontinue
        """,
    ),
    (
        "night",
        0.85,
        """
        nacht nachten nachts nachtwerk nachtploeg nachtploegen nachtdienst nachtdiensten
        nachtshift nachtshiften nachtpost night nights nuit nuits
        """,
    ),
    (
        "weekend",
        0.75,
        """
        weekend weekends weekenden weekendwerk weekenddienst weekenddiensten weekendploeg
        weekendshift zaterdag zaterdags zaterdagen zaterdagwerk zondag zondags zondagen
        zondagwerk samedi dimanche saturday saturdays sunday sundays
        """,
    ),
)
_NAMED = {word: (code, sure) for code, sure, listed in _WORDS for word in words(listed)}
_NAME = phrase(f"(?P<word>{one_of(' '.join(_NAMED))})")
_DAY = phrase("day (shift|work|team)|equipe de jour|de jour|in de dag")
_HOURS = "(uurrooster|werkuren|uren|werktijden|uurregeling)"
_FLEXIBLE = phrase(
    f"""
    (flexibele|flexibel) (uren|uurrooster|werkuren|werktijden|schedule|hours)
    {_HOURS} (is |zijn )?(flexibel|bespreekbaar|vrij te kiezen|te bespreken|overeen te komen)
    {_HOURS} (is |zijn )?in (overleg|samenspraak|onderling overleg)
    flexibel (inzetbaar|qua uren)|glijdende uren|horaire flexible|flexible hours|zelf te kiezen uren
    """
)
_SHIFTS = phrase(
    """
    (?P<lead>draaien|draait|draai|werken|werkt|werk|mee|met|systeem van|wij|we|kan|per)
        (in )?(de )?(?P<count>2|3|4|5|2 of 3|2 tot 3|2 en 3) (- )?
        (?P<what>ploegen|shiften|shifts|posten|ploegenstelsel|ploegensysteem|ploegenregime|pauzen)
    (?P<at>in )?(de )?(?P<number>2|3|4|5|2 of 3|2 tot 3|2 en 3) (- )?
        (?P<which>ploegen|shiften|shifts|posten|ploegenstelsel|ploegensysteem|ploegenregime|equipes)
    """
)
_LATE = "(late|laat|laatdienst|apres - midi|soir)"
_EARLY_LATE = phrase(
    f"""
    (vroege|vroeg|vroegdienst|early|matin) (shift |dienst |ploeg |post )?(en|of|/|,|and|et) (de )?
        {_LATE}( (shift|shiften|shifts|dienst|ploeg|post))?
    wisselende (shiften|shifts|ploegen)|ploegenarbeid|ploegenwerk|ploegendienst
    """
)
_T = r"(t\d[\d.]*|\d{1,2}(\.\d\d)?)"
_U = "(u|uur|h|heures|uren)"
_CLOCK = phrase(
    rf"""
    ((van|tussen|from|de|werkuren|uren|shift|ploeg|ploegen) (: )?)?(?P<start>{_T})( (?P<u1>{_U}))?
        (-|tot|en|a|to|tot en met|t / m) (?P<end>{_T})( (?P<u2>{_U}))?
    """
)
#: Times of an office, of a feast or long past are no working times.
_ASIDE = around(
    r"""
    sinds|fijn|prettig|goed|vorig|laatste|open|opening\w*|bereikbaar
    telefon\w*|bel|bellen|gsm|secretariaat|onthaal|loket|contact\w*|kantoor|winkel|feest
    nachtrust|bezoek\w*|spreekuur|gesloten|dicht
    """
)
_BEYOND = ahead("(na|voor) (het|de)( (hele|vorige|volgende))?")
_OUTSIDE = ahead("(na|buiten|voor)( de)?")
_OF_TEAMS = behind("van|met|elk|die|klaar|beschikbaar|op pad|rijden|in te zetten")
_AT_WORK = words("draaien draait draai werken werkt werk mee per")
_SHIFT_KINDS = (NeedKind.ENCLAVE, NeedKind.VACANCY, NeedKind.PLACEMENT, OfferKind.PROFILE)
_USUAL_SHIFTS = ((6, 14), (14, 22), (22, 6), (5, 13), (13, 21), (21, 5))
_LONGEST_DAY, _SHORTEST_DAY = 12.5, 3.0


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield the times at which the work is done, or can be."""
    for found in page.find(_NAME):
        code, confidence = _NAMED[found["word"]]
        if not _is_aside(found):
            yield from _said(found, code, confidence)
    for phrase_, code, confidence in (
        (_DAY, "day", 0.7),
        (_FLEXIBLE, "flexible", 0.8),
        (_EARLY_LATE, "two_shifts", 0.85),
    ):
        for found in page.find(phrase_):
            yield from _said(found, code, confidence)
    for found in page.find(_SHIFTS):
        yield from _shifts(found, context)
    yield from _by_the_clock(page)


def _said(found: Found, code: str, confidence: float) -> Iterator[Reading]:
    if not is_free(found):
        yield reading(found, "schedule", Codes(frozenset({code})), confidence, polarity(found))


def _is_aside(found: Found) -> bool:
    if found["word"] in ("schooluren", "kantooruren") and _OUTSIDE.search(found.before):
        return True
    return bool(_BEYOND.search(found.before) or _ASIDE.search(found.before))


def _shifts(found: Found, context: Context) -> Iterator[Reading]:
    """Yield shifts, unless they are teams: `drie ploegen, elk met een busje`."""
    what = found["what"] or found["which"]
    names_shifts = what not in ("ploegen", "equipes")
    at_work = found["lead"] in _AT_WORK or bool(found["at"]) or " in " in found.match.group()
    if not (names_shifts or at_work or context.kind in _SHIFT_KINDS):
        return
    if _OF_TEAMS.search(found.after) or (found["lead"] == "met" and not names_shifts):
        return
    counts = {int(digit) for digit in re.findall(r"\d", found["count"] or found["number"])}
    codes = frozenset("two_shifts" if count == 2 else "three_shifts" for count in counts)
    yield reading(found, "schedule", Codes(codes), 0.85, polarity(found))


def _by_the_clock(page: Page) -> Iterator[Reading]:
    """Yield what working hours come to; an early and a late span together are shifts."""
    spans = [found for found in page.find(_CLOCK) if _is_working_day(found)]
    kinds = [_kind(_clock(found["start"]), _clock(found["end"])) for found in spans]
    if {"early", "late"} <= set(kinds):
        code = "three_shifts" if "night" in kinds else "two_shifts"
        yield reading(spans[0], "schedule", Codes(frozenset({code})), 0.8)
        return
    for found, kind in zip(spans, kinds, strict=True):
        code = {"early": "day", "late": "two_shifts"}.get(kind, kind)
        meant = Polarity.ONLY if polarity(found) is Polarity.ONLY else Polarity.PLAIN
        if code:
            yield reading(found, "schedule", Codes(frozenset({code})), 0.7, meant)


def _is_working_day(found: Found) -> bool:
    """Tell whether two numbers are times of the day, with a working day between them."""
    start, end = _clock(found["start"]), _clock(found["end"])
    written = f"{found['start']}{found['end']}".count("t") or found["u1"] or found["u2"]
    if not (written or (start, end) in _USUAL_SHIFTS) or max(start, end) > 24:
        return False
    lasts = _SHORTEST_DAY <= (end - start) % 24 <= _LONGEST_DAY
    return lasts and not _ASIDE.search(f"{found.preceding} ")


def _clock(text: str) -> float:
    """Return hours of the day: `t7.5` is half past seven, `16.30` half past four."""
    if text.startswith("t"):
        return float(text[1:])
    whole, _, minutes = text.partition(".")
    return int(whole) + int(minutes or 0) / 60


def _kind(start: float, end: float) -> str:
    """Return the name of a working day by the clock; empty for an evening."""
    if end < start or start >= 20:
        return "night"
    if start >= 12:
        return "late" if end >= 21 and end - start >= 7 else ("day" if end <= 19 else "")
    return "early" if (start, end) in _USUAL_SHIFTS else "day"
