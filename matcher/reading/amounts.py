"""Amounts: how much work it is, how much can be handled, and the smallest and largest order."""

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.reading.page import Found, Page
from matcher.reading.phrases import ABOUT, TO, N, ahead, behind, one_of, phrase, words
from matcher.reading.scope import reading
from matcher.reading.values import Amount, Context, Reading
from matcher.vocabulary import NeedKind, OfferKind

_PIECES = words(
    "stuks stuk exemplaren exemplaar brieven brochures folders flyers mailings zakjes doosjes "
    "potjes flessen flesjes bekers hemden lakens handdoeken boeken mappen dossiers kaarten pakjes "
    "pakketjes onderdelen artikels artikelen sets kits zakken tassen borden glazen stoelen tafels "
    "toestellen fietsen kledingstukken geschenkjes geschenkdozen manden blikken bussen labels "
    "etiketten enveloppen omslagen producten bestellingen zendingen orders catalogi kalenders "
    "affiches ballen cups pieces items units exemplaires unites"
)
#: The words of an amount by their unit, and how many of that unit each is.
_WORDS: tuple[tuple[str, float, list[str]], ...] = (
    ("pieces", 1, _PIECES),
    ("boxes", 1, words("dozen kartons colli pakketten pakken boites boxes")),
    ("pallets", 1, words("paletten pallets palletten palettes")),
    ("kg", 1, words("kg kilo kilos kilogram")),
    ("kg", 1000, words("ton tonnen tonnes tons")),
    ("m2", 1, words("m2 vierkante")),
    ("m2", 100, words("are aren")),
    ("m2", 10_000, words("ha hectare hectaren hectares")),
    ("km", 1, words("km kilometer kilometers")),
    ("meals", 1, words("maaltijden maaltijd eters porties repas meals couverts")),
    ("visits", 1, words("keer maal x beurt beurten rondes onderhoudsbeurten fois times")),
)
_UNITS = {word: (unit, times) for unit, times, listed in _WORDS for word in listed}
_PERIODS = {
    word: period
    for period, listed in (
        ("day", "dag dagelijks jour day"),
        ("week", "week wk wekelijks semaine"),
        ("month", "maand maandelijks mois month"),
        ("year", "jaar jaarlijks jaarbasis an year seizoen"),
    )
    for word in words(listed)
}
_PERIOD = "(dag|week|wk|maand|jaar|jaarbasis|jour|semaine|mois|an|day|month|year|seizoen)"
_OFTEN = "(dagelijks|wekelijks|maandelijks|jaarlijks|(elke|elk) (dag|week|maand|jaar))"
_EACH = (
    rf"( ([a-z]+ )?(per|op|/|par|a|in het|in de|op een|elke|each) (?P<per>{_PERIOD})|"
    rf" (?P<alone>{_OFTEN}))?"
)
_KINDS = "((kleine|grote|losse|verschillende|herbruikbare|warme|volle|lege|identieke|houten) )*"
_WHAT = rf"{_KINDS}(?P<noun>{one_of(' '.join(_UNITS))}){_EACH}"
_MAXIMUM = "(tot|maximum|max|maximaal|hoogstens|tot maximum|tot max)"

_SPAN = phrase(
    rf"""
    ((van|tussen|series van|reeksen van) )?(?P<low>{N}) ({TO}|en) (tot )?(?P<high>{N}) {_WHAT}
    (vanaf|minimum|min|minstens|van) (?P<from>{N})( {_KINDS}[a-z0-9]+)? ((,|en|;) )?
        {_MAXIMUM} (?P<up>{N}) {_WHAT.replace("<", "<b_")}
    """
)
_PLAIN = phrase(rf"((?P<lead>{_OFTEN}) )?{ABOUT}(?P<low>{N}) {_WHAT}")
_LEAST = ahead(
    """
    (vanaf|minimum|min|minstens|minimaal|a partir de|at least|from|ten minste)( (van|:|is))?
    (minimumafname|minimumbestelling|(minimale|kleinste) (afname|bestelling|order))( (van|:|is))?
    """
)
_MOST = ahead(
    rf"""
    ({_MAXIMUM}|up to|jusqu'a|au maximum|ten hoogste|niet meer dan)( (van|:|is|ongeveer))?
    (maximale|grootste) (afname|bestelling|order)( (van|:|is))?
    """
)
#: Kilometres of a region and kilograms to lift are another reader's.
_WAY = ahead(
    """
    straal|binnen|tot|op|rond|omtrek|rondom|afstand|verder|tillen|heffen|tilt|heft|dragen|van
    weegt|wegen|meer dan|lasten|gewicht|elk|per|hoogte|minder dan
    """,
    gap=3,
)
_WAY_AFTER = behind(
    """
    rond|van|ver|verder|vandaan|in de omtrek|per uur|/|omtrek|enkel|rijden|heffen|tillen|dragen
    lukt|afstand|daarrond|verderop|away|rondom|buiten
    """
)
#: Floor space of a workshop is no work.
_FLOOR = ahead("(op|hal|loods|oppervlakte|vloer|atelier|werkplaats)( van)?")
_FLOOR_AFTER = behind("eigen|werkvloer|vloer|atelier|opslag|stockage|hal")
_MOST_AMOUNT = 10_000_000
#: A need of fewer tells of a place to eat, or of what goes in a box.
_FEWEST = {"pieces": 15, "boxes": 15, "pallets": 5}
_KINDS_OF_WORK = (NeedKind.SERVICE, OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM)


@dataclass(frozen=True, slots=True)
class _Measured:
    """The parts of an amount, before it is known what it bounds."""

    low: float
    high: float
    noun: str
    per: str | None


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield amounts of a service; of an offer, one with a bound and no period is an order."""
    if context.kind not in _KINDS_OF_WORK:
        return
    for found in page.find(_SPAN):
        if (measured := _measured(found)) and _is_work(found, measured, context):
            yield _amount(found, measured, is_order=context.is_offer)
    for found in page.find(_PLAIN):
        if (measured := _measured(found)) and _is_work(found, measured, context):
            yield from _bounded(found, measured, context)


def _measured(found: Found) -> _Measured | None:
    prefix = "b_" if found["up"] else ""
    low = found.number("low") or found.number("from")
    high = found.number("high") or found.number("up") or low
    if low is None or high is None or not 0 < low <= high <= _MOST_AMOUNT:
        return None
    often = found[f"{prefix}per"] or found[f"{prefix}alone"] or found["lead"]
    per = _PERIODS[often.split(" ")[-1]] if often else None
    return _Measured(low, high, found[f"{prefix}noun"], per)


def _is_work(found: Found, measured: _Measured, context: Context) -> bool:
    """Tell whether an amount is one of work, and not of a way, a load, a floor or a table."""
    unit = _UNITS[measured.noun][0]
    before, after = found.before, found.after
    if unit in ("km", "kg") and (_WAY.search(before) or _WAY_AFTER.search(after)):
        return False
    if unit in ("visits", "kg") and measured.per is None:
        return context.is_offer and measured.noun != "x" and bool(_LEAST.search(before))
    if context.is_offer:
        return unit != "m2" or not (_FLOOR.search(before) or _FLOOR_AFTER.search(after))
    return measured.per is not None or measured.high >= _FEWEST.get(unit, 0)


def _bounded(found: Found, measured: _Measured, context: Context) -> Iterator[Reading]:
    """Yield an amount; of an offer with the bound before it, as an order."""
    if context.is_offer and _LEAST.search(found.before):
        yield _amount(found, measured, is_order=True, without="high")
    elif context.is_offer and measured.per is None and _MOST.search(found.before):
        yield _amount(found, measured, is_order=True, without="low")
    elif context.kind is not OfferKind.ENCLAVE_TEAM:
        yield _amount(found, measured)


def _amount(
    found: Found, measured: _Measured, *, is_order: bool = False, without: str = ""
) -> Reading:
    unit, times = _UNITS[measured.noun]
    low = None if without == "low" else measured.low * times
    high = None if without == "high" else measured.high * times
    amount = Amount(low, high, unit, measured.per)
    return reading(found, "order" if is_order else "amount", amount, 0.8)
