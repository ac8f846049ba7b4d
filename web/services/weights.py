"""Learned weights: as they are stored, and as the matcher takes them."""

from sqlalchemy.orm import Session

from matcher.weights import DEFAULT_WEIGHTS, Turn, Weights
from models import WeightsVersion


def turn_of(version: WeightsVersion) -> Turn:
    """Return what a version changes of the prior that it turns."""
    return Turn(version.shift, {str(knob): float(f) for knob, f in version.factors.items()})


def is_usable(version: WeightsVersion) -> bool:
    """Tell whether a version turns the prior of this Brug: a new one is learned on anew."""
    return version.prior == DEFAULT_WEIGHTS.version


def weights_of(version: WeightsVersion | None) -> Weights:
    """Return the weights of a version; those in the code for none, or one of an older prior."""
    if version is None or not is_usable(version):
        return DEFAULT_WEIGHTS
    return DEFAULT_WEIGHTS.turned(turn_of(version), version.name)


def stored_weights(session: Session, version_id: int | None) -> Weights:
    """Return the weights of a version by its number."""
    return weights_of(session.get(WeightsVersion, version_id) if version_id else None)
