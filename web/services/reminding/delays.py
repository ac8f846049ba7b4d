"""The delays of a region: after how many days Brug asks, tells or pauses something."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Region
from models.states import Delay
from web.services.actor import Actor
from web.services.errors import NotFoundError
from web.services.region_settings import SETTINGS, set_value, value_of

Delays = dict[Delay, timedelta]


def default_of(delay: Delay) -> timedelta:
    """Return how long a delay is where the region chose nothing."""
    return timedelta(days=SETTINGS[delay.value].default)


def delays_of(region: Region) -> Delays:
    """Return the delays of a region."""
    return {delay: timedelta(days=value_of(region, delay.value)) for delay in Delay}


def all_delays(session: Session) -> dict[int | None, Delays]:
    """Return the delays of every region, and under None those of who has no region."""
    found: dict[int | None, Delays] = {None: {delay: default_of(delay) for delay in Delay}}
    return found | {region.id: delays_of(region) for region in session.scalars(select(Region))}


def own_region(session: Session, actor: Actor, region_id: int) -> Region:
    """Return a region that the actor coordinates."""
    if region_id not in actor.coordinator_regions:
        raise NotFoundError
    return session.get_one(Region, region_id)


def choose(session: Session, actor: Actor, region_id: int, wanted: Mapping[Delay, int]) -> None:
    """Keep the delays of a region, in days; raises `InvalidError` where one is out of bounds."""
    region = own_region(session, actor, region_id)
    for delay, days in wanted.items():
        set_value(session, actor, region.slug, delay.value, days)
