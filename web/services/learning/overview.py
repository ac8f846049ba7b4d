"""What a coordinator sees of learning: how far it is, and whether the chances came true."""

import math
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.reliability import Bin, reliability
from web.services.learning.lessons import told_briefly
from web.services.learning.study import (
    LEAST_DECISIONS,
    LEAST_NEW,
    Missing,
    missing_decisions,
    new_decisions,
)

#: A group of chances says something from so many decisions on.
LEAST_IN_GROUP = 5
_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Overview:
    """How many decisions there are, what lacks before learning starts, and what was new.

    groups: decisions by the chance that Brug gave them, and the share that was approved.
    """

    decisions: int
    approvals: int
    missing: Missing
    new: int
    groups: tuple[Bin, ...]

    @property
    def share(self) -> int:
        """Return how far the decisions reach towards the first lesson, in percents."""
        return min(100, 100 * self.decisions // LEAST_DECISIONS)

    @property
    def until_next(self) -> int:
        """Return how many more decisions it takes before Brug tries again."""
        return max(0, LEAST_NEW - self.new)


def overview(session: Session) -> Overview:
    """Return where learning stands, over the decisions of all regions."""
    told = told_briefly(session)
    approvals = sum(one.approved for one in told)
    scored = [one for one in told if one.after["score"] is not None]
    chances = [1 / (1 + math.exp(-one.after["score"])) for one in scored]
    groups = reliability(chances, [one.approved for one in scored], _GROUPS).bins
    return Overview(
        decisions=len(told),
        approvals=approvals,
        missing=missing_decisions(approvals, len(told) - approvals),
        new=new_decisions(session, len(told)),
        groups=tuple(group for group in groups if group.pairs >= LEAST_IN_GROUP),
    )
