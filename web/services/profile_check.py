"""Warns when the text of an anonymous profile gives away who it is about.

A pure function over Dutch text. It warns and never blocks: a coordinator of people knows better
than a pattern, so the writer decides, after having looked at each finding.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from models.marker import N_
from web.services.profile_words import patterns


class Giveaway(StrEnum):
    """What a text may give away."""

    NAME = "name"
    CONTACT = "contact"
    AGE = "age"
    SEX = "sex"
    ORIGIN = "origin"
    HEALTH = "health"
    PRIVATE = "private"


#: What to do instead, by category.
ADVICE: Mapping[Giveaway, str] = {
    Giveaway.NAME: N_("Leave out the name: the profile has a code."),
    Giveaway.CONTACT: N_("Leave out how to reach the person: that follows after approval."),
    Giveaway.AGE: N_("Leave out the age. Years of experience may stay."),
    Giveaway.SEX: N_("Write it so that it fits a man and a woman alike."),
    Giveaway.ORIGIN: N_("Leave out origin and belief. Languages may be told."),
    Giveaway.HEALTH: N_("Say what helps at work, not what the diagnosis is."),
    Giveaway.PRIVATE: N_("Leave out what has nothing to do with the work."),
}


#: Fields of a profile in which people write freely.
FREE_TEXTS = ("title", "text", "skills", "support", "excluded")
NOT_LOOKED_OVER = N_("Look at the marked words first, then tick this box.")


@dataclass(frozen=True, slots=True)
class Finding:
    """Words from `start` to `end` that give something away; `instead` may replace them."""

    start: int
    end: int
    words: str
    category: Giveaway
    instead: str = ""

    @property
    def advice(self) -> str:
        """Return the message id of what to do instead."""
        return ADVICE[self.category]


def check_profile(text: str) -> tuple[Finding, ...]:
    """Return what a text gives away, in its order; findings do not overlap."""
    found = [
        Finding(match.start(), match.end(), match.group(), category, instead)
        for category, pattern, instead in _compiled()
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Finding] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Giveaway, re.Pattern[str], str], ...]:
    return tuple(
        (Giveaway(category), re.compile(pattern, re.IGNORECASE), instead)
        for category, pattern, instead in patterns()
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, with what it gives away if anything."""

    text: str
    finding: Finding | None = None


def pieces(text: str, findings: tuple[Finding, ...]) -> tuple[Piece, ...]:
    """Cut a text at its findings, so that a page can mark them."""
    cut: list[Piece] = []
    at = 0
    for finding in findings:
        cut.append(Piece(text[at : finding.start]))
        cut.append(Piece(finding.words, finding))
        at = finding.end
    cut.append(Piece(text[at:]))
    return tuple(piece for piece in cut if piece.text)
