"""Licences to drive a vehicle, a forklift or a platform, by the codes of `models.options`."""

import re
from collections.abc import Iterator

from matcher.reading.page import Page
from matcher.reading.phrases import phrase
from matcher.reading.scope import paper
from matcher.reading.values import Context, Reading

_CODE = r"(be|ce|b|c1|c|d|b \+ e|b e|c e)"
_NAME = (
    "(rijbewijs|rijbewijzen|autorijbewijs|permis|permis de conduire|licence|driving licence|"
    "driving license)"
)
_LICENCE = phrase(
    rf"""
    ((een|het) )?{_NAME}( (type|categorie|cat|:|\())*
        (?P<codes>{_CODE}(( \))? (,|en|of|/|\+|et|ou|and|or)( \()? {_CODE})*)
    ((een|het) )?{_NAME}
    """
)
_CODE_FIRST = phrase(
    "(met|heeft|chauffeur|chauffeurs|bestuurder|bestuurders|,|en) (een )?(?P<codes>be|ce|c|b) "
    "(- )?(rijbewijs|rijbewijzen|chauffeur)"
)
#: A code further on: `rijbewijs B vereist, BE is een troef`.
_CODE_LATER = phrase(
    "(?P<codes>be|ce|c)(?= (is|mag|liefst|gewenst|ook|welkom|vereist|verplicht|meegenomen) )"
)
_PROOF = "(attest|attesten|brevet|bewijs|certificaat|licentie|rijbewijs|getuigschrift|opleiding)"
_FOR = "((van|voor|met|als|de|een) )*"
_TRUCK = "(heftruck|vorkheftruck|reachtruck|vorklift|forklift|clark|stapelaar)"
_FORKLIFT = phrase(
    f"""
    ({_PROOF}|ervaring) {_FOR}({_TRUCK}|heftruckchauffeur)
    {_TRUCK} (- )?{_PROOF}
    heftruckattest|heftruckattesten|heftruckbrevet|heftruckbewijs|heftruckrijbewijs
    heftruckcertificaat|reachtruckattest|brevet cariste|cariste|forklift (licence|license)
    (rijden|rijdt|rijd|werken|werkt|overweg) (kan )?(met|op) (een |de )?{_TRUCK}
    {_TRUCK} (kan |kunnen )?(rijden|rijdt|besturen)
    """
)
_PLATFORM = phrase(
    f"""
    {_PROOF} ((van|voor|de|met|heftruck|en) )*hoogwerker
    hoogwerker (- )?{_PROOF}
    hoogwerkerattest|hoogwerkersattest
    """
)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield the licences required or held; a plain `rijbewijs` is one for a car."""
    for phrase_ in (_LICENCE, _CODE_FIRST):
        for found in page.find(phrase_):
            codes = _codes(found["codes"])
            yield from paper(found, "licences", codes or frozenset({"B"}), 0.9 if codes else 0.65)
    for found in page.find(_CODE_LATER):
        if " rijbewij" in found.preceding:
            yield from paper(found, "licences", _codes(found["codes"]), 0.7)
    for phrase_, code in ((_FORKLIFT, "heftruck"), (_PLATFORM, "hoogwerker")):
        for found in page.find(phrase_):
            yield from paper(found, "licences", frozenset({code}), 0.8)


def _codes(text: str) -> frozenset[str]:
    joined = re.sub(r"\b([bc]) (?:\+ )?e\b", r"\1e", text)
    return frozenset(word.upper() for word in re.findall(r"\b(?:be|ce|b|c|d)\b", joined))
