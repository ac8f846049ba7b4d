"""The one change to an offer that would lift a match most.

Of every condition that an offer does not tell, or does not meet, it is known what meeting it would
add: the bonus, for as much as what the need asks is sure, and whatever it costs now. A service
area that is just wide enough counts as well. What the need itself lacks is no change of an offer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matcher.conditions import CONDITIONS
from matcher.values import Reason, chance_of
from matcher.weights import Weights

#: A smaller gain than this, in log-odds, is not worth a word.
_LEAST_GAIN = 0.05
#: The weight that meeting a condition adds, by the name before the point in its reason codes.
_BONUS: Mapping[str, str] = MappingProxyType(
    {name: condition.bonus for name, condition in CONDITIONS.items() if condition.bonus}
)
#: Not by the offer alone: a track has its step, and an asker is who he is.
_GIVEN = frozenset({"phase"})
#: Meeting these costs nothing any more, and earns nothing either.
_ONLY_COSTS = frozenset({"capacity.order_too_small", "language.other"})
#: A place at the border of a service area earns half of what one in its middle does.
_AT_THE_BORDER = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """A reason as it is now, and what the pair would gain in log-odds, and as a chance (0..1)."""

    reason: Reason
    gain: float
    chance_before: float
    chance_after: float


def best_change(score: float, reasons: Iterable[Reason], weights: Weights) -> Change | None:
    """Return the change of an offer that adds most; None where nothing is left to gain."""
    gains = [(_gain(reason, weights), reason) for reason in reasons]
    gain, reason = max(gains, key=lambda pair: pair[0], default=(0.0, None))
    if reason is None or gain < _LEAST_GAIN:
        return None
    return Change(reason, round(gain, 4), chance_of(score), chance_of(score + gain))


def _gain(reason: Reason, weights: Weights) -> float:
    """Return how many points a reason would add if the offer met what is asked."""
    name = reason.code.partition(".")[0]
    if name == "distance":
        return _gain_of_area(reason, weights)
    if name not in CONDITIONS or name in _GIVEN or (reason.known and reason.contribution > 0):
        return 0.0
    earns = name in _BONUS and reason.code not in _ONLY_COSTS
    bonus = max(0.0, float(getattr(weights, _BONUS[name]))) if earns else 0.0
    sure = reason.evidence.get("sure", {})
    asked = sure.get("need", 1.0) if isinstance(sure, dict) else 1.0
    return bonus * asked - reason.contribution


def _gain_of_area(reason: Reason, weights: Weights) -> float:
    if reason.code == "distance.outside" or reason.evidence.get("missing") == "area":
        return _AT_THE_BORDER * max(0.0, weights.distance_inside) - reason.contribution
    return 0.0
