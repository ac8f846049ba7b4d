"""How people get to work: by bicycle, by bus or train, by car."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import around, phrase
from matcher.reading.scope import is_denied, is_free, is_nice, reading
from matcher.reading.values import Codes, Context, Polarity, Reading
from matcher.vocabulary import NeedKind, OfferKind

_CAR = "(auto|wagen)"
_TRAIN = "(bus|trein|tram|openbaar vervoer)"
_CYCLE = "(fiets|velo|bromfiets|step)"
_OWN = phrase(
    f"""
    eigen (vervoer|wagen|auto|transport|verplaatsingsmiddel)|own (transport|car)
    over (een )?(eigen )?{_CAR} (beschikken|beschikt)|beschikt over (een )?(eigen )?{_CAR}
    (heeft|geen|zonder) ((een|eigen) )*{_CAR}|met (de|eigen) {_CAR}
    (propre )?voiture|moyen de transport personnel
    """
)
_BUS = phrase(
    f"""
    openbaar vervoer|bushalte|treinstation|transport en commun|transports en commun
    public transport|(met|bus van) de lijn|(met|per|via|en|of) ((de|het) )?{_TRAIN}
    {_TRAIN} (stopt|of trein|of bus)|station op|vlak bij (het|de) (station|bushalte)
    """
)
_BIKE = phrase(
    f"""
    (met|per) ((de|een|zijn|haar|elektrische) )*{_CYCLE}|fietst|op fietsafstand|a velo|en velo
    by bike|(wel|heeft|eigen) (een )?{_CYCLE}
    (fiets|velo) (of|en|,|/) (de )?({_TRAIN}|{_CAR}|te voet|bromfiets|step)
    """
)
_WAYS = ((_OWN, "car", 0.8), (_BUS, "bus", 0.75), (_BIKE, "bike", 0.7))
_OF_WORK = around(r"haltes?|rit|ritten|chauffeur|minderhinder")
_TRAVELLERS = (NeedKind.VACANCY, NeedKind.PLACEMENT, OfferKind.PROFILE, OfferKind.WORKPLACE)
_OWN_WAYS = (NeedKind.PLACEMENT, OfferKind.PROFILE)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield how a workplace can be reached, or how somebody can travel."""
    if context.kind not in _TRAVELLERS:
        return
    own = context.kind in _OWN_WAYS
    for phrase_, code, confidence in (
        (_OWN, "car", 0.8),
        (_BUS, "bus", 0.75),
        (_BIKE, "bike", 0.7),
    ):
        for found in page.find(phrase_):
            yield from _way(found, code, confidence, own=own)


def _way(found: Found, code: str, confidence: float, *, own: bool) -> Iterator[Reading]:
    if is_free(found) or _OF_WORK.search(found.sentence):
        return
    if is_denied(found) or found.match.group().startswith(("geen ", "zonder ")):
        if own or code == "bus":
            yield reading(found, "travel", Codes(frozenset({code})), confidence, Polarity.NOT)
        return
    # Where a bus stops a car comes too; who only has a bus ticket cannot use a car.
    codes = frozenset({code} if own or code != "bus" else {"bus", "car"})
    meant = Polarity.NICE if is_nice(found) and not own else Polarity.PLAIN
    yield reading(found, "travel", Codes(codes), confidence, meant)
