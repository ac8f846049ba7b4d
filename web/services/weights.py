"""Learned weights: as they are stored, and as the matcher takes them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.weights import DEFAULT_WEIGHTS, Turn, Weights
from models import CatalogueState, WeightsVersion


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


def stored_turn(session: Session, version_id: int | None) -> Turn:
    """Return what the version with a number changes of the prior of this Brug."""
    version = session.get(WeightsVersion, version_id) if version_id else None
    return turn_of(version) if version is not None and is_usable(version) else Turn()


def stored_weights(session: Session, version_id: int | None) -> Weights:
    """Return the weights of a version by its number."""
    return weights_of(session.get(WeightsVersion, version_id) if version_id else None)


def live_weights(session: Session) -> Weights:
    """Return the weights that every process ranks with now."""
    live = select(CatalogueState.weights_id).where(CatalogueState.id == 1)
    return stored_weights(session, session.scalar(live))
