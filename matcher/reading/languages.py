"""Languages, and the level of Dutch."""

from collections.abc import Iterator

from matcher.reading.page import Found, Page
from matcher.reading.phrases import ahead, behind, one_of, phrase, words
from matcher.reading.scope import is_denied, is_free, is_nice, reading
from matcher.reading.values import Context, Language, Polarity, Reading

_WORDS = (
    ("nl", "nederlands nederlandse vlaams neerlandais dutch"),
    ("fr", "frans franse franstalig francais french"),
    ("en", "engels engelse anglais english"),
    ("de", "duits allemand german"),
    ("ar", "arabisch arabe arabic"),
    ("tr", "turks turc turkish"),
    ("es", "spaans espagnol spanish"),
    ("uk", "oekraiens ukrainien ukrainian"),
)
_NAMES = {word: code for code, listed in _WORDS for word in words(listed)}
_NAME = phrase(f"(?P<name>{one_of(' '.join(_NAMES))})")
_OR = "(of|en|/|,|and|or|et)"
_SHORT = phrase(rf"(?P<one>nl|fr) {_OR} (?P<two>nl|fr|en)( {_OR} (?P<three>nl|fr|en))?")
#: What people say of somebody's Dutch, by CEFR level; the higher ones tell most.
_LEVELS = (
    (
        "A1",
        """
        een mondje|beetje|een beetje|enkele woorden|een woordje|wat|weinig|nauwelijks|laag
        (zeer )?beperkt|a1|1\\.1|quelques mots|un peu de|a little|some
        """,
    ),
    (
        "A2",
        """
        basis|basiskennis|basisniveau|eenvoudig|elementair|beginselen|verstaanbaar|begrijpt
        a2|1\\.2|de base|basique|notions|basic
        """,
    ),
    (
        "B1",
        """
        goed|goede|goede kennis|redelijk|behoorlijk|degelijk|voldoende|conversatie
        b1|2\\.[1-4]|bon|bonne connaissance|courant|good
        """,
    ),
    (
        "B2",
        """
        vlot|vlotte|(zeer|heel) goede?|uitstekende?|perfecte?|vloeiend|foutloos|grondige|sterke?
        moeiteloos|prima|moedertaal|b2|c1|c2|3\\.[12]|couramment|maternelle|fluent
        """,
    ),
)
_OF_SAID = "( (kennis|niveau|gesproken|mondeling|van|het|en geschreven))*"
_SAYS = (
    "((:|\\(|spreken|lezen|kan|verstaan|nu|op|is|van|tot|minstens|minimaal|minimum|heeft|spreekt|"
    "als|een|niveau|level|niv) )*"
)


def _in_one(text: str) -> str:
    return f"({'|'.join(line.strip() for line in text.strip().splitlines())})"


_BEFORE = tuple((level, ahead(f"{_in_one(said)}{_OF_SAID}")) for level, said in _LEVELS)
_AFTER = tuple((level, behind(f"{_SAYS}{_in_one(said)}")) for level, said in _LEVELS)
_LEVEL = phrase(
    r"""
    (taalniveau|niveau|nt2|richtgraad|level) (: )?(?P<level>a1|a2|b1|b2|c1|1\.[12]|2\.[1-4])
    (?P<cefr>a1|a2|b1|b2) (- )?niveau
    """
)
_STAGES = {"1.1": "A1", "1.2": "A2", "2": "B1", "a1": "A1", "a2": "A2", "b1": "B1"}
_IMPERFECT = behind(
    r"""
    (\S+ )?(hoeft|moet|hoeven) (echt )?niet (zo )?(perfect|vlot|vloeiend|goed)
    (\S+ )?(mag|is) (nog )?(beperkt|gebrekkig)|niet perfect|need not be perfect
    """
)
#: A language on paper or of a place is nobody's: `een Frans bedrijf`, `Nederlandse les`.
_NOT_SPOKEN_AFTER = behind(
    """
    les|lessen|taallessen|cursus|oefenen|leren|bedrijf|firma|klant|kaas|wijn|markt|keuken|grens
    school|brood|frieten|tekst|boeken|balkon|merk|nationaliteit|op de werkvloer elke
    """
)
_NOT_SPOKEN = ahead(
    "les|lessen|cursus|oefenen|leren|vertalen|vertaling|vertaald|lesgeven|bijles", gap=2
)


def read(page: Page, context: Context) -> Iterator[Reading]:
    """Yield languages one by one, Dutch with its level where the text gives one."""
    for found in page.find(_NAME):
        yield from _named(found)
    for found in page.find(_SHORT):
        codes = frozenset(filter(None, (found["one"], found["two"], found["three"])))
        if len(codes) > 1:
            yield reading(found, "language", Language(codes), 0.7)
    for found in page.find(_LEVEL):
        if "nederlands" not in found.sentence:
            said = found["level"] or found["cefr"]
            level = _STAGES.get(said) or _STAGES.get(said[0], "B2")
            yield reading(found, "language", Language(frozenset({"nl"}), level), 0.65)


def _named(found: Found) -> Iterator[Reading]:
    code = _NAMES[found["name"]]
    before, after = found.before, found.following
    if _NOT_SPOKEN_AFTER.search(after) or _NOT_SPOKEN.search(before):
        return
    if code == "nl" and _IMPERFECT.search(after):
        yield reading(found, "language", Language(frozenset({"nl"}), "A2"), 0.7)
    elif not (is_free(found) or is_denied(found)):
        level = _level(before, after) if code == "nl" else None
        meant = Polarity.NICE if is_nice(found) else Polarity.PLAIN
        language = Language(frozenset({code}), level)
        yield reading(found, "language", language, 0.85 if level else 0.65, meant)


def _level(before: str, after: str) -> str | None:
    """Return the level in the words next to the language, those after it first."""
    for patterns, text in ((_AFTER, after), (_BEFORE, before)):
        for level, pattern in reversed(patterns):
            if pattern.search(text):
                return level
    return None
