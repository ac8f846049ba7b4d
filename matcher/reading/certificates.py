"""Certificates of a person, a team or a firm, by the codes of `models.options.CERTIFICATES`."""

from collections.abc import Iterator

from matcher.reading.page import Page
from matcher.reading.phrases import Phrase, phrase
from matcher.reading.scope import paper
from matcher.reading.values import Context, Reading
from matcher.vocabulary import NeedKind, OfferKind

_PROOF = "(attest|attesten|certificaat|brevet|getuigschrift|opleiding|bewijs|diploma|kwalificatie)"
_SAW = "(kettingzaag|motorzaag|bosmaaier)"
_PLAYGROUND = "(speelterrein|speelterreinen|speeltoestellen|speelpleinen|speeltuigen)"
_NOT_BASIC = r"(?! (\*|(- )?(vol|p|petrochemie|bedrijfscertificaat)) )"
_ACKNOWLEDGED = "(erkend|erkende|geregistreerd|geregistreerde|vergund)"


def _iso(number: int) -> Phrase:
    return phrase(f"iso (- )?{number}")


#: Code, phrase, and how sure the phrase is of it.
_CERTIFICATES: tuple[tuple[str, Phrase, float], ...] = (
    ("vca-bedrijf", phrase(r"vcu|vca \*( \*)*|vca (- )?(p|petrochemie|bedrijfscertificaat)"), 0.9),
    ("vca-vol", phrase("vca (- )?vol|vol - vca"), 0.9),
    (
        "vca-basis",
        phrase(rf"(basis |b )?(- )?(?<!vol - )vca( (- )?(basis|b|attest|attesten))?{_NOT_BASIC}"),
        0.85,
    ),
    (
        "haccp",
        phrase("haccp( - (normen|regels|kennis))?|autocontrole|autocontrolesysteem"),
        0.85,
    ),
    ("haccp", phrase("voedselveiligheid|voedselveiligheidsnormen"), 0.6),
    ("brc-ifs", phrase("brc( / ifs)?|brcgs|ifs"), 0.85),
    ("gmp", phrase(r"gmp( \+)?"), 0.85),
    ("iso-9001", _iso(9001), 0.95),
    ("iso-14001", _iso(14001), 0.95),
    ("iso-13485", _iso(13485), 0.95),
    ("iso-22000", _iso(22000), 0.95),
    ("rabc", phrase("rabc"), 0.9),
    ("fsc-pefc", phrase("fsc|pefc"), 0.85),
    ("ispm-15", phrase("ispm (- |nr )?15"), 0.95),
    (
        "fytolicentie",
        phrase("(fytolicentie|fytolicenties)( (p1|p2|p3|ns))?|fytoattest|phytolicence"),
        0.9,
    ),
    (
        "kettingzaag",
        phrase(
            f"""
            {_PROOF} (van |voor |voor de |van de )?{_SAW}
            {_SAW} (- )?{_PROOF}
            kettingzaagattest|bosmaaierattest|motorzaagattest
            """
        ),
        0.85,
    ),
    (
        "ehbo",
        phrase("ehbo|hulpverlenersattest|eerste hulp|bedrijfshulpverlener|first aid|secouriste"),
        0.85,
    ),
    (
        "kinderbegeleider",
        phrase(
            f"{_PROOF} (van )?(kinderbegeleider|kinderbegeleidster|kinderzorg|kinderopvang|"
            "begeleider kinderopvang)"
        ),
        0.85,
    ),
    (
        "afvalinzamelaar",
        phrase(
            f"""
            {_ACKNOWLEDGED} (als )?(inzamelaar|afvalinzamelaar|overbrenger|ivh)
            ovam (- )?(erkend|registratie|erkenning|vergunning|nummer)|vergunning ovam
            """
        ),
        0.85,
    ),
    ("aeea", phrase("recupel|aeea"), 0.75),
    (
        "aannemer-erkenning",
        phrase(
            r"""
            (erkend|erkende|erkenning) (als )?aannemer|aannemerserkenning|entrepreneur agree
            (erkend|erkenning) klasse( \d)?
            """
        ),
        0.85,
    ),
    (
        "speelterrein",
        phrase(
            f"""
            (keuring|inspectie|veiligheidskeuring|veiligheidsinspectie|attest) (van )?{_PLAYGROUND}
            speelterreinkeuring|speeltoestelinspecteur
            """
        ),
        0.8,
    ),
)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield certificates required or held; a workplace or a track is there to earn them."""
    if context.kind in (NeedKind.PLACEMENT, OfferKind.WORKPLACE):
        return
    for code, phrase_, confidence in _CERTIFICATES:
        for found in page.find(phrase_):
            yield from paper(found, "certificates", frozenset({code}), confidence)
