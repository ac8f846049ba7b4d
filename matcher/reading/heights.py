"""Work at height: how high, or not at all."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import N, ahead, around, behind, phrase
from matcher.reading.scope import is_denied, is_free, reading
from matcher.reading.values import Context, Measure, Polarity, Reading

#: From 2 metres on work counts as work at height; a household ladder reaches 3, a scaffold 4.
GROUND, LADDER, SCAFFOLD = 2.0, 3.0, 4.0
_HIGHEST = 60.0
_M = "(m|meter|meters|metres|metre|mtr)"
_THING = "(hoogte|hoog|ladders?|stellingen|stelling|steigers?|ramen|gevels?|werkhoogte|hauteur)"
_UP = "(tot|van|max|maximaal|maximum|jusqu'a|up to|is|tot op|tot aan|tot en met)"

_MEASURED = phrase(
    rf"""
    (?P<high>{N}) {_M} (hoog|hoogte|high|de haut|de hauteur|in de hoogte)
    {_THING} ([a-z]+ )?(: )?{_UP} (ongeveer )?(?P<much>{N}) {_M}
    op (?P<at>{N}) {_M} (hoogte|hoog)
    op hoogte (tot )?(?P<up>{N}) {_M}
    """
)
_ABOVE = phrase(rf"(boven|hoger dan|above) (de )?(?P<above>{N}) {_M}")
_AT_HEIGHT = phrase(
    """
    hoogtewerk|hoogtewerken|hoogte werk|hoogwerken|hoogtes|heights|at height
    (werk|werken) (op|in de) (grote )?hoogte|op (grote )?(hoogte|hoogtes)|in de hoogte
    (travail |travaux )?en hauteur
    """
)
_LADDER = phrase(
    "ladder|ladders|laddertje|ladderwerk|trapladder|trapladders|dubbele ladder|echelle|echelles"
)
_SCAFFOLD = phrase(
    """
    stelling|stellingen|steiger|steigers|steigerwerk|hoogwerker|hoogwerkers|scaffold|scaffolding
    daken|op het dak|dakwerk|dakwerken|dakgoten|echafaudage|echafaudages|roof
    """
)
_FEAR = phrase("hoogtevrees|vertige|fear of heights")
_NO = behind("neen?|dus niet")
_PAPER = ahead(
    "attest|attesten|brevet|rijbewijs|opleiding|certificaat|verkeersdrempels|tent|op de", gap=2
)
_PAPER_AFTER = behind("attest|- attest|brevet|bewijs|certificaat|en heftruck")
_STORE = around(r"magazijn\w*|rekken|palletten|voorraad")
_NAMED = ((_AT_HEIGHT, LADDER, 0.85), (_LADDER, LADDER, 0.75), (_SCAFFOLD, SCAFFOLD, 0.7))
_HIGH = around(r"hoogte|hoog\w*")


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield how high the work goes, or may go at most."""
    for found in page.find(_MEASURED):
        yield from _metres(found)
    for found in page.find(_ABOVE):
        if is_denied(found) or _HIGH.search(found.before):
            yield from _metres(found)
    for found in page.find(_FEAR):
        if is_denied(found) or _NO.search(found.after):
            yield reading(found, "height", Measure(LADDER, "m"), 0.7)
        else:
            yield reading(found, "height", Measure(GROUND, "m"), 0.85, Polarity.NOT)
    for phrase_, height, confidence in _NAMED:
        for found in page.find(phrase_):
            yield from _named(found, height, confidence)


def _metres(found: Found) -> Iterator[Reading]:
    metres = next(filter(None, map(found.number, ("high", "much", "at", "up", "above"))), 0.0)
    if 0 < metres <= _HIGHEST:
        yield reading(found, "height", Measure(metres, "m"), 0.8)


def _named(found: Found, height: float, confidence: float) -> Iterator[Reading]:
    if height == SCAFFOLD and _STORE.search(found.sentence):
        return
    if is_free(found) or _PAPER.search(found.before) or _PAPER_AFTER.search(found.after):
        return
    if is_denied(found):
        yield reading(found, "height", Measure(GROUND, "m"), confidence, Polarity.NOT)
    else:
        yield reading(found, "height", Measure(height, "m"), confidence - 0.15)
