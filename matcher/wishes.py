"""What somebody wants next, told apart from what he did before.

The text of a placement often tells both: a year in a laundry, and now care work. The next step is
asked for, so the sentences on the past are left out of what the need is about, as long as another
one is left.
"""

import re

_SENTENCE = re.compile(r"[^.!?;\n]+")
_PAST = re.compile(
    r"\b(ervaring|gewerkt|werkte|deed|gedaan|geweest|voorheen|vroeger|eerder|achter de rug|"
    r"heeft .{0,30} gevolgd|a travaillé|expérience|worked|experience)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(wil|wenst|zoekt|zoeken|doel|droomt?|droom|graag|volgende|nu|leren|aspire|souhaite|"
    r"cherche|wants?|would like|next)\b",
    re.IGNORECASE,
)


def wished(text: str) -> str:
    """Return a text without the sentences that tell of the past only, or all of it."""
    sentences = [match.group() for match in _SENTENCE.finditer(text)]
    kept = [s for s in sentences if _WISH.search(s) or not _PAST.search(s)]
    return ". ".join(kept) if any(s.strip() for s in kept) else text
