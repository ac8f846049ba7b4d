"""Free text as words with their places: the one reader of what people type.

Only the first `MAX_CHARACTERS` characters of a text and the first `MAX_WORD` letters of a word are
analysed, so that a text of a megabyte costs no more than a page. Whatever is no letter or digit
(control characters, lone surrogates, emoji, markup) only separates words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARACTERS = 20_000
MAX_WORD = 40

_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*(?:['’][^\W_]+)?")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its normal form (lower case, no accents) and its character span."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def normal_form(raw: str) -> str:
    """Return a word in lower case without accents, or nothing when it holds no letter.

    What follows an apostrophe is left out (`foto's` gives `foto`), unless one letter stands
    before it (`d'office` gives `office`).
    """
    head = raw.replace("’", "'").split("'")
    kept = head[0] if len(head[0]) > 1 or len(head) == 1 else head[-1]
    if not _LETTER.search(kept):
        return ""
    decomposed = unicodedata.normalize("NFD", kept[:MAX_WORD].lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text that hold a letter, in order."""
    return _tokens(text[:MAX_CHARACTERS])


# Whoever explains a pair looks at its texts several times.
@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(word, match.start(), match.end())
        for match in _WORD.finditer(text)
        if (word := normal_form(match.group()))
    )


def typed_words(text: str) -> list[str]:
    """Return the words of a text as typed, in order, those without a letter included."""
    found: list[str] = _WORD.findall(text, 0, MAX_CHARACTERS)
    return found


def words(text: str) -> list[str]:
    """Return the normal forms of the words of a text, in order."""
    return [word for raw in typed_words(text) if (word := normal_form(raw))]
