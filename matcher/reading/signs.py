"""The signs of a text: every character as a plain one of the same place, then tokens.

What is never a fact of the work becomes `§`: addresses, account and telephone numbers, money.
"""

import re
import unicodedata
from collections.abc import Iterator

from matcher.reading.phrases import words
from matcher.reading.shapes import shape

_COMBINING = re.compile("[\u0300-\u036f]")
#: A token: what is commonest comes first.
_TOKEN = re.compile(
    r"[a-z]{2,}(?:'[a-z]+)*|[,.]|\n|"
    r"(?<![\d.,])[1-9]\d{0,2}(?:[ .]\d{3})+(?![\d])(?:,\d+)?|"
    r"\d{1,2}[uh:]\d{2}(?!\d)|"
    r"\d+(?:[.,]\d+)?|"
    r"[a-z]\d+(?![^\W_])|'[st](?![^\W_])|[^\W\d_]+(?:'[^\W\d_]+)*|§+|[^\s\w]"
)
#: What is no fact of the work, by a sign of it: mail and web addresses, and the numbers of an
#: account, an enterprise and a telephone.
_NOISE = (
    ("@", re.compile(r"(?<!\S)\S+@\S+")),
    ("http", re.compile(r"https?://\S+")),
    ("www.", re.compile(r"www\.\S+")),
    (
        "0",
        re.compile(
            r"\b[a-z]{2}\d{2}(?: ?\d{4}){3,4}\b|\b(?:be ?)?[01]\d{3}[. ]\d{3}[. ]\d{3}\b|"
            r"(?<![\d.,])(?:0032[\d ./()-]{7,16}\d|0(?:[ ./-]{0,2}\d){8,9}\b)"
        ),
    ),
    ("+32", re.compile(r"\+32[\d ./()-]{7,16}\d")),
)
#: Numbers that count nothing: money, joint committees, articles, roads, houses, shares, years.
_UNCOUNTED = re.compile(
    r"(?<= )(?:(?:€|eur|euro) \d[\d.]*|\d[\d.]* (?:€|euros?|eur|cent|%|procent|pct)|"
    r"(?:pc|paritair comite|psc|art|artikel|kb|btw|niveau|barema|fase|lijn|bus|poort|hal|lokaal|"
    r"kamer|nr|nummer|lot|perceel|wet van|dossier) \d[\d.]*|[en]\d{1,3}|"
    r"[a-z]+(?:straat|laan|plein|steenweg|dreef|baan|kaai|weg|lei|singel|markt|park) \d+|"
    r"(?:sinds|sedert|in|van|anno|eind|begin|voorjaar|najaar) (?:19|20)\d\d|[1-9]\d{3} [a-z-]+ §|"
    r"\d+ (?:jaar|jaren) (?:ervaring|geleden|oud|jong)|leeftijd van \d+)(?= )"
)
_ABBREVIATIONS = frozenset(
    words("ca max min bv incl excl tel art nr enz evt resp ong ongev gem vgl dhr mevr st std")
)
_POINT, _LINE = ".", "\n"
#: A line this long was broken by a mail program, a shorter one by its writer.
_FULL_LINE = 55


class _Plain(dict[int, str]):
    """Each character as one plain character of the same place."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFKD", char)
        letters = [c for c in base if not unicodedata.combining(c)]
        if len(letters) == 1 and letters[0].isalnum():
            char = letters[0]
        plain = char.lower()[:1] if char.isalnum() else " "
        self[code] = plain
        return plain


_PLAIN = _Plain({ord(sign): sign for sign in "\n!\"#$%&'()*+,-./0123456789:;<=>?@[]^_{}~§€"})
for _signs, _sign in (
    ("’‘`´ʼ", "'"),
    ("–—−‑‐―", "-"),
    ("•·●▪◦✓✔➢►", "•"),
    ("…", "."),
    ("|\u2028\u2029\x0b\x0c", "\n"),
):
    _PLAIN.update(dict.fromkeys(map(ord, _signs), _sign))


#: A token in its shape, and the characters of the raw text that it stands for: start, end.
Token = tuple[str, int, int]


def tokens_of(raw: str) -> Iterator[Token]:
    """Yield the tokens of a text that say something, from left to right."""
    plain, places = _plain(raw)
    before, line = "", 0
    for match in _TOKEN.finditer(plain):
        sign = match.group()
        first, last = match.span()
        start, end = (first, last) if places is None else (places[first], places[last - 1] + 1)
        if sign == _POINT and _is_abbreviation(before):
            continue
        if sign == _LINE:
            is_full, line = first - line >= _FULL_LINE, last
            if is_full and raw[end : end + 1].islower():
                continue
        yield shape(sign), start, end
        before = sign


def _plain(raw: str) -> tuple[str, list[int] | None]:
    """Return the plain characters, with the place of each in `raw` unless it is the same."""
    places = None
    if _COMBINING.search(raw):
        places = [n for n, char in enumerate(raw) if not _COMBINING.match(char)]
        raw = "".join(raw[n] for n in places)
    plain = raw.translate(_PLAIN)
    for sign, pattern in _NOISE:
        if sign in plain:
            plain = pattern.sub(_mask, plain)
    return plain, places


def _is_abbreviation(word: str) -> bool:
    """Tell whether a point after a word ends no sentence."""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def without_uncounted(text: str) -> str:
    """Return the text of a page with `§` over its numbers that count nothing."""
    return _UNCOUNTED.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    return "§" * len(found.group())
