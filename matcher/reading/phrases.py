"""Phrases: the small patterns of the readers, over the tokens of a page.

A phrase is a regular expression with its alternatives on lines of their own, or after a `|`;
`(a|b)` never captures, and a line that is indented deeper goes on with the line above:

    (geen|zonder) (ladders|stellingen)
    (werk|werken) op (grote )?hoogte
    (attest|brevet) (van |voor )?
        (heftruck|reachtruck)

It matches whole tokens of `Page.text`, and is only tried on a page that holds a word of it.
"""

import re
import textwrap
from dataclasses import dataclass
from functools import cache

#: A number in digits; `~` stands before a rough one.
N = r"~?\d+(\.\d+)?"
#: What joins two ends of a span.
TO = "(a|tot|tot en met|t / m|tem|of|en|-|to|or|ou|jusqu'a)"
#: Words before a number that make it rough, and say nothing else.
ABOUT = (
    "((een|zo ' n|zo'n|ongeveer|circa|ca|ong|plusminus|zowat|een stuk of|rond de|de|about|around|"
    "environ|une|om en bij|een goede|een kleine|pakweg) )*"
)
#: One word, or up to so many, of the same sentence: any at all.
WORD = r"[^\s.;:!?|]+"
UP_TO_1, UP_TO_2, UP_TO_3, UP_TO_4 = (rf"({WORD} ){{0,{most}}}?" for most in (1, 2, 3, 4))
#: Any number at all, among the words that a page holds.
ANY_NUMBER = "#"

_OPENING = re.compile(r"(?<!\\)\((?!\?)")
_NAME = re.compile(r"\(\?P<\w+>|\(\?:|\(")
_LITERAL = re.compile(r"[a-z0-9'&]+|:")
_OPTIONAL = re.compile(r"[?*]|\{0,\d+\}\??")
#: A line that ends so has its space already: an open group, or one that may lack.
_OPEN_END = re.compile(r"[|(]$| \)(?:[?*]|\{\d,\d\}\??)$")
_LOOKS = ("(?!", "(?=", "(?<!", "(?<=")
#: Words so common that a page nearly always holds them.
_COMMON = frozenset(
    (
        f"{ANY_NUMBER} a aan als bij de een en geen het in is je met niet of om ook op te ter tot "
        "u van voor we wij zijn"
    ).split()
)
_phrases: list["Phrase"] = []


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern, and the words of which a page must hold one before it is tried."""

    pattern: re.Pattern[str]
    on: frozenset[str]


def phrase(text: str) -> Phrase:
    """Make a phrase of its alternatives; raise `ValueError` for one without a word of its own."""
    alternatives = _alternatives(text)
    words = [_telling_words(alternative) for alternative in alternatives]
    if not all(words):
        raise ValueError(f"no word to look for in {alternatives[words.index(frozenset())]!r}")
    pattern = _plain("|".join(alternatives))
    made = Phrase(re.compile(rf"(?<= )(?:{pattern})(?= )"), frozenset().union(*words))
    _phrases.append(made)
    return made


def one_of(words: str) -> str:
    """Return a pattern for one of the words listed in a text, the longest first."""
    return f"({'|'.join(sorted(words.split(), key=len, reverse=True))})"


def words(text: str) -> list[str]:
    """Return the words listed in a text."""
    return text.split()


def around(text: str) -> re.Pattern[str]:
    """Return a pattern for alternatives anywhere in a piece of `Page.text`."""
    return re.compile(rf" (?:{_plain('|'.join(_alternatives(text)))})(?= )")


def ahead(text: str, gap: int = 0) -> re.Pattern[str]:
    """Return a pattern for alternatives at the end of what stands before a phrase."""
    return re.compile(rf" (?:{_plain('|'.join(_alternatives(text)))}) (?:\S+ ){{0,{gap}}}$")


def behind(text: str, gap: int = 0) -> re.Pattern[str]:
    """Return a pattern for alternatives at the start of what stands after a phrase."""
    found = _plain("|".join(_alternatives(text)))
    return re.compile(rf"^ (?:\S+ ){{0,{gap}}}?(?:{found})(?= )")


def all_phrases() -> tuple[Phrase, ...]:
    """Return the phrases made so far."""
    return tuple(_phrases)


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that the phrases made so far know, to mend a mistyped one."""
    texts = (made.pattern.pattern for made in _phrases)
    return frozenset(word for text in texts for word in re.findall(r"[a-z]{4,}", text))


def _alternatives(text: str) -> list[str]:
    lines: list[str] = []
    for line in textwrap.dedent(text).splitlines():
        if line[:1].isspace() and lines:
            more = line.strip()
            joined = _OPEN_END.search(lines[-1]) or more.startswith("( ")
            lines[-1] += more if joined else f" {more}"
        elif line.strip():
            lines.append(line.strip())
    return [alternative for line in lines for alternative in _split(line, "|")]


def _plain(pattern: str) -> str:
    """Let no group capture but those with a name."""
    return _OPENING.sub("(?:", pattern)


def _telling_words(sequence: str) -> frozenset[str]:
    """Return words of which whatever matches holds at least one: the rarest, the fewest."""
    found = [words for piece in _split(sequence, " ") if (words := _words_of(piece))]
    return min(found, key=lambda words: (len(words & _COMMON), len(words)), default=frozenset())


def _words_of(piece: str) -> frozenset[str]:
    """Return the words that a piece without spaces of its own may be; empty when it may be any."""
    core = _without_optional(piece)
    if core is not None and _LITERAL.fullmatch(core):
        return frozenset({core})
    opening = None if core is None else _NAME.match(core)
    if core is None or opening is None or not _is_one_group(core):
        outside = "".join(_split(re.sub(r"[()]", " ", piece), " ")[:1])
        return frozenset({ANY_NUMBER}) if r"\d" in outside else frozenset()
    options = [_telling_words(option) for option in _split(core[opening.end() : -1], "|")]
    return frozenset().union(*options) if all(options) else frozenset()


def _is_one_group(pattern: str) -> bool:
    """Tell whether the first bracket of a pattern closes at its end."""
    depth = 0
    for place, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return place == len(pattern) - 1
    return False


def _split(pattern: str, mark: str) -> list[str]:
    """Split a pattern at a mark that stands in no group and in no class."""
    parts, depth = [""], 0
    for char in pattern:
        depth -= char in ")]"
        if char == mark and depth == 0 and parts[-1]:
            parts.append("")
            continue
        depth += char in "(["
        parts[-1] += char
    return [part for part in parts if part]


def _without_optional(piece: str) -> str | None:
    """Leave out the groups that may lack: `(zelf )?halen` is `halen`, and `halen( ze)?` too.

    None where a word itself may be longer or shorter: `werk(en)?`.
    """
    kept, start, depth, place = "", 0, 0, 0
    while place < len(piece):
        char = piece[place]
        start = place if char == "(" and depth == 0 else start
        depth += (char == "(") - (char == ")")
        if char == ")" and depth == 0:
            group, optional = piece[start : place + 1], _OPTIONAL.match(piece, place + 1)
            if group.startswith(_LOOKS):
                pass
            elif optional is None:
                kept += group
            elif not (group.endswith((" )", "))")) or group.startswith(("( ", "(?: "))):
                return None
            place = optional.end() - 1 if optional else place
        elif depth == 0:
            kept += char
        place += 1
    return None if kept.endswith("?") else kept
