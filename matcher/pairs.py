"""A need and an offer as the criteria look at them."""

from dataclasses import dataclass

from matcher.conditions import Condition, asked_by
from matcher.entries import Entry
from matcher.values import Need, Offer


@dataclass(frozen=True, slots=True)
class Asked:
    """A need with what was read in its text, and the conditions that it asks."""

    need: Need
    conditions: tuple[Condition, ...]


def asked_of(entry: Entry[Need]) -> Asked:
    """Return what a need asks."""
    need = entry.known
    return Asked(need, asked_by(need))


@dataclass(frozen=True, slots=True)
class Pair:
    """What the criteria look at.

    similarity: in whole units of `matcher.features`. meaning: closeness in whole units of
    `matcher.encoding`, None where a side has no vector. asked, offered: what is known of the
    sides, from whoever has it at hand.
    """

    need: Entry[Need]
    offer: Entry[Offer]
    similarity: int
    meaning: int | None = None
    asked: Asked | None = None
    offered: Offer | None = None
