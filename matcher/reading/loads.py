"""Lifting: how heavy, or nothing heavy."""

from collections.abc import Iterator

from matcher.reading.page import Page
from matcher.reading.phrases import UP_TO_3, UP_TO_4, N, phrase
from matcher.reading.scope import is_denied, is_free, reading
from matcher.reading.values import Context, Measure, Polarity, Reading

#: What is meant by heavy, and by light, in kilograms.
HEAVY, LIGHT = 20.0, 10.0
_HEAVIEST = 80.0
_KG = "(kg|kilo|kilos|kilogram)"
_LIFT = (
    "(tillen|tilt|til|tilwerk|tillast|tillasten|tilgewicht|heffen|heft|hef|lasten|gewicht|"
    "gewichten|dragen|draagt|sleuren|lift|lifting|porter|porte|soulever|charges)"
)
_THINGS = (
    "(dozen|doos|zakken|pakken|bakken|stukken|lasten|kratten|pakketten|kisten|emmers|voorwerpen|"
    "colli)"
)
_MEASURED = phrase(
    rf"""
    {_LIFT} {UP_TO_4}(?P<lift>{N}) {_KG}
    {_THINGS} ((van|tot|met|die) )?((wegen|weegt) )?(elk )?
        ((max|maximum|maximaal|hooguit|hoogstens|ongeveer|ca|tot) )?(?P<box>{N}) {_KG}
    (max|maximum|tot|niet meer dan) (?P<most>{N}) {_KG} {UP_TO_3}(tillen|heffen|dragen)
    """
)
_ABOVE = phrase(rf"(boven|zwaarder dan|meer dan) (de )?(?P<above>{N}) {_KG}")
_WORK = "(werk|fysiek werk|lichamelijk werk|lichamelijke arbeid|fysieke arbeid|labeur)"
_HEAVY = phrase(
    f"""
    (zware|zwaar) ({_WORK}|tillen|heffen|tilwerk|hefwerk|lasten|dragen|sleuren|gewichten|stukken|
        dozen|zakken)
    (fysiek|lichamelijk) ((zeer|heel|best) )?(zwaar|zware|belastend)( werk)?
    tilwerk|heavy (lifting|work)|travail lourd|port de charges|charges lourdes
    """
)
_LIGHT = phrase(
    """
    (licht|lichte) ((zittend|staand|handmatig|fysiek) )?
        (werk|handwerk|tilwerk|taken|inpakwerk|montagewerk|binnenwerk|arbeid)
    light work|travail leger|niet zwaar( werk)?|fysiek licht
    """
)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield what must be lifted, or the most that can be."""
    measured = [*_measured(page, context)]
    yield from measured
    for found in page.find(_HEAVY):
        if is_free(found):
            continue
        if is_denied(found):
            yield reading(found, "load", Measure(LIGHT, "kg"), 0.75, Polarity.NOT)
        elif not measured:
            yield reading(found, "load", Measure(HEAVY, "kg"), 0.65)
    for found in page.find(_LIGHT):
        if not is_denied(found):
            yield reading(found, "load", Measure(LIGHT, "kg"), 0.65, Polarity.NOT)


def _measured(page: Page, context: Context) -> Iterator[Reading]:
    above = [found for found in page.find(_ABOVE) if is_denied(found) or context.is_offer]
    for found in (*page.find(_MEASURED), *above):
        kilos = next(filter(None, map(found.number, ("lift", "box", "most", "above"))), 0.0)
        if 1 <= kilos <= _HEAVIEST and not is_free(found):
            yield reading(found, "load", Measure(kilos, "kg"), 0.65 if found["box"] else 0.85)
