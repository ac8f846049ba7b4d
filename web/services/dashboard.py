"""What waits for a person, counted by role."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from models import Match, Need, Offer, Organisation
from models.states import NeedStatus, OfferStatus
from web.services import queue
from web.services.actor import Actor
from web.services.introductions import asks_of
from web.services.offer_queries import count_to_confirm
from web.services.organisations import pending_organisations
from web.services.visibility import needs_of, offers_of


class Task(StrEnum):
    """Something that somebody can do next, in the order of the page."""

    ADMIT_SUPPLIERS = "admit_suppliers"
    DECIDE = "decide"
    CONFIRM_OFFERS = "confirm_offers"
    MEET = "meet"
    FINISH_NEEDS = "finish_needs"
    FINISH_OFFERS = "finish_offers"
    FOLLOW_NEEDS = "follow_needs"
    MUNICIPAL_NEEDS = "municipal_needs"


#: What goes its way without the person.
RUNNING = frozenset({Task.FOLLOW_NEEDS, Task.MUNICIPAL_NEEDS})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task and how many things it is about; never none."""

    task: Task
    count: int


def waiting(session: Session, actor: Actor, moment: datetime) -> list[Waiting]:
    """Return what waits for a person, what others wait for first."""
    counts: dict[Task, int] = {}
    if actor.coordinator_regions:
        counts[Task.ADMIT_SUPPLIERS] = len(pending_organisations(session, actor))
        open_needs = queue.counts(session, actor, moment)[queue.QueueState.OPEN]
        counts[Task.DECIDE] = open_needs
    if actor.organisation_ids:
        counts |= _own_needs(session, actor)
        counts |= _own_offers(session, actor, moment)
        counts[Task.MEET] = _introductions(session, actor, moment)
    if actor.policy_municipalities:
        here = Need.municipality_nis.in_(actor.policy_municipalities)
        counts[Task.MUNICIPAL_NEEDS] = _count(
            session, Need, here & (Need.status == NeedStatus.PUBLISHED)
        )
    return [Waiting(task, counts[task]) for task in Task if counts.get(task)]


def _own_needs(session: Session, actor: Actor) -> dict[Task, int]:
    drafts = func.count().filter(Need.status == NeedStatus.DRAFT)
    published = func.count().filter(Need.status == NeedStatus.PUBLISHED)
    row = session.execute(select(drafts, published).select_from(Need).where(needs_of(actor))).one()
    return {Task.FINISH_NEEDS: row[0], Task.FOLLOW_NEEDS: row[1]}


def _own_offers(session: Session, actor: Actor, moment: datetime) -> dict[Task, int]:
    drafts = _count(session, Offer, offers_of(actor) & (Offer.status == OfferStatus.DRAFT))
    return {
        Task.FINISH_OFFERS: drafts,
        Task.CONFIRM_OFFERS: count_to_confirm(session, actor, moment.date()),
    }


def _introductions(session: Session, actor: Actor, moment: datetime) -> int:
    chosen = select(func.count()).select_from(Match).join(Match.need).join(Match.offer)
    return session.scalar(chosen.where(asks_of(actor, moment.date()))) or 0


def _count(session: Session, table: Any, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(condition)) or 0


def my_organisations(session: Session, actor: Actor) -> list[Organisation]:
    """Return the organisations that a person acts for, by name."""
    chosen = select(Organisation).where(Organisation.id.in_(actor.organisation_ids))
    parts = joinedload(Organisation.municipality)
    return list(session.scalars(chosen.order_by(Organisation.name, Organisation.id).options(parts)))
