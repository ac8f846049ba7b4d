"""Cleaning of what people type, before anything else looks at it."""

import re
import unicodedata

LONGEST_TEXT = 10_000
LONGEST_TITLE = 160

# Control characters mean nothing in a form and NUL breaks PostgreSQL; surrogates cannot be stored;
# direction marks can make a text read otherwise than it is.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def clean_text(value: str | None) -> str:
    """Return several lines of text, composed, without control characters or ragged ends."""
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", (value or "").replace("\r\n", "\n")))
    lines = [line.rstrip() for line in text.replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(value: str | None) -> str:
    """Return one line of text, with single spaces."""
    return " ".join(clean_text(value).split())
