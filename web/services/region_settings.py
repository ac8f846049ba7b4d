"""What a region may set for itself: each a number with a default and its bounds."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Region
from models.marker import N_
from web.services import events
from web.services.actor import Actor
from web.services.errors import InvalidError


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that a region may choose; `whole` where it counts something."""

    label: str
    default: float
    least: float
    most: float
    whole: bool = False


SETTINGS: Mapping[str, Setting] = {
    # How improbable a choice must be under equal treatment before Brug warns, over all suppliers.
    "exposure_alarm": Setting(N_("Threshold of the warning of exposure"), 0.01, 0.000001, 0.2),
    "exposure_least": Setting(N_("Approvals before Brug warns of exposure"), 5, 2, 1000, True),
    "ask_offer_days": Setting(N_("Days until Brug asks about an offer"), 122, 1, 365, True),
    "pause_offer_days": Setting(N_("Days of silence until an offer pauses"), 30, 1, 365, True),
    "remind_side_days": Setting(N_("Working days until a silent side is reminded"), 3, 1, 60, True),
    "ask_outcome_days": Setting(N_("Days until Brug asks how agreed work went"), 3, 1, 90, True),
    "tell_silent_days": Setting(N_("Working days until you hear of its silence"), 7, 1, 60, True),
}


def value_of(region: Region, name: str) -> float:
    """Return what a region set, or the default; a stored value that is no longer possible too."""
    setting, stored = SETTINGS[name], region.settings.get(name)
    if isinstance(stored, int | float) and setting.least <= stored <= setting.most:
        return stored
    return setting.default


def set_value(session: Session, actor: Actor, slug: str, name: str, value: float) -> None:
    """Set a number of a region; raises `InvalidError`."""
    region = session.scalar(select(Region).where(Region.slug == slug).with_for_update())
    if region is None:
        raise InvalidError({"region": f"there is no region {slug!r}"})
    setting = SETTINGS.get(name)
    if setting is None:
        raise InvalidError({"name": f"no such setting; there are: {', '.join(SETTINGS)}"})
    if not setting.least <= value <= setting.most or (setting.whole and value != int(value)):
        raise InvalidError({"value": f"a number from {setting.least:g} to {setting.most:g}"})
    was, chosen = value_of(region, name), int(value) if setting.whole else value
    if was != chosen:
        region.settings = {**region.settings, name: chosen}
        events.record(
            session,
            actor,
            "region",
            region.id,
            "set",
            region_id=region.id,
            before={name: was},
            after={name: chosen},
        )
