"""What a visitor may know of the whole: how much is offered, by whom and where."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models import Match, Need, Offer, Organisation, Region
from models.match_life import CHOSEN
from models.states import NeedStatus, OrganisationStatus
from web.services.actor import VISITOR
from web.services.search import open_offers


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of what is public, over every region of this Brug."""

    offers: int
    suppliers: int
    open_needs: int
    introductions: int


def numbers(session: Session) -> Numbers:
    """Count offers, the organisations behind them, open needs and approved matches."""
    offers = select(func.count()).select_from(Offer).where(open_offers(VISITOR))
    suppliers = (
        select(func.count())
        .select_from(Organisation)
        .where(Organisation.is_supplier, Organisation.status == OrganisationStatus.APPROVED)
    )
    needs = select(func.count()).select_from(Need).where(Need.status == NeedStatus.PUBLISHED)
    approved = select(func.count()).select_from(Match).where(Match.status.in_(CHOSEN))
    counted = select(*(part.scalar_subquery() for part in (offers, suppliers, needs, approved)))
    return Numbers(*session.execute(counted).one())


def regions(session: Session) -> list[Region]:
    """Return the regions with their municipalities, by name."""
    chosen = select(Region).order_by(Region.name).options(selectinload(Region.municipalities))
    return list(session.scalars(chosen))
