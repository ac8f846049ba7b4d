"""A region at a glance for its coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models import Match, Need, Offer, Organisation, Region
from models.match_life import CHOSEN
from models.states import NeedStatus, OfferStatus, OrganisationStatus
from web.services.actor import Actor


@dataclass(frozen=True, slots=True)
class RegionNumbers:
    """Counts over the coordinator's regions."""

    open_needs: int
    approved_needs: int
    approved_matches: int
    suppliers: int
    offers: int


def regions_of(session: Session, actor: Actor) -> Sequence[Region]:
    """Return the coordinator's regions with their municipalities."""
    chosen = select(Region).where(Region.id.in_(actor.coordinator_regions)).order_by(Region.name)
    return session.scalars(chosen.options(selectinload(Region.municipalities))).all()


def numbers_of(session: Session, actor: Actor) -> RegionNumbers:
    """Count what lives in the coordinator's regions, in one query."""
    regions = actor.coordinator_regions
    need = select(func.count()).select_from(Need).where(Need.region_id.in_(regions))
    matches = (
        select(func.count())
        .select_from(Match)
        .join(Match.need)
        .where(Need.region_id.in_(regions), Match.status.in_(CHOSEN))
    )
    seated = (
        Organisation.region_id.in_(regions),
        Organisation.status == OrganisationStatus.APPROVED,
    )
    suppliers = (
        select(func.count()).select_from(Organisation).where(Organisation.is_supplier, *seated)
    )
    offers = select(func.count()).select_from(Offer).join(Offer.organisation)
    offers = offers.where(Offer.status == OfferStatus.PUBLISHED, *seated)
    counted = (
        need.where(Need.status == NeedStatus.PUBLISHED),
        need.where(Need.status == NeedStatus.APPROVED),
        matches,
        suppliers,
        offers,
    )
    return RegionNumbers(*session.execute(select(*(c.scalar_subquery() for c in counted))).one())
