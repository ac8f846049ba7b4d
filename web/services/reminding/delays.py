"""The delays of a region: after how many days Brug asks, tells or pauses something."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Region
from models.marker import N_
from models.states import Delay
from web.services import events
from web.services.actor import Actor
from web.services.errors import InvalidError, NotFoundError

#: In days, where a region chose nothing.
DEFAULTS = {Delay.ASK_OFFER: 122, Delay.PAUSE_OFFER: 30}
LEAST, MOST = 1, 365
_SETTING = "delays"


def delays_of(region: Region | None) -> dict[Delay, timedelta]:
    """Return the delays of a region; the usual ones for who has none."""
    chosen = region.settings.get(_SETTING, {}) if region else {}
    days = {delay: chosen.get(delay.value, default) for delay, default in DEFAULTS.items()}
    return {delay: timedelta(days=number) for delay, number in days.items()}


def all_delays(session: Session) -> dict[int | None, dict[Delay, timedelta]]:
    """Return the delays of every region, and under None those of who has no region."""
    found: dict[int | None, dict[Delay, timedelta]] = {
        region.id: delays_of(region) for region in session.scalars(select(Region))
    }
    return {None: delays_of(None), **found}


def own_region(session: Session, actor: Actor, region_id: int) -> Region:
    """Return a region that the actor coordinates."""
    if region_id not in actor.coordinator_regions:
        raise NotFoundError
    return session.get_one(Region, region_id)


def choose(session: Session, actor: Actor, region_id: int, wanted: Mapping[Delay, int]) -> None:
    """Keep the delays of a region, in days; raises `InvalidError` by the name of the delay."""
    wrong = [delay for delay, days in wanted.items() if not LEAST <= days <= MOST]
    if wrong:
        message = N_("Choose a number of days from 1 to 365.")
        raise InvalidError({delay.value: message for delay in wrong})
    region = own_region(session, actor, region_id)
    before = region.settings.get(_SETTING, {})
    after = {**before, **{delay.value: days for delay, days in wanted.items()}}
    if after == before:
        return
    region.settings = {**region.settings, _SETTING: after}
    events.record(
        session,
        actor,
        "region",
        region_id,
        "delays_chosen",
        region_id=region_id,
        before=before,
        after=after,
    )
