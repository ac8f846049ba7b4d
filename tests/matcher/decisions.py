"""Decisions drawn by chance from weights that the learner does not see."""

from dataclasses import replace

import numpy as np

from matcher.learning import Example
from matcher.weights import DEFAULT_WEIGHTS, Turn

#: A prior with a base of its own, whatever that of Brug becomes.
PRIOR = replace(DEFAULT_WEIGHTS, base=-4.2)
#: Points that a generated pair may have, by knob: (share of the pairs, least, most).
POINTS = {
    "text.similar": (0.9, 0.0, 9.0),
    "activity.shared": (0.6, 0.5, 2.0),
    "kind.second": (0.3, -1.5, -1.5),
    "distance.inside": (0.3, 0.2, 0.4),
    "distance.outside": (0.5, -3.0, -0.5),
    "capacity.short": (0.3, -2.0, -0.3),
    "schedule.misses": (0.3, -1.2, -0.4),
}
FAR_MATTERS = Turn(0.5, {"distance.outside": 3.0, "distance.inside": 3.0, "kind.second": 2.0})


def draw_examples(
    number: int, hidden: Turn | None, *, seed: int = 1, blame: bool = False, per_need: int = 5
) -> list[Example]:
    """Draw pairs decided by a coordinator with hidden weights, or, without, by tossing a coin.

    `blame`: a refusal names the criterion that cost most under the hidden weights.
    """
    draw = np.random.default_rng(seed)
    found = []
    for place in range(number):
        points = {
            knob: round(float(draw.uniform(least, most)), 4)
            for knob, (share, least, most) in POINTS.items()
            if draw.random() < share
        }
        score = 0.0 if hidden is None else hidden.score(points, PRIOR.base)
        approved = bool(draw.random() < 1 / (1 + np.exp(-score)))
        named = frozenset[str]()
        if blame and hidden is not None and not approved and min(points.values(), default=0) < 0:
            named = frozenset({min(points, key=lambda k: points[k] * hidden.factor(k))})
        found.append(Example(points, approved, blamed=named, need_id=str(place // per_need)))
    return found
