"""The text of a stored mail, as plain words and as HTML.

A stored mail knows no address of the site. Where a template says `link("/pad", "Knop")` it keeps a
mark, `brug:[Knop]//pad`; `act("ja", 12, "Ja")` leaves `brug:[Ja]!ja/12`, which becomes a signed
link for the reader once it is sent. In HTML a mark alone on its line is a button, `- ` begins an
item of a list, and everything else is text: what people typed is never markup.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

#: Turns an action and the number of its thing into a path, for the reader of one mail.
Sign = Callable[[str, int], str]

_MARK = re.compile(
    r"brug:(?:\[(?P<label>[^\]\n]*)\])?(?:/(?P<path>/[^\s<>\"]*)|!(?P<action>[a-z_]+)/(?P<number>\d+))"
)


class Mark(str):
    """A link in a template; the only text of a template that may hold a mark."""

    __slots__ = ()


def link(path: str, label: str = "") -> Mark:
    """Return the mark for a page of the site."""
    return Mark(f"brug:[{label}]/{path}" if label else f"brug:/{path}")


def act(action: str, number: int, label: str) -> Mark:
    """Return the mark for an answer from the mail."""
    return Mark(f"brug:[{label}]!{action}/{number}")


def harmless(value: object) -> object:
    """Take the marks out of what a template shows, unless the template made them itself."""
    if isinstance(value, str) and not isinstance(value, Mark):
        return value.replace("brug:", "brug :")
    return value


@dataclass(frozen=True, slots=True)
class _Found:
    address: str
    label: str


class Writer:
    """Writes the marks of one mail as addresses."""

    def __init__(self, base_url: str, sign: Sign) -> None:
        self._base_url, self._sign = base_url, sign

    def plain(self, body: str) -> str:
        """Return the text with addresses; a button says in words what it does."""
        return "\n".join(self._plain_line(line) for line in body.split("\n"))

    def _plain_line(self, line: str) -> str:
        alone = _MARK.fullmatch(line.strip())
        if alone and alone["action"]:
            found = self._found(alone)
            return f"{found.label}: {found.address}"
        item = _MARK.fullmatch(line.removeprefix("- ")) if line.startswith("- ") else None
        if item:
            found = self._found(item)
            return f"- {found.label}\n  {found.address}"
        return _MARK.sub(lambda match: self._found(match).address, line)

    def blocks(self, body: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the parts of the text in HTML: ("p", lines), ("ul", items) or ("button", [a])."""
        for paragraph in re.split(r"\n{2,}", body.strip()):
            lines: list[str] = []
            kind = "p"
            for line in paragraph.split("\n"):
                alone = _MARK.fullmatch(line.strip())
                now = "button" if alone else "ul" if line.startswith("- ") else "p"
                if lines and (now != kind or now == "button"):
                    yield kind, lines
                    lines = []
                kind = now
                lines.append(self._html(alone, line))
            if lines:
                yield kind, lines

    def _html(self, alone: re.Match[str] | None, line: str) -> str:
        if alone:
            found = self._found(alone)
            label = found.label or "Openen in Brug"
            style = _QUIET_BUTTON if (alone["action"] or "").endswith(_REFUSALS) else _BUTTON
            return f'<a href="{escape(found.address)}" style="{style}">{escape(label)}</a>'
        return self._with_links(line.removeprefix("- "))

    def _with_links(self, line: str) -> str:
        made, start = "", 0
        for match in _MARK.finditer(line):
            found = self._found(match)
            shown = escape(found.label or found.address)
            made += escape(line[start : match.start()])
            made += f'<a href="{escape(found.address)}" style="color:#0b5d57">{shown}</a>'
            start = match.end()
        return made + escape(line[start:])

    def _found(self, match: re.Match[str]) -> _Found:
        action = match["action"]
        path = self._sign(action, int(match["number"])) if action else match["path"]
        return _Found(self._base_url + path, match["label"] or "")


_SHAPE = (
    "display:inline-block;padding:12px 20px;border-radius:8px;border:2px solid #0b5d57;"
    "font-weight:600;text-decoration:none"
)
_BUTTON = f"{_SHAPE};background:#0b5d57;color:#ffffff"
#: A no looks no louder than a yes.
_QUIET_BUTTON = f"{_SHAPE};background:#ffffff;color:#0b5d57"
_REFUSALS = ("_no", "_pause")


def first_path(body: str) -> str | None:
    """Return the page that a mail is about: the first that it links to."""
    return next((match["path"] for match in _MARK.finditer(body) if match["path"]), None)


def without_marks(body: str) -> str:
    """Return the text without its links, and without the lines that held nothing else."""
    kept = (line for line in body.split("\n") if not _MARK.fullmatch(line.strip()))
    return _MARK.sub(lambda match: match["label"] or "", "\n".join(kept)).strip()
