"""Who moves the goods: the asker brings and fetches, or the supplier does."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import UP_TO_1, UP_TO_2, UP_TO_3, around, behind, phrase
from matcher.reading.scope import is_denied, is_free, reading
from matcher.reading.values import Codes, Context, Reading
from matcher.vocabulary import NeedKind, OfferKind

_WE = "(wij|we|wijzelf|onze (chauffeur|camionette|wagen|diensten))"
_YOU = "(u|jullie|ge|gij|de klant|klanten|de opdrachtgever)"
_IT = "((het|alles|ze|de|die|uw|ons|onze|dit|dat|zelf|ook|wel|gerust|je) )*([a-z'-]+ )?([a-z'-]+ )?"
_UP = "(op|af|ophalen|afhalen|halen)"
_HERE = "(binnen|terug|langs|naar ons|zelf|tot bij ons|ter plaatse|thuis|aan huis)"
_BOTH_WAYS = "(halen en brengen|brengen en halen|halen of brengen)"
_FREIGHT = "(transport|vervoer)"
_SEES_TO = "(doen|regelen|verzorgen|voorzien|organiseren)"
_BY_US = phrase(
    f"""
    {_WE} (zelf )?(halen|komen) {_IT}{_UP}
    {_WE} (zelf )?(halen|komen) {_IT}{_UP} en (brengen|leveren) {UP_TO_3}terug
    {_WE} {_BOTH_WAYS}
    {_WE} (zelf )?(brengen|leveren|voeren) {_IT}{_HERE}
    {_WE} (leveren|brengen) ({_IT})?aan( (en|of) (halen|afhalen)( (op|af))?)?
    (halen|komen|haal) (wij|we) {_IT}{_UP}
    (brengen|leveren) (wij|we) {_IT}(terug|aan huis|thuis|binnen)
    {_WE} ({_SEES_TO}|zorgen voor) (zelf )?(het )?{_FREIGHT}
    {_FREIGHT} ({UP_TO_1})?{_SEES_TO} (wij|we)( zelf)?
    nous (livrons|apportons|venons chercher)|we (deliver|collect|bring)
    """
)
_BY_YOU = phrase(
    f"""
    {_YOU} (zelf )?(haalt|komt|halen|komen) {_IT}{_UP}
    {_YOU} (zelf )?({_BOTH_WAYS}|haalt en brengt|brengt en haalt)
    {_YOU} (zelf )?(brengt|brengen|levert|leveren) {_IT}{_HERE}
    {_YOU} (brengt|brengen|levert) (het|ze|alles|de (goederen|spullen|dozen|was|stukken))( aan)?
    (brengt|levert) u (zelf )?({UP_TO_1})?(aan|binnen|zelf)
    breng (het|ze|alles|(uw|je) [a-z]+) ({UP_TO_1})?(binnen|langs|naar ons)
    {_FREIGHT} (wordt )?(door|regelt|regelen|doen) {_YOU}( zelf)?
    {_FREIGHT} ({UP_TO_1})?zelf te (regelen|voorzien)
    zelf (te )?(brengen|binnenbrengen|aanleveren|afhalen|komen halen)
    zelf (binnen te brengen|aan te leveren|af te halen)
    vous (apportez|venez chercher)
    """
)
_CARRIAGE = "(transport|vervoer|levering|aanvoer|ophaling|ophalen en terugbrengen)"
_PAID = phrase(
    f"""
    {_CARRIAGE} {UP_TO_3}(ten laste|op kosten|voor rekening) van (de )?
        (?P<who>klant|opdrachtgever|koper|leverancier|uitvoerder)
    {_CARRIAGE} {UP_TO_2}(voor|op) (?P<whose>uw|jullie|onze) (rekening|kosten)
    """
)
_SERVICE = phrase(
    f"""
    (een )?haal - en (brengdienst|brengronde)
    (gratis )?(ophaling|ophaaldienst|afhaling|ophaalronde|thuislevering)
    ophaling en (levering|teruglevering)
    levering (aan huis|inbegrepen|mogelijk|in heel|met eigen)
    (graag |gratis )?(ophalen|afhalen|halen) en (terug )?
        (brengen|terugbrengen|te brengen|leveren|terugleveren)
    (opgehaald|afgehaald) en (terug )?(gebracht|teruggebracht|geleverd|teruggeleverd)
    (op|af) te halen bij ons|{_FREIGHT} (is )?(inbegrepen|voorzien)
    pick - up and delivery|enlevement( et livraison)?
    """
)
_NONE = phrase("(geen|zonder) (eigen )?(transport|transportdienst|transportmiddelen)")
#: What is brought there is nothing to work on.
_NO_GOODS = around(
    """
    mensen|personen|bewoners|kinderen|leerlingen|ploeg|materiaal|gereedschap|machines|werkkledij
    producten|personeel|afval|sleutels|minder|meer
    """
)
#: `Levering binnen 24 uur` says when, not who.
_DELAY = behind(r"binnen (de )?\d+")
_MOVED = (NeedKind.SERVICE, NeedKind.ENCLAVE, OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM)
_NEAR = 25


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield who brings and fetches the goods: `asker` or `supplier`."""
    if context.kind not in _MOVED:
        return
    we, you = ("supplier", "asker") if context.is_offer else ("asker", "supplier")
    for found in page.find(_PAID):
        payer = "supplier" if found["who"] in ("leverancier", "uitvoerder") else "asker"
        payer = {"uw": you, "jullie": you, "onze": we}.get(found["whose"], payer)
        yield reading(found, "moving", Codes(frozenset({payer})), 0.75)
    for found in page.find(_NONE):
        yield reading(found, "moving", Codes(frozenset({you})), 0.7)
    for phrase_, code, confidence in (
        (_BY_YOU, you, 0.8),
        (_BY_US, we, 0.75),
        (_SERVICE, "supplier", 0.65),
    ):
        for found in page.find(phrase_):
            yield from _moved(found, code, confidence)


def _moved(found: Found, code: str, confidence: float) -> Iterator[Reading]:
    close = f" {found.before[-_NEAR:]} {found.match.group()} "
    if is_free(found) or _NO_GOODS.search(close) or _DELAY.search(found.after):
        return
    other = "asker" if code == "supplier" else "supplier"
    meant = other if is_denied(found) else code
    yield reading(found, "moving", Codes(frozenset({meant})), confidence)
