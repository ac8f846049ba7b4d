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
    """Return a word in lower case without accents; `foto's` gives `foto`, `'t` gives `t`."""
    head = raw.replace("’", "'").split("'")
    kept = head[0] if len(head[0]) > 1 or len(head) == 1 else head[-1]
    decomposed = unicodedata.normalize("NFD", kept[:MAX_WORD].lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """Return the words of a text that hold a letter, in order."""
    return [
        Token(normal_form(match.group()), match.start(), match.end())
        for match in _WORD.finditer(text, 0, MAX_CHARACTERS)
        if _LETTER.search(match.group())
    ]


def words(text: str) -> list[str]:
    """Return the normal forms of the words of a text, in order."""
    return [normal_form(raw) for raw in _WORD.findall(text[:MAX_CHARACTERS]) if _LETTER.search(raw)]
