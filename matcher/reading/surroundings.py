"""Indoors or outdoors."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import ahead, around, behind, phrase
from matcher.reading.scope import is_free, polarity, reading
from matcher.reading.values import Codes, Context, Polarity, Reading

_PARTLY = "(half |zowel |deels |soms |ook )?"
_AND = "(en|of|als|/|,|-|, en)"
_BOTH = phrase(
    f"""
    {_PARTLY}binnen {_AND} {_PARTLY}buiten
    {_PARTLY}buiten {_AND} {_PARTLY}binnen
    binnen - en buitenwerk|binnenwerk en buitenwerk|indoor and outdoor
    """
)
_INDOOR = phrase(
    """
    binnenwerk|binnenshuis|binnenactiviteiten|binnenlocatie|indoor|indoors|inside
    onder dak|overdekt|a l'interieur
    (in een )?(verwarmde|droge|overdekte) (hal|loods|ruimte|zaal|werkplaats)
    (werk|werkt|werken|staat|zit|zitten|blijven|gebeurt)
        ((enkel|alleen|liefst|graag|liever|steeds|altijd|volledig) )?(?P<bare>binnen)
    """
)
_OUTDOOR = phrase(
    """
    buitenwerk|buitenlucht|openlucht|open lucht|outdoor|outdoors|a l'exterieur
    weer en wind|weer of geen weer|(in )?alle weersomstandigheden|in alle weer|in regen en wind
    ook (als het|bij|in de) (regent|regen|regenweer|vriest|vrieskou)
    """
)
#: `binnen` is mostly a preposition, and `buiten` often one: they count with what stands around.
_BARE = phrase("(?P<word>binnen|buiten)")
_ALONE = behind(
    r"""
    en|of|te werken|werken|gewerkt|werkt|gebeuren|gebeurt|staan|staand|zitten|zittend|zit|blijven
    aan|aan de|tussen|op het (veld|terrein)|bezig|actief|ook|in alle|bij alle|als|is|want|liefst
    in de (hal|loods|serre|tuin|kou|regen|zon|boomgaard|velden)|zijn
    """
)
_SAID_OF = ahead(
    r"""
    ((enkel|alleen|uitsluitend|liefst|liever|graag|steeds|altijd|volledig|werkt?|werken|gewerkt|
        ook|half|deels|niet|nooit|meestal|hoofdzakelijk|vooral|eerst|nadien|job|is|zijn|overal|
        bezig|helemaal|wij|kan|allemaal|:|werk|soms)( graag)?)
    """
)
_MOVED = ahead(r"(naar|van|te|vuilbak\w*|zetten|van de|langs|afval)", gap=1)
_LIMIT = behind(
    r"""
    (te )?zetten|gebruik|dienst|beschouwing|verwachting|onze|\d\S*|een straal|enkele|afzienbare
    de (uren|kantooruren|regio|grenzen|werkuren|schooluren|dienst|week|maand|dag|termijn|grens)
    het (seizoen|bedrijf|weekend)
    """
)
_ONLY = around("enkel|alleen|uitsluitend")
_SURE, _LESS_SURE = 0.8, 0.75


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield where work is done or can be: indoors, outdoors, or both."""
    for found in page.find(_BOTH):
        yield reading(found, "surroundings", Codes(frozenset({"indoor", "outdoor"})), _SURE)
    for phrase_, code in ((_INDOOR, "indoor"), (_OUTDOOR, "outdoor")):
        for found in page.find(phrase_):
            if not is_free(found) and not (found["bare"] and not _ends_or_goes_on(found)):
                yield _said(found, code, _SURE)
    for found in page.find(_BARE):
        if _stands_alone(found):
            yield _said(found, "indoor" if found["word"] == "binnen" else "outdoor", _LESS_SURE)


def _ends_or_goes_on(found: Found) -> bool:
    """Tell whether a clause ends after `binnen`, or goes on as it does where that is a place."""
    return not found.after.strip() or _ALONE.search(found.after) is not None


def _said(found: Found, code: str, confidence: float) -> Reading:
    meant = polarity(found)
    if meant is Polarity.PLAIN and _ONLY.search(f" {found.match.group()} "):
        meant = Polarity.ONLY
    # `Volledig binnen` tells of all the work, not that nothing else is possible.
    if meant is Polarity.ONLY and "volledig " in f"{found.before}{found.match.group()}":
        meant = Polarity.PLAIN
    return reading(found, "surroundings", Codes(frozenset({code})), confidence, meant)


def _stands_alone(found: Found) -> bool:
    if _MOVED.search(found.before) or _LIMIT.search(found.after):
        return False
    return bool(_SAID_OF.search(found.before)) and _ends_or_goes_on(found)
