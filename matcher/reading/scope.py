"""How a fact is meant, from the words around it: not, only, welcome, or left free."""

import re
from collections.abc import Iterator

from matcher.reading.page import Found
from matcher.reading.phrases import ahead, around, behind
from matcher.reading.values import Codes, Polarity, Reading, Value

_NOT_ONLY = around("(niet|not|pas) (alleen|enkel|slechts|only|seulement)")
_NO_FEAR = ahead(
    r"""
    (geen|niet|no|pas de) (\S+ ){0,2}?
        (probleem|bezwaar|schrik|moeite|vrees|bang|problem|probleme|angst)
    """,
    gap=3,
)
_NOT = ahead(
    """
    geen|gene|genen|gin|niet|nie|ni|neet|nooit|zonder|noch|nergens|evenmin|uitgezonderd
    (vermijd|vermijdt|weiger|weigert|weigeren)|no|not|never|without|sans|jamais|pas
    """,
    gap=5,
)
_NOT_AFTER = re.compile(
    r"^ (?:\S+ ){0,4}?(?:niet|nie|ni|neet|nooit|geen optie|uitgesloten|onmogelijk|verboden|neen?|"
    r"not possible|pas possible) (?:(?:mogelijk|meer|toe|aan|zitten|mee|terecht|aangewezen|op|"
    r"aanvaard|gedaan|haalbaar|toegelaten|voorzien|doen|uit|goed|weg|lukken|bij) )*"
    r"(?:$|(?:en|of|want|omdat|als|zonder) )"
)
_SURE_AFTER = behind("(is |zijn |was )?(geen probleem|(mag|kan|lukt)(?! niet)|ok|oke|in orde)")
_FREE = behind(
    """
    niet ((echt|per se|strikt|altijd) )?(nodig|vereist|verplicht|noodzakelijk|belangrijk|gevraagd)
    (hoeft|hoeven|moet) niet|geen (vereiste|must|verplichting|voorwaarde)|overbodig
    not (needed|required|necessary)|pas (necessaire|obligatoire|requis|exige)
    maakt niet uit|speelt geen rol
    """,
    gap=4,
)
#: What one may still learn, or what is paid for, is not required beforehand.
_LEARNT = behind(
    """
    (betalen|leren|voorzien) (wij|we)|(wij|we) betalen|(halen|behalen|volgen) (betalen|kan|mag)
    (bij|via) ons (te )?(halen|behalen)|(krijg|leer) je (bij|van) ons
    """,
    gap=5,
)
_NO = ahead("geen|niet|no|pas de|zonder", gap=3)
_NEEDED = behind(
    "nodig|vereist|verplicht|noodzakelijk|gevraagd|needed|required|necessaire|requis", gap=3
)
_ONLY = ahead(
    """
    enkel|alleen|uitsluitend|slechts|louter|volledig
    only|uniquement|seulement|exclusivement
    """,
    gap=2,
)
_ONLY_AFTER = re.compile(r"^ (?:\S+ )?(?:only|uniquement|seulement|alleen|uitsluitend) $")
_NICE = ahead(
    """
    liefst|bij voorkeur|eventueel|idealiter|wenselijk|gewenst|zo mogelijk|indien mogelijk
    ideally|preferably|de preference
    """,
    gap=3,
)
_NICE_AFTER = behind(
    r"""
    een (\S+ )?(plus|pluspunt|troef|voordeel|meerwaarde|extra|pre)|pluspunt|streepje voor
    ((mooi|leuk) )?meegenomen|gewenst|wenselijk|welkom|handig|liefst|mag ook
    a plus|an asset|preferred|nice to have|un plus|un atout|souhaite
    """,
    gap=4,
)
#: Not yet held, or still to be earned.
_LACKS = behind(
    r"(: )?(\S+ )?(in aanvraag|volgt|binnenkort|theorie|theoretisch|bezig|in opleiding)"
)
_TO_EARN = around(r"(bereid|wil|willen) (\S+ ){0,4}(leren|halen|behalen)")

Cue = tuple[re.Pattern[str], re.Pattern[str]]
#: The cues before and after a fact that say how it is meant.
_CUES: dict[Polarity, Cue] = {
    Polarity.NOT: (_NOT, _NOT_AFTER),
    Polarity.NICE: (_NICE, _NICE_AFTER),
    Polarity.ONLY: (_ONLY, _ONLY_AFTER),
}


def is_free(found: Found) -> bool:
    """Tell whether the text says that a fact is not required: `een diploma is niet nodig`."""
    before, after = found.before, found.after
    if _FREE.search(after) or _LEARNT.search(found.following):
        return True
    return bool(_NEEDED.search(after) and _NO.search(before))


def is_denied(found: Found) -> bool:
    """Tell whether a fact is denied: `geen ladders`, `hoogtewerk doen wij niet`."""
    if _NO_FEAR.search(found.before) or _SURE_AFTER.search(found.after):
        return False
    return _extent(found, Polarity.NOT) is not None


def is_nice(found: Found) -> bool:
    """Tell whether a fact is welcome, and no more."""
    return _extent(found, Polarity.NICE) is not None


def is_only(found: Found) -> bool:
    """Tell whether nothing else than a fact counts."""
    return _extent(found, Polarity.ONLY) is not None


def polarity(found: Found) -> Polarity:
    """Return how a fact is meant, the strongest first."""
    if is_denied(found):
        return Polarity.NOT
    if is_nice(found):
        return Polarity.NICE
    return Polarity.ONLY if is_only(found) else Polarity.PLAIN


def _extent(found: Found, meant: Polarity) -> tuple[int, int] | None:
    """Return the part of the page from the words that give a fact its meaning, or None."""
    start, end = found.match.span()
    before, after = found.before, found.after
    cue_before, cue_after = _CUES[meant]
    if meant is not Polarity.NICE and _NOT_ONLY.search(before):
        return None
    cue = cue_before.search(before)
    while cue is not None:
        # The nearest of several: `geen nachten en geen weekends`.
        nearer = cue_before.search(before, cue.start() + 1)
        if nearer is None:
            return start - len(before) + cue.start() + 1, end
        cue = nearer
    if cue := cue_after.search(after):
        return start, end + cue.end() - 1
    return None


def reading(
    found: Found,
    family: str,
    value: Value,
    confidence: float,
    meant: Polarity = Polarity.PLAIN,
) -> Reading:
    """Return what a phrase says, quoting the words that give it its meaning as well."""
    extent = None if meant is Polarity.PLAIN else _extent(found, meant)
    start, end = found.page.span(*(extent or found.match.span()))
    return Reading(
        family, value, start, end, found.page.quote(start, end), round(confidence, 2), meant
    )


def paper(found: Found, family: str, codes: frozenset[str], sure: float) -> Iterator[Reading]:
    """Yield a certificate or a licence as it is meant: held or required, welcome, or lacking."""
    if is_free(found):
        return
    if is_denied(found) or _LACKS.search(found.following):
        meant = Polarity.NOT
    elif is_nice(found) or _TO_EARN.search(found.following):
        meant = Polarity.NICE
    else:
        meant = Polarity.PLAIN
    yield reading(found, family, Codes(codes), sure, meant)
