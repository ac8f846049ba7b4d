"""Suggestions that fell behind, and bringing them up to date one need at a time.

A need is behind when its stored suggestions were ranked on an earlier day, or with other
activities, rules or weights than those of now, or when somebody marked it so. A change of one offer
is no matter of this module: whoever makes it ranks the needs that it touches at once.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from models import CatalogueState, Need
from models.states import NeedStatus
from web.services.catalogue import NEED_PARTS, Catalogue
from web.services.matching import store_suggestions
from web.services.weights import live_weights


def count_behind(session: Session, on: date, regions: Collection[int] | None = None) -> int:
    """Return how many open needs, of some regions or of all, have suggestions that are behind."""
    counted = select(func.count()).select_from(Need).where(_behind(session, on))
    if regions is not None:
        counted = counted.where(Need.region_id.in_(regions))
    return session.scalar(counted) or 0


def behind_ids(session: Session, on: date) -> list[int]:
    """Return the open needs whose suggestions are behind."""
    return list(session.scalars(select(Need.id).where(_behind(session, on)).order_by(Need.id)))


def renew_one(session: Session, catalogue: Catalogue, on: date) -> bool:
    """Rank the next need that is behind, and tell whether there was one.

    One at a time, so that nobody waits long for the write lock. A need that somebody decides on at
    this moment is left for later.
    """
    first = select(Need.id).where(_behind(session, on)).order_by(Need.id).limit(1)
    chosen = session.scalar(first.with_for_update(skip_locked=True))
    if chosen is None:
        return False
    need = session.get_one(Need, chosen, options=NEED_PARTS)
    with catalogue.open(session) as shelf:
        store_suggestions(session, shelf, need, on)
    return True


def mark_behind(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Have the suggestions of open needs made anew: of all, or of those that answer conditions."""
    marked = update(Need).where(Need.status == NeedStatus.PUBLISHED, *conditions)
    values = {"ranked_on": None, "updated_at": Need.updated_at}
    session.execute(marked.values(values).execution_options(synchronize_session=False))


def _behind(session: Session, on: date) -> ColumnElement[bool]:
    current = select(CatalogueState.reference_revision).scalar_subquery()
    stale = or_(
        Need.ranked_on.is_(None),
        Need.ranked_on < on,
        Need.ranked_reference.is_(None),
        Need.ranked_reference != func.coalesce(current, 0),
        Need.ranked_weights.is_(None),
        Need.ranked_weights != live_weights(session).version,
    )
    return and_(Need.status == NeedStatus.PUBLISHED, stale)
