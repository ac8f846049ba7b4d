"""What pages show of the activities and rules: lists, narrowed and sorted, and one of each."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from matcher.vocabulary import Certainty
from models import Activity, ActivitySynonym, NeedActivity, OfferActivity, Rule
from web.services.catalogue import INFORMATION
from web.services.errors import NotFoundError


class ReferenceOrder(StrEnum):
    """How activities and rules are sorted; by field or kind of check unless it is asked."""

    FIELD = "field"
    NAME = "name"
    CHANGED = "changed"


_ACTIVITY_ORDERS = {
    ReferenceOrder.FIELD: (Activity.cluster, Activity.label, Activity.id),
    ReferenceOrder.NAME: (func.lower(Activity.label), Activity.id),
    ReferenceOrder.CHANGED: (
        Activity.edited_at.is_(None),
        Activity.edited_at.desc(),
        func.lower(Activity.label),
    ),
}


def activities(
    text: str,
    cluster: str,
    *,
    retired: bool,
    order: ReferenceOrder = ReferenceOrder.FIELD,
) -> Select[Activity]:
    """Return the query for activities whose label or synonyms hold a text."""
    chosen = select(Activity).where(Activity.is_active.is_not(retired))
    if cluster:
        chosen = chosen.where(Activity.cluster == cluster)
    if text:
        saying = Activity.synonyms.any(ActivitySynonym.text.icontains(text, autoescape=True))
        chosen = chosen.where(or_(Activity.label.icontains(text, autoescape=True), saying))
    chosen = chosen.options(selectinload(Activity.synonyms))
    return chosen.order_by(*_ACTIVITY_ORDERS[order])


def clusters(session: Session) -> Sequence[str]:
    """Return the names of the clusters, in order."""
    return session.scalars(select(Activity.cluster).distinct().order_by(Activity.cluster)).all()


def activity(session: Session, activity_id: str) -> Activity:
    """Return an activity with its synonyms; raises `NotFoundError`."""
    chosen = select(Activity).where(Activity.id == activity_id)
    chosen = chosen.options(selectinload(Activity.synonyms))
    # As it is now, also for who read it before he waited for its lock.
    found = session.scalar(chosen.execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError
    return found


def uses(session: Session, activity_id: str) -> tuple[int, int]:
    """Return how many needs and how many offers carry an activity."""
    counts = (
        select(func.count()).select_from(table).where(table.activity_id == activity_id)
        for table in (NeedActivity, OfferActivity)
    )
    needs, offers = (session.scalar(counted) or 0 for counted in counts)
    return needs, offers


_RULE_ORDERS = {
    # What decides on matches first, then what only informs.
    ReferenceOrder.FIELD: (Rule.code == INFORMATION, Rule.code, Rule.id),
    ReferenceOrder.NAME: (func.lower(Rule.title), Rule.id),
    ReferenceOrder.CHANGED: (Rule.edited_at.is_(None), Rule.edited_at.desc(), Rule.id),
}


def rules(
    certainty: Certainty | None, text: str, order: ReferenceOrder = ReferenceOrder.FIELD
) -> Select[Rule]:
    """Return the query for the rules."""
    chosen = select(Rule)
    if certainty is not None:
        chosen = chosen.where(Rule.certainty == certainty)
    if text:
        columns = (Rule.title, Rule.explanation, Rule.source)
        chosen = chosen.where(or_(*(c.icontains(text, autoescape=True) for c in columns)))
    return chosen.order_by(*_RULE_ORDERS[order])


def rule(session: Session, rule_id: str) -> Rule:
    """Return a rule; raises `NotFoundError`."""
    found = session.get(Rule, rule_id)
    if found is None:
        raise NotFoundError
    return found
