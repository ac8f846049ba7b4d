"""Who may ask: the kinds of organisations that a supplier works for, and private persons."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import ahead, behind, one_of, phrase, words
from matcher.reading.scope import is_denied, is_only, reading
from matcher.reading.values import Codes, Context, Polarity, Reading
from matcher.vocabulary import OfferKind, OrganisationType

#: A private person: nobody who can ask in Brug, but whom a text may speak of.
PRIVATE = "private"
_AUTHORITIES = (OrganisationType.MUNICIPALITY, OrganisationType.OCMW)
_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (PRIVATE,),
        """
        particulieren particulier particuliere prive privepersonen privepersoon privehuizen
        privewoningen gezinnen particuliers
        """,
    ),
    (
        (OrganisationType.COMPANY,),
        """
        bedrijven bedrijf ondernemingen kmo's kmos firma's firmas industrie zelfstandigen
        werkgevers fabrieken handelaars winkeliers entreprises companies businesses
        """,
    ),
    (
        (OrganisationType.MUNICIPALITY,),
        "gemeenten gemeentes gemeentebesturen steden communes municipalities",
    ),
    ((OrganisationType.OCMW,), "ocmw's ocmws ocmw welzijnsverenigingen cpas"),
    ((OrganisationType.SCHOOL,), "scholen scholengroepen kleuterscholen ecoles schools"),
    (
        (OrganisationType.VZW,),
        "vzw's vzws vzw verenigingen organisaties clubs sportclubs associations asbl",
    ),
    ((OrganisationType.HOUSING_COMPANY,), "huisvestingsmaatschappijen woonmaatschappijen"),
    ((OrganisationType.IGS,), "intercommunales"),
    ((*_AUTHORITIES,), "besturen"),
    (
        (*_AUTHORITIES, OrganisationType.AGB, OrganisationType.IGS),
        "overheden overheid overheidsdiensten authorities",
    ),
)
_NAMES = {word: codes for codes, listed in _WORDS for word in words(listed)}
_ONE = (
    "((lokale|plaatselijke|openbare|kleine|grote|andere|sociale|erkende) )?"
    f"{one_of(' '.join(_NAMES))}"
)
_LIST = phrase(
    rf"""
    (?P<list>{_ONE}( (,|en|of|/|and|et|ou|noch|maar ook|alsook|, en) ((voor|aan|ook|de) )?{_ONE})*)
    """
)
_SELF = phrase(
    """
    (ik ben|wij zijn|we zijn) (maar )?(een )?(particulier|particulieren|privepersoon)
    mijn (tuin|huis|woning|oprit|haag|appartement)|bij mij thuis|onze (privetuin|privewoning)
    """
)
#: Words that make a list one of customers.
_CUSTOMERS = ahead(
    """
    (voor|aan|bij|klanten|opdrachtgevers|doelpubliek|werken|helpen|bedienen|kunnen|mogen|terecht|
        enkel|alleen|uitsluitend|geen|niet|ook|voorbehouden|pour|pas|for|only)
        ( (:|voor|de|aan|,|bij|van))?
    """,
    gap=2,
)
_CUSTOMERS_AFTER = behind(
    """
    terecht|welkom|niet|enkel|alleen|uitgesloten|toegelaten|bedienen|helpen|only
    """,
    gap=3,
)
_WELCOME = behind("welkom|terecht|mogelijk|toegelaten|ook", gap=3)
_ALSO = ahead("ook( (voor|aan|bij))?")
_FOR = ahead("(voor|klanten|opdrachtgevers)( :)?")
_NOT_THEY = behind("niet|uitgesloten|nooit", gap=4)
_OFFERS = (OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield whom a supplier works for, or that the asker is a private person."""
    if not context.is_offer:
        for found in page.find(_SELF):
            if not is_denied(found):
                yield reading(found, "askers", Codes(frozenset({PRIVATE})), 0.7)
    elif context.kind in _OFFERS:
        for found in page.find(_LIST):
            yield from _customers(found)


def _customers(found: Found) -> Iterator[Reading]:
    named = (_NAMES.get(word, ()) for word in found["list"].split(" "))
    codes = Codes(frozenset(code for listed in named for code in listed))
    before, after = found.before, found.after
    if is_denied(found) or _NOT_THEY.search(after):
        yield reading(found, "askers", codes, 0.85, Polarity.NOT)
    elif is_only(found):
        yield reading(found, "askers", codes, 0.85, Polarity.ONLY)
    elif not (_CUSTOMERS.search(before) or _CUSTOMERS_AFTER.search(after)):
        return
    elif _WELCOME.search(after) or _ALSO.search(before):
        yield reading(found, "askers", codes, 0.7)
    elif len(codes.codes) > 1 or _FOR.search(before):
        yield reading(found, "askers", codes, 0.45)
