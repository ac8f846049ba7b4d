"""Dutch words: how common they are, their stems, their parts and their other names.

The word list (`data/nl_words.txt.gz`) is a fixed background made by `matcher.build_frequencies`, so
that a word weighs the same whatever offers happen to be in the region.
"""

import gzip
import math
import re
import threading
from functools import cache, lru_cache
from importlib.resources import files

import Stemmer  # type: ignore[import-not-found]  # PyStemmer ships no types

from matcher.tokens import normal_form

#: Words at least this common (Zipf scale: 3 is once in a million) are never cut into parts.
COMMON_WORD = 3.6
#: A part of a compound is at least this common, and has at least this many letters.
COMMON_PART = 2.8
SHORTEST_PART = 4
#: Typed words at least this common are taken as meant, not as typing errors.
CORRECT_WORD = 2.6

_LINKS = ("", "s", "e", "en", "n")
_LINK_COST = 0.5
#: Endings that are also words: cutting there tears a derivation, not a compound.
_NO_PARTS = frozenset(
    [
        "aten",
        "baar",
        "eert",
        "ende",
        "eren",
        "heid",
        "ings",
        "isch",
        "isme",
        "iste",
        "iten",
        "kers",
        "lijk",
        "loos",
        "ment",
        "schap",
        "stem",
        "sten",
        "ster",
        "teit",
        "tent",
        "ters",
        "tick",
        "ties",
        "tige",
        "ting",
        "zaam",
    ]
)
_DIMINUTIVES = [
    "ettekes",
    "etjes",
    "etje",
    "ekes",
    "eke",
    "skes",
    "ske",
    "tjes",
    "tje",
    "pjes",
    "pje",
    "jes",
    "je",
    "kes",
    "ke",
]
#: Words that Snowball brings to the stem of another word.
_OWN_STEM = {"parking": "parking", "parkings": "parking", "gesloten": "gesloten"}
#: A stem this common (Zipf scale) swallows only words less than this much rarer.
_EVERYDAY, _RARER = 5.3, 0.8
_VERB_FORM = re.compile(
    "(?:(be|her|ont|ver|aan|af|bij|dicht|in|leeg|na|om|op|over|schoon|toe|uit|vol|weg)??(ge)?"
    "([a-z]{3,}))([dt])$"
)
_LONG_VOWEL = re.compile(r"([aeou])\1([b-df-hj-np-tv-z])$")
_VOICED = {"f": "v", "s": "z"}
#: Verbs that begin so double their consonant as participles do: `herstelt`, `herstellen`.
_FIXED_PREFIXES = ("be", "her", "ont", "ver")
#: How common an infinitive is at least, alone and beside its form (Zipf scale).
_LEAST_VERB, _LESS_THAN_FORM, _MORE_THAN_NOUN = 2.4, 0.3, 0.7
_local = threading.local()


def lines_of(name: str) -> list[str]:
    """Return the lines of a file of `matcher/data`, without comments and empty ones."""
    data = (files("matcher") / "data" / name).read_bytes()
    text = gzip.decompress(data) if name.endswith(".gz") else data
    return [line for line in text.decode("utf-8").splitlines() if line and line[0] != "#"]


@cache
def frequencies() -> dict[str, float]:
    """Return the Zipf value (log10 per billion) of every listed word, in normal form."""
    zipf: dict[str, float] = {}
    for line in lines_of("nl_words.txt.gz"):
        value, *listed = line.split(" ")
        for word in listed:
            zipf[word] = float(value)
    return zipf


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a word in normal form, diminutives and verb forms undone.

    A longer, rarer word is left whole where its stem is one of the commonest words: `wasserij` is
    no `was`, nor `netheid` a `net`.
    """
    base = _infinitive(_without_diminutive(word))
    if base in _OWN_STEM:
        return _OWN_STEM[base]
    # One stemmer per thread: PyStemmer keeps its working memory in the object.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("dutch")
    stemmed: str = _local.stemmer.stemWord(base)
    common = frequencies().get(stemmed, 0.0)
    rarer = common - frequencies().get(base, 0.0)
    if common >= _EVERYDAY and rarer >= _RARER and len(base) >= len(stemmed) + 3:
        return base
    return stemmed


def _without_diminutive(word: str) -> str:
    """Return the word that a diminutive is made of, when that is at least as common."""
    for ending in _DIMINUTIVES:
        base = word.removesuffix(ending)
        if base == word or len(base) < 3:
            continue
        doubled = base[:-1] if len(base) > 3 and base[-1] == base[-2] else base
        for candidate in (base, doubled):
            if frequencies().get(candidate, 0.0) >= max(3.0, frequencies().get(word, 0.0)):
                return candidate
    return word


def _infinitive(word: str) -> str:
    """Return the infinitive of a third person or past participle (`scheert`, `gesnoeid`).

    Snowball leaves these apart from `scheren` and `snoeien`. A candidate counts only when it is a
    listed word, at least about as common as the form: so `markt` stays a market.
    """
    form = _VERB_FORM.match(word)
    if form is None:
        return word
    prefix, participle, base, ending = form.groups()
    if participle is None and ending == "d" and not prefix:
        return word
    sure = participle is not None or word.startswith(_FIXED_PREFIXES)
    zipf = frequencies().get(word, 0.0)
    best, most = word, _LEAST_VERB
    for verb, doubled in _verbs_of(base):
        candidate = (prefix or "") + verb
        # A doubled consonant may be another word altogether: `lint` is no form of `linnen`.
        bar = zipf + _MORE_THAN_NOUN if doubled and not sure else zipf - _LESS_THAN_FORM
        if (found := frequencies().get(candidate, 0.0)) >= max(most, bar):
            best, most = candidate, found
    return best


def _verbs_of(base: str) -> list[tuple[str, bool]]:
    """Return the infinitives of a verb's base by the spelling rules, and whether one doubles."""
    single = _LONG_VOWEL.sub(r"\1\2", base)
    found = [(f"{base}en", False), (f"{single}en", False)]
    if single[-1] in _VOICED:
        found.append((f"{single[:-1]}{_VOICED[single[-1]]}en", False))
    if single == base:
        found.append((f"{base}{base[-1]}en", True))
    return found


@lru_cache(maxsize=200_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the parts of a compound (`groenonderhoud`: `groen`, `onderhoud`), else nothing.

    The cheapest cut wins: each part costs 9 minus its Zipf value, a linking letter a little.
    """
    if len(word) < 2 * SHORTEST_PART or frequencies().get(word, 0.0) >= COMMON_WORD:
        return ()
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for start in range(len(word) - SHORTEST_PART + 1):
        if start not in best:
            continue
        cost, found = best[start]
        for end in range(start + SHORTEST_PART, len(word) + 1):
            step = _part(word[start:end], last=end == len(word))
            if step is None or end - start == len(word):
                continue
            total = cost + step[0]
            if end not in best or total < best[end][0]:
                best[end] = (total, (*found, step[1]))
    return best[len(word)][1] if len(word) in best else ()


@lru_cache(maxsize=200_000)
def _part(piece: str, *, last: bool) -> tuple[float, str] | None:
    cheapest: tuple[float, str] | None = None
    for link in ("",) if last else _LINKS:
        core = piece.removesuffix(link) if link else piece
        if link and core == piece:
            continue
        zipf = frequencies().get(core, 0.0)
        if len(core) < SHORTEST_PART or zipf < COMMON_PART or core in _NO_PARTS:
            continue
        cost = 9.0 - zipf + (_LINK_COST if link else 0.0)
        if cheapest is None or cost < cheapest[0]:
            cheapest = (cost, core)
    return cheapest


@cache
def _concepts() -> dict[str, str]:
    concepts: dict[str, str] = {}
    for line in lines_of("thesaurus.txt"):
        name, _, members = line.partition(":")
        for word in (name, *members.split()):
            concepts[stem(normal_form(word))] = f"={name}"
    return concepts


@cache
def _generic() -> frozenset[str]:
    listed = (word for line in lines_of("generic.txt") for word in line.split())
    return frozenset(stem(normal_form(word)) for word in listed)


def concept(stemmed: str) -> str | None:
    """Return the thesaurus name shared by words that mean the same (`kuis`, `poets`), or None."""
    return _concepts().get(stemmed)


@cache
def _term_chances() -> dict[str, float]:
    from matcher.stems import listed_stems

    chances: dict[str, float] = {}
    for stemmed, zipf in zip(listed_stems(), frequencies().values(), strict=True):
        name = concept(stemmed) or stemmed
        chances[name] = chances.get(name, 0.0) + 10**zipf
    return chances


def term_zipf(term: str) -> float:
    """Return how common a stem or a thesaurus name is, all its words together (Zipf scale)."""
    chance = _term_chances().get(term)
    return 0.0 if chance is None else math.log10(chance)


def is_generic(stemmed: str) -> bool:
    """Tell whether a stem belongs to every need and offer (`zoek`, `ploeg`), whatever the task."""
    return stemmed in _generic()


@lru_cache(maxsize=200_000)
def terms(word: str) -> tuple[str, ...]:
    """Return the stems that a word stands for: itself, its parts, and what they are also called."""
    whole = stem(word)
    stems = dict.fromkeys([whole, *(stem(part) for part in parts(word))])
    names = [name for name in map(concept, stems) if name is not None]
    return (*stems, *dict.fromkeys(names))
