"""What every condition is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matcher.values import Conditions, Evidence, Need, Offer, Reason
from matcher.weights import Weights

#: Contributions are rounded to this many decimals: equal on every machine, and readable.
DECIMALS = 4

Weigh = Callable[[Need, Offer, Weights], Reason | None]


@dataclass(frozen=True, slots=True)
class Condition:
    """How a condition is weighed, and from what.

    bonus: the weight that is the most it can add, or nothing. asks: whether a need asks it at all;
    where not, `weigh` returns None. families: the readings of `matcher.reading` that may stand in
    for a fact that was not stated.
    """

    weigh: Weigh
    bonus: str
    asks: Callable[[Need], object]
    families: tuple[str, ...] = ()

    def most(self, weights: Weights) -> float:
        """Return the most that it can add for any need."""
        return max(0.0, float(getattr(weights, self.bonus))) if self.bonus else 0.0

    def best(self, need: Need, weights: Weights) -> float:
        """Return the most that it can add for a need."""
        return self.most(weights) if self.asks(need) else 0.0


def reason(code: str, points: float, evidence: Evidence) -> Reason:
    """Return a reason with its points rounded."""
    return Reason(code, round(points, DECIMALS) + 0.0, evidence)


def unknown(name: str, asked: object) -> Reason:
    """Return the reason for a fact that the offer does not tell."""
    return Reason(f"{name}.unknown", 0.0, {"asked": asked}, known=False)


def asks(name: str) -> Callable[[Need], Any]:
    """Return a function that reads a condition of a need."""
    return lambda need: getattr(need.conditions, name)


def weigh_list(
    codes: tuple[str, str, str],
    asked: frozenset[str],
    held: frozenset[str],
    holder: Conditions,
    points: tuple[float, float],
) -> Reason | None:
    """Weigh a list asked against a list held: bonus for all, penalty x the share missing.

    codes: the name of the condition, and of its good and bad outcome; points: bonus and penalty.
    In an open list only what is ruled out counts as missing, the rest is unknown.
    """
    name, good, bad = codes
    if not asked:
        return None
    is_open = name in holder.open_lists
    lacking = asked & holder.impossible
    lacking |= frozenset() if is_open or not held else asked - held
    lacking -= held
    if not lacking and not asked <= held:
        return unknown(name, sorted(asked))
    missing = sorted(lacking)
    evidence: Evidence = {"asked": sorted(asked), "held": sorted(held), "missing": missing}
    if not missing:
        return reason(f"{name}.{good}", points[0], evidence)
    return reason(f"{name}.{bad}", points[1] * len(missing) / len(asked), evidence)
