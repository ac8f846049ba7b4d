"""Dutch words: how common they are, their stems, their parts and their other names.

The word list (`data/nl_words.txt.gz`) is a fixed background made by `matcher.build_frequencies`, so
that a word weighs the same whatever offers happen to be in the region.
"""

import gzip
import math
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
_local = threading.local()


def _read(name: str) -> list[str]:
    data = (files("matcher") / "data" / name).read_bytes()
    text = gzip.decompress(data) if name.endswith(".gz") else data
    return text.decode("utf-8").splitlines()


@cache
def frequencies() -> dict[str, float]:
    """Return the Zipf value (log10 per billion) of every listed word, in normal form."""
    zipf: dict[str, float] = {}
    for line in _read("nl_words.txt.gz"):
        value, *listed = line.split(" ")
        for word in listed:
            zipf[word] = float(value)
    return zipf


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a word in normal form, diminutives first undone."""
    # One stemmer per thread: PyStemmer keeps its working memory in the object.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("dutch")
    stemmed: str = _local.stemmer.stemWord(_without_diminutive(word))
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
    for line in _read("thesaurus.txt"):
        if line and not line.startswith("#"):
            name, _, members = line.partition(":")
            for word in (name, *members.split()):
                concepts[stem(normal_form(word.strip()))] = f"={name.strip()}"
    return concepts


@cache
def _generic() -> frozenset[str]:
    listed = (line for line in _read("generic.txt") if not line.startswith("#"))
    return frozenset(stem(normal_form(word)) for line in listed for word in line.split())


def concept(stemmed: str) -> str | None:
    """Return the thesaurus name shared by words that mean the same (`kuis`, `poets`), or None."""
    return _concepts().get(stemmed)


@cache
def _term_chances() -> dict[str, float]:
    chances: dict[str, float] = {}
    for word, zipf in frequencies().items():
        stemmed = stem(word)
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
