"""Persons: how many are wanted, or can come."""

import re
from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import ABOUT, TO, N, ahead, around, behind, one_of, phrase, words
from matcher.reading.scope import reading
from matcher.reading.values import Context, People, Reading
from matcher.vocabulary import NeedKind, OfferKind

#: More people than this are a firm, a public or a feast, not a team.
_MOST = 60

_TEAM = one_of(
    "ploeg ploegje ploegske ploegen team teams equipe bende groep groepje enclave enclaveploeg "
    "enclaveteam kern groupe brigade crew"
)
_PEOPLE = one_of(
    "man mannen mensen personen persoon koppen handen werkkrachten krachten arbeiders arbeidsters "
    "arbeidskrachten helpers medewerkers medewerksters medewerker werknemers doelgroepmedewerkers "
    "doelgroepwerknemers maatwerkers kandidaten vte fte voltijdsen enclavemedewerkers vrouwen "
    "operatoren werkposten arbeidsplaatsen personnes ouvriers travailleurs collaborateurs people "
    "workers persons staff packers"
)
#: Words that end as those who do something, and are things, a public or who leads a team.
_NO_DOERS = one_of(
    "meters kilometers centimeters liters computers containers klinkers eters jongeren kinderen "
    "emmers kamers vensters letters nummers ouders eigenaars huurders inwoners bewoners bezoekers "
    "deelnemers gebruikers burgers dossiers printers lockers scooters kleuters partners stickers "
    "posters folders blisters bekers lagers filters toners koffers rollers papers banners ordners "
    "zolders kelders ladders borders sporters spelers wandelaars fietsers reizigers passagiers "
    "trailers rolcontainers bladeren vloeren muren deuren uren keren jaren monitoren ploegleiders"
)
_DOERS = (
    rf"(?!({_NO_DOERS}|[a-z]*begeleiders) )[a-z]{{3,}}(pakkers|plukkers|poetsers|kuisers|werkers|"
    "dragers|ruimers|ters|ders|niers|makers|zagers|sters|pers|zers|kers|euses|eurs|iers)"
)
_KINDS = (
    "((extra|vaste|tijdelijke|bijkomende|goede|voltijdse|deeltijdse|halftijdse|sterke|flinke|"
    "gemotiveerde|vlotte|ervaren|handige|paar|nieuwe|full - time) )*"
)
_WHO = f"{_KINDS}({_PEOPLE}|{_DOERS})"
_LEAST = "(minimum|minstens|min|ten minste|tenminste|vanaf|at least|au moins|minimaal|zeker)"
_MOST_OF = "(maximum|hoogstens|max|ten hoogste|maximaal|at most|au maximum|tot)"
_OF = "(van |with |of |de |d ' |: |met )?"

_BOTH = phrase(
    rf"""
    ({_LEAST} )?(?P<low>{N})( {_WHO})? ({TO}|en) ({_MOST_OF} )?(?P<high>{N}) {_WHO}
    """
)
_TEAM_BOTH = phrase(rf"{_TEAM} {_OF}{ABOUT}(?P<low>{N}) {TO} (?P<high>{N})")
_TEAM_OF = phrase(
    rf"""
    ((?P<teams>{N}) )?{_TEAM} {_OF}{ABOUT}(?P<low>{N})(?!
        (u|uur|dagen|weken|maanden|keer|jaar|kg|km|m|m2|stuks|-|a) )
    """
)
_LEAST_WHO = phrase(rf"{_LEAST} {ABOUT}(?P<low>{N}) {_WHO}")
_MOST_WHO = phrase(rf"{_MOST_OF} {ABOUT}(?P<high>{N}) {_WHO}")
_PLAIN = phrase(rf"{ABOUT}(?P<low>{N}) (de |d ' )?{_WHO}")
_TEN = phrase("(about |around )?ten (people|workers|persons|packers)")
_OR_SO = phrase(rf"(man|mens) of (?P<low>{N})")
_HEADED = phrase(rf"(?P<low>\d+) koppig {_TEAM}")
_PLACES = phrase(rf"{ABOUT}(?P<low>\d+) ([a-z]+ )?(plaatsen|werkplekken|plekken|vacatures)")
_PAIR = phrase(
    """
    (een |in )?(?P<word>duo|tweetal|trio)
    met (zijn|zen|z'n|hun) (?P<all>tweeen|drieen|vieren|vijven|zessen|zevenen|achten)
    """
)
_COUNTS = {"duo": 2, "tweetal": 2, "trio": 3} | {
    word: n
    for n, word in enumerate(words("tweeen drieen vieren vijven zessen zevenen achten"), start=2)
}

#: Who is counted here eats, lives, visits or is employed: nobody to send or to receive.
_OTHERS = around(
    r"""
    telt|tellen|tewerkstel\w*|tewerk|personeel|kmo|stelt|stellen|in dienst|zaal|feest|maaltijd\w*
    eten|eters|lunch|buffet|tafels?|restaurant|inwoners|bezoekers|klanten|leerlingen|bewoners
    (bedrijf|firma|organisatie) (van|met)|familiebedrijf|per|bekend|samen met|plaats bieden
    zitplaatsen|voertuigen|gezinnen|kent|kennen|wonen|woont|verblijven|zijn een \S+ met|zijn met
    """
)
_COUNTED = around("telt|tellen|tewerk|kent|kennen")
_SEEKS = around(
    r"""
    zoek\w*|gezocht|nodig|gevraagd|tekort|te kort|willen|graag|kunnen|moeten|versterking|extra
    hulp|need\w*|looking|cherch\w*|faut|besoin|enclave|begeleid\w*|ploeg\w*|team|starten
    """
)
_WANTED = around(r"zoek\w*|gezocht|gevraagd|nodig|vacatures?|plaatsen|cherch\w*|look\w*|need\w*")
_FOR = ahead("voor|pour|for", gap=1)
_WORK_FOR = around(r"(werk|job|jobs|genoeg|travail|work)\w* (voor|pour|for)")
_PLACE_FOR = around(r"(plaats|plek|ruimte)\w* (voor|pour|for)")
_AGED = behind(r"(van|tussen|jonger|ouder) (de )?\d+")
_STAFF = re.compile(r"(?:^| )(?:werknemers|medewerkers)$")
_SHIFTS = ((6, 14), (5, 13), (14, 22))
#: Kinds that are about a team; in the others a team is where somebody comes to work.
_OF_TEAMS = (NeedKind.ENCLAVE, NeedKind.SERVICE, OfferKind.ENCLAVE_TEAM, OfferKind.SERVICE)
_OF_PLACES = (NeedKind.ENCLAVE, NeedKind.VACANCY, OfferKind.WORKPLACE)
_OF_ONE = (NeedKind.PLACEMENT, OfferKind.PROFILE)
_TEAM_PHRASES = ((_TEAM_BOTH, 0.9), (_HEADED, 0.9), (_TEAM_OF, 0.85))
_PEOPLE_PHRASES = (
    (_BOTH, 0.9),
    (_LEAST_WHO, 0.85),
    (_MOST_WHO, 0.85),
    (_PLAIN, 0.8),
    (_OR_SO, 0.8),
)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield the numbers of people in a text."""
    if context.kind in _OF_ONE:
        return
    teams = context.kind in _OF_TEAMS
    for phrase_, confidence in (*(_TEAM_PHRASES if teams else ()), *_PEOPLE_PHRASES):
        for found in page.find(phrase_):
            yield from _counted(found, context, confidence)
    if context.kind in _OF_PLACES:
        for found in page.find(_PLACES):
            yield from _counted(found, context, 0.75)
    for found in page.find(_TEN):
        yield reading(found, "people", People(10, 10), 0.8)
    for found in page.find(_PAIR) if teams else ():
        count = _COUNTS[found["word"] or found["all"]]
        yield reading(found, "people", People(count, count), 0.7)


def _counted(found: Found, context: Context, confidence: float) -> Iterator[Reading]:
    parts = found.match.groupdict()
    low, high = found.number("low"), found.number("high")
    if "high" not in parts and not re.match(rf"{_LEAST} ", found.match.group()):
        high = low
    # `Vanaf 12 personen` of a caterer is an order, no team.
    if context.kind is OfferKind.SERVICE and (low is None or high is None):
        return
    if parts.get("teams") or not _may_be_team(low, high) or _is_public(found, context):
        return
    sought = context.is_offer or _SEEKS.search(found.sentence)
    people = People(_whole(low), _whole(high))
    yield reading(found, "people", people, confidence if sought else confidence - 0.15)


def _whole(number: float | None) -> int | None:
    return None if number is None else max(1, round(number))


def _may_be_team(low: float | None, high: float | None) -> bool:
    most = max(low or 0, high or 0)
    in_order = not (low and high and low > high)
    return 1 < most <= _MOST and in_order and (low, high) not in _SHIFTS


def _is_public(found: Found, context: Context) -> bool:
    """Tell whether these people are the staff, the customers or the guests of somebody."""
    before, after, text = found.before, found.after, found.match.group()
    around_it = f"{before}{text}{after}"
    # There is `plaats voor 6 mensen` at a line, and in a restaurant.
    work = _WORK_FOR.search(before) or (
        context.kind is not NeedKind.SERVICE and _PLACE_FOR.search(before)
    )
    if _FOR.search(before) and not work:
        return True
    if context.kind is NeedKind.VACANCY and not _WANTED.search(around_it):
        return True
    if _AGED.search(after):
        return True
    if _OTHERS.search(f"{before}{after}"):
        return not _SEEKS.search(before) or bool(_COUNTED.search(around_it))
    return bool(_STAFF.search(text)) and not (context.is_offer or _SEEKS.search(found.sentence))
