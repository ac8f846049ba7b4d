"""What is left out: things and tasks that a supplier says no to."""

import re
from collections.abc import Iterator
from functools import cache

from matcher import dutch
from matcher.reading.page import Page
from matcher.reading.phrases import ahead, phrase
from matcher.reading.values import Context, Reading, Words
from matcher.vocabulary import OfferKind

#: Words at which the name of a thing ends.
_STOP = (
    "(en|of|noch|maar|want|dus|die|dat|als|omdat|tenzij|behalve|tot|voor|van|in|op|bij|aan|met|om|"
    "te|door|over|onder|boven|naar|uit|per|tijdens|zonder|tussen|vanaf|na|sinds|is|zijn|wordt|"
    "worden|was|heeft|hebben|kan|kunnen|mag|mogen|moet|moeten|doen|doet|zal|gaat|nemen|neemt|lukt|"
    "wil|willen|wij|we|u|je|ze|hij|zij|het|er|ons|onze|uw|jullie|dit|deze|ook|wel|niet|geen|dan|"
    "nog|hier|daar|meer|nodig|mogelijk|aanwezig|toegelaten|vereist|verplicht|verwacht|gevraagd|"
    "voorzien|al|helemaal|zelf|weer|meestal|vaak|altijd|aub|alstublieft|he|hoor)"
)
_WORD = "[a-z][a-z'-]*"
_THING = f"((?!{_STOP} ){_WORD})"
_OF = "(van|met|voor|in|op|boven|onder|aan|door|zonder|langs|bij|uit)( (de|het|een|onze|ons))?"
#: `zware meubelen`, `speeltoestellen met valhoogte`, `glas boven 3 m`: the whole is left out.
_PHRASE = rf"{_THING}( {_THING}){{0,2}}( {_OF} (\d[\d.]* )?{_THING}( {_THING})?)?"
_ENDED = r"(?= ([.,;:!?|()]|$))"
#: `geen A, B of C`; a comma alone goes on only towards such an end, for `geen A, B` may be news.
_LIST = (
    rf"{_PHRASE}(( , {_PHRASE}){{0,4}} (of|noch)( geen)? {_PHRASE}| en geen {_PHRASE}|"
    rf" en {_THING}( {_THING})?{_ENDED})?"
)
_DO = (
    "(doen|doet|doe|nemen|neemt|kunnen|gaan|vallen|willen|raken|maken|leveren|plaatsen|aanvaarden|"
    "verwerken|behandelen|herstellen|verhuizen|halen|ophalen|wassen|strijken|poetsen|snoeien|"
    "vellen|lassen)"
)
_NO = phrase(f"(geen|gene|genen|noch|no|pas de) (?P<list>{_LIST})")
_VERB_NOT = phrase(
    f"(wij|we) (?P<list>{_WORD}en( (en|of) {_WORD}en)?) ((zelf|hier|bewust) )?(niet|nooit){_ENDED}"
)
#: `Wij werken niet met asbest`, `met asbest werken wij niet`.
_NOT_WITH = phrase(
    rf"""
    (werken|werk|werkt) ((wij|we) )?(niet|nooit) met (?P<list>{_LIST})
    met (?P<other>{_PHRASE}) (werken|werk|werkt) (wij|we|ik|ze) (niet|nooit){_ENDED}
    """
)
#: What follows a thing, or several, that are left out: `… doen wij niet`, `… kan niet`.
_NOT_DONE = phrase(
    rf"""
    {_DO} (wij|we|ik|ze|hij|zij) ((ook|zelf|hier|helaas|nog|bewust|liever) )?(niet|nooit)
        ( (mee|aan|meer|toe|op|bij|weg|doen|verwerken|aanvaarden|zelf))?
    """
)
_LEFT = phrase(
    rf"""
    (is|zijn|kan|gaat|lukt) ((helaas|hier) )?niet( (mogelijk|inbegrepen|voor ons))?{_ENDED}
    (liever )?niet{_ENDED}|(?P<no>nee|neen){_ENDED}
    besteden (wij|we) uit{_ENDED}|laten (wij|we) (over )?aan anderen( over)?{_ENDED}
    """
)
_REFUSED = phrase(
    """
    (is|zijn|wordt|worden) ([a-z]+ )?(uitgesloten|geweigerd|niet aanvaard|niet toegelaten)
    """
)
#: The things before such words, and a single one.
_THINGS = ahead(f"(?P<list>{_PHRASE}( , {_PHRASE}){{0,4}} (en|of|noch) {_PHRASE}|{_PHRASE})( :)?")
_LAST = ahead(f"(?P<list>{_PHRASE})( :)?")
_LIST_OUT = phrase(
    rf"""
    (niet|niet inbegrepen|niet mogelijk|niet voor ons|doen (wij|we) niet|wat (wij|we) niet doen|
        uitgesloten|uitgezonderd|behalve|nee) (zijn )?:
        (?P<list>{_PHRASE}( (,|;|of|en|noch|/) {_PHRASE}){{0,7}})
    """
)
_BUT = phrase(
    rf"""
    (uitgezonderd|met uitzondering van|behalve) (?P<list>{_PHRASE}( (,|of|en) {_PHRASE}){{0,4}})
    """
)
_PIECE = re.compile(
    r"(?:^|(?<= ))(?!(?:,|;|/|of|en|noch|geen) )[^,;/]+?(?=$| ?(?:,|;|/)| (?:of|en|noch) )"
)
_DROPPED = re.compile(
    _STOP.replace("(", "^(?:", 1)[:-1] + "|de|een|zo|zeer|alle|hele|echt|helaas|liever|jammer) "
)
_PREPOSITION = re.compile(f" {_OF.replace('(', '(?:')} ")
_FEW_LETTERS = 3


@cache
def _asides() -> frozenset[str]:
    """Return the words that are denied often and name no work."""
    return frozenset(word for line in dutch.lines_of("denied_asides.txt") for word in line.split())


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield each thing that a supplier leaves out, in the words of the text."""
    if not context.is_offer:
        return
    is_person = context.kind is OfferKind.PROFILE
    for phrase_, confidence in (
        (_LIST_OUT, 0.8),
        (_NO, 0.5 if is_person else 0.7),
        (_BUT, 0.75),
        (_VERB_NOT, 0.75),
        (_NOT_WITH, 0.75),
    ):
        for found in page.find(phrase_):
            yield from _things(page, found.match, "other" if found["other"] else "list", confidence)
    for phrase_, things, confidence in (
        (_NOT_DONE, _THINGS, 0.75),
        (_LEFT, _LAST, 0.65),
        (_REFUSED, _THINGS, 0.75),
    ):
        for found in page.find(phrase_):
            # A colon ends a clause, and yet `ladders: nee` is one.
            before = found.preceding if found["no"] else found.before
            if named := things.search(before):
                shift = found.match.start() - len(before)
                yield from _things(page, named, "list", confidence, shift)


def denied_words(page: Page) -> frozenset[str]:
    """Return the words that a text denies: what a need says no to is not asked."""
    pieces = (found["list"] for found in page.find(_NO))
    return frozenset(word for piece in pieces for word in re.findall(r"[^\W\d_]+", piece))


def _things(
    page: Page, named: re.Match[str], group: str, confidence: float, shift: int = 0
) -> Iterator[Reading]:
    """Yield every thing of a list; `shift` is the place on the page where the match begins at 0."""
    start = shift + named.start(group)
    for piece in _PIECE.finditer(named[group]):
        words = _core(piece.group())
        if words:
            place = start + piece.start() + piece.group().rindex(words)
            yield _reading(page, place, place + len(words), confidence)


def _core(piece: str) -> str:
    """Return the words that name a thing, or nothing where it is no work."""
    words = piece.strip().removeprefix("geen ")
    while dropped := _DROPPED.match(f"{words} "):
        words = words[dropped.end() :]
    kept = words.split(" ")
    heads = {kept[-1], _PREPOSITION.split(words)[0].split(" ")[-1]}
    if not words or heads & _asides():
        return ""
    telling = [w for w in kept if len(w) >= _FEW_LETTERS and not dutch.is_generic(dutch.stem(w))]
    return words if telling else ""


def _reading(page: Page, start: int, end: int, confidence: float) -> Reading:
    first, last = page.span(start, end)
    words = page.quote(first, last)
    return Reading("excluded", Words(words.lower()), first, last, words, confidence)
