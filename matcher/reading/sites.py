"""Where the work is done: at the asker's, or in the workshop of the supplier."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import UP_TO_1, UP_TO_2, around, behind, one_of, phrase
from matcher.reading.scope import is_denied, is_only, reading
from matcher.reading.values import Context, Polarity, Reading, Site
from matcher.vocabulary import NeedKind, OfferKind, WorkSite

_PLACE = one_of(
    "atelier ateliers werkplaats werkplaatsen loods hal magazijn magazijnen fabriek keuken "
    "wasserij drukkerij werkvloer werkhuis site bedrijf vestiging lokaal lokalen winkel productie "
    "depot gebouw gebouwen inpaklijn lijn lijnen band machine zaal serre serres kwekerij boomgaard "
    "burelen kantoor kantoren campus school rusthuis woonzorgcentrum werf werven pand huis "
    "productiehal productievloer distributiecentrum sorteercentrum productielijn montagelijn"
)
_KIND = (
    "((eigen|nieuwe|grote|verwarmde|beschutte|centrale|vaste|ruime|moderne|industriele|erkende) )?"
)
_CUSTOMER = "(klant|klanten|opdrachtgever|opdrachtgevers)"
_OURS = phrase(
    f"""
    (in|op|aan|binnen|vanuit|te) (ons|onze) {_KIND}{_PLACE}
    in (het )?eigen {_PLACE}|in (het |een )?(beschut )?atelier
    dans (notre|nos) (atelier|ateliers|locaux)|in our (own )?(workshop|warehouse|factory)
    """
)
_YOURS = phrase(
    f"""
    (in|op|aan|binnen|naar) (uw|jullie|jouw|je) {_KIND}{_PLACE}
    bij (u|jullie|de klant|klanten) (in huis|thuis|op de vloer|op de werkvloer|in het magazijn)
    dans votre (atelier|entrepot|usine)|in your (workshop|warehouse|factory)
    at your (premises|place|site)
    """
)
_AT_YOURS = phrase(f"bij (?P<bare>u|jullie|ulder)|bij (de )?{_CUSTOMER}|(?P<vous>chez vous)")
_AT_OURS = phrase("(hier )?bij (?P<bare>ons)|(?P<nous>chez nous)|at our (place|site|premises)")
_ON_THE_SPOT = phrase(
    f"""
    ter plaatse|ter plekke|op locatie|op verplaatsing|op de werf|aan huis|in situ
    sur place|on site|on - site
    bij (de )?mensen thuis|op het terrein van de klant|komen (wij |we )?langs
    (wij|we) komen ({UP_TO_1})?(naar|bij|tot bij) u
    """
)
_AWAY = "(ter plaatse|aan huis|langs|(bij|naar) (u|de klant)|op verplaatsing|op locatie)"
_SEND_NOBODY = phrase(
    f"""
    (wij|we) (sturen|zenden)
        (niemand|geen (mensen|ploegen|ploeg|mannen|personeel|medewerkers))( (uit|{_AWAY}))?
    (wij|we) (komen|werken|gaan|rijden) niet {_AWAY}
    (geen|niet) ((werk|werken) )?op (verplaatsing|locatie)|geen verplaatsingen
    on ne se deplace pas|pas de deplacement
    """
)
_BUILDING = "(gebouw|site|terrein|huis|fabriek|campus|magazijn|pand)"
_MAY = "(mag|mogen|kan|kunnen)"
_STAYS = phrase(
    f"""
    {_MAY} ((de|het|ons|onze|deze|dit) )?({UP_TO_1})?{_BUILDING} niet (verlaten|uit)
    {_MAY} {UP_TO_2}niet (weg|buiten|naar buiten|vervoerd worden|verplaatst worden|de deur uit)
    """
)
_MAY_LEAVE = phrase(
    f"""
    {_MAY} ((de|het|ons|onze) )?{_BUILDING} verlaten
    {_MAY} (ook |gerust )?(extern|elders|buitenshuis|bij u|bij jullie)
    {_MAY} (ook |gerust )?in (een|uw|jullie) atelier
    in (een|het) (extern )?atelier (gebeuren|laten doen)
    """
)
#: A visit to look, to measure or to make a price is no work; nor is a place where one is found.
_VISIT = around(
    """
    kijken|kijkje|bekijken|opmeten|opmeting|offerte|prijsofferte|bestek|bezoek|plaatsbezoek|audit
    rondleiding|afspraak|kennismaking|kennismaken|kennis maken|langskomen|inschatten|vrijblijvend
    contact|info|informatie|in orde|bellen|mail|solliciteren|afgehaald|kopen|ligt|liggen|staat
    wonen|woont
    """
)
_WORKED = around(
    r"""
    werk\w*|gewerkt|gebeur\w*|doen|uitgevoerd|uitvoeren|kom\w*|staan|inpakken|ingepakt|team|ploeg\w*
    mensen|man|personen|enkel|alleen|moet\w*|magazijn|stuur\w*|sturen|steeds|altijd|mag|kan|ter
    """
)
_WORK_AFTER = behind(
    """
    ter plaatse|komen (?!.* (binnen|toe) )|aan|in|op|of|gebeuren|werken|gewerkt|doen|uitgevoerd
    uitvoeren|zetten
    """
)
_OR_ELSEWHERE = behind("(of|en) (elders|ergens anders|bij een ander)")
_PLACED = (NeedKind.SERVICE, NeedKind.ENCLAVE, OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield where the work is done; `ons` and `uw` are the other place to buyer and supplier."""
    if context.kind not in _PLACED:
        return
    ours, yours = WorkSite.ON_SITE, WorkSite.WORKSHOP
    if context.is_offer:
        ours, yours = yours, ours
        for found in page.find(_SEND_NOBODY):
            yield reading(found, "site", Site(WorkSite.WORKSHOP), 0.9, Polarity.ONLY)
    else:
        yield from _as_the_buyer_says(page)
    for phrase_, where, confidence in (
        (_OURS, ours, 0.75),
        (_YOURS, yours, 0.8),
        (_AT_YOURS, yours, 0.7),
        (_AT_OURS, ours, 0.6),
        (_ON_THE_SPOT, WorkSite.ON_SITE, 0.75),
    ):
        for found in page.find(phrase_):
            if not _is_aside(found):
                yield _done(found, where, confidence)


def _as_the_buyer_says(page: Page) -> Iterator[Reading]:
    for found in page.find(_STAYS):
        yield reading(found, "site", Site(WorkSite.ON_SITE), 0.9, Polarity.ONLY)
    for found in page.find(_MAY_LEAVE):
        if not is_denied(found):
            yield reading(found, "site", Site(WorkSite.WORKSHOP), 0.75)


def _is_aside(found: Found) -> bool:
    """Tell whether no work is done there: `bij ons komen dozen binnen`, `kom eens kijken`."""
    if _VISIT.search(found.sentence):
        return True
    is_bare = found["bare"] or found["vous"] or found["nous"]
    is_work = _WORKED.search(found.before) or _WORK_AFTER.search(found.after)
    return bool(is_bare) and not is_work


def _done(found: Found, where: WorkSite, confidence: float) -> Reading:
    if _OR_ELSEWHERE.search(found.after):
        return reading(found, "site", Site(WorkSite.EITHER), confidence)
    if is_denied(found):
        other = WorkSite.WORKSHOP if where is WorkSite.ON_SITE else WorkSite.ON_SITE
        return reading(found, "site", Site(other), confidence - 0.15, Polarity.NOT)
    meant = Polarity.ONLY if is_only(found) else Polarity.PLAIN
    return reading(found, "site", Site(where), confidence, meant)
