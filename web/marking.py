"""Texts with words marked: what a reader looked for, in what he found."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from matcher import shared_spans

Span = tuple[int, int]
EXCERPT_LENGTH = 230
#: Characters before the first marked word, so that it does not stand alone at the start.
_LEAD = 70


def marked(text: str, spans: Sequence[Span]) -> Markup:
    """Return a text, escaped, with each span (start, end) in a `mark`."""
    parts, position = [], 0
    for start, end in spans:
        parts.append(escape(text[position:start]))
        parts.append(Markup("<mark>{}</mark>").format(text[start:end]))
        position = end
    return Markup("").join([*parts, escape(text[position:])])


def marked_for(query: str, text: str) -> Markup:
    """Return a text with the words marked that it shares with a query."""
    return marked(text, shared_spans(query, text)[1])


def excerpt_for(query: str, text: str, length: int = EXCERPT_LENGTH) -> Markup:
    """Return the part of a text around the first word it shares with a query, marked."""
    spans = shared_spans(query, text)[1] if query else ()
    first = spans[0][0] if spans else 0
    start = 0 if first <= _LEAD or len(text) <= length else text.rfind(" ", 0, first - _LEAD) + 1
    end = (
        len(text)
        if len(text) <= start + length
        else max(text.rfind(" ", start, start + length), start)
    )
    if end == start:
        end = start + length
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    shown = marked(text[start:end], inside)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return Markup("{}{}{}").format(before, shown, after)
