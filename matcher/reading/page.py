"""A text made ready to be read: one shape for every character, number and mistyped word.

`Page.text` is the text as tokens with one space around each: lower case without accents, numbers
as digits (`acht`, `2 000`, `2,5` become `8`, `2000`, `2.5`), clock times as `t7.5`, the end of a
line as `|`, and as `§` what is never a fact of the work. So that a phrase of a reader stays short,
and its place in the text is still known.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from matcher.reading.phrases import ANY_NUMBER, Phrase
from matcher.reading.signs import tokens_of, without_uncounted
from matcher.tokens import MAX_CHARACTERS

#: Words this far from a phrase do not tell how it is meant.
_FAR = 240
_NUMBER = re.compile(r" [t~]?\d")
_STOPS = re.compile(r"(?<= )[.!?;|](?= )")
_CLAUSES = re.compile(
    r"(?<= )(?:[,()/•*+-]|:(?! (?:neen?|niet|nooit|ja|oke?) )|maar|doch|echter|tenzij|behalve|wel|"
    r"but|mais)(?= )"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found on a page, with the rest of its clause and its sentence around it."""

    page: "Page"
    match: re.Match[str]

    def __getitem__(self, name: str) -> str:
        """Return a named part of the phrase; empty when it is left out, or not part of it."""
        return (self.match[name] or "") if name in self.match.re.groupindex else ""

    def number(self, name: str) -> float | None:
        """Return a named part as a number, or None when it is left out."""
        text = self[name]
        return float(text.lstrip("~")) if text else None

    @property
    def before(self) -> str:
        """Return the clause up to the phrase."""
        return self._up_to(self.page.clauses)

    @property
    def after(self) -> str:
        """Return the clause after the phrase."""
        return self._beyond(self.page.clauses)

    @property
    def preceding(self) -> str:
        """Return the sentence up to the phrase."""
        return self._up_to(self.page.sentences)

    @property
    def following(self) -> str:
        """Return the sentence after the phrase."""
        return self._beyond(self.page.sentences)

    @property
    def sentence(self) -> str:
        """Return the sentence around the phrase."""
        return f"{self.preceding}{self.match.group()}{self.following}"

    def _up_to(self, cuts: "Cuts") -> str:
        place = self.match.start()
        start, _ = cuts.around(*self.match.span())
        return self.page.text[max(start, place - _FAR) : place]

    def _beyond(self, cuts: "Cuts") -> str:
        place = self.match.end()
        _, end = cuts.around(*self.match.span())
        return self.page.text[place : min(end, place + _FAR)]


class Cuts:
    """Where a text is cut into sentences or clauses; what cuts belongs to neither side."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str, *patterns: re.Pattern[str]) -> None:
        found = sorted(m.span() for pattern in patterns for m in pattern.finditer(text))
        self._starts: list[int] = [*(start for start, _ in found), len(text)]
        self._ends: list[int] = [0, *(end for _, end in found)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the piece around a part of the text."""
        first = self._ends[bisect_right(self._ends, start) - 1]
        return first, self._starts[min(bisect_left(self._starts, end), len(self._starts) - 1)]


class Page:
    """A text as a reader sees it; `words` are its distinct tokens, and `#` if it holds a digit."""

    __slots__ = ("_raw", "_starts", "_tokens", "clauses", "sentences", "text", "words")

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._tokens = [*tokens_of(raw[:MAX_CHARACTERS])]
        shapes = [shape for shape, _, _ in self._tokens]
        lengths = (len(shape) + 1 for shape in shapes)
        self._starts = [*accumulate(lengths, initial=1)][:-1]
        text = f" {' '.join(shapes)} "
        self.words = frozenset(text.split())
        if _NUMBER.search(text):
            text = without_uncounted(text)
            self.words |= {ANY_NUMBER}
        self.text = text
        self.sentences = Cuts(text, _STOPS)
        self.clauses = Cuts(text, _STOPS, _CLAUSES)

    def find(self, phrase: Phrase) -> Iterator[Found]:
        """Yield where a phrase stands, from left to right."""
        if not phrase.on.isdisjoint(self.words):
            for match in phrase.pattern.finditer(self.text):
                yield Found(self, match)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the raw text behind a part of `text`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, max(start, end - 1)) - 1)
        return self._tokens[first][1], self._tokens[last][2]

    def quote(self, start: int, end: int) -> str:
        """Return raw characters as one line."""
        return " ".join(self._raw[start:end].split())
