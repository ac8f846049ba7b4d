"""What waits for whom in a region, since when: so that nothing lies with nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models import Match, MatchStep, Need, Offer, Organisation
from models.states import MatchStatus, NeedStatus, OfferStatus, OrganisationStatus, Side
from web.services.actor import Actor
from web.services.match_life.answers import SIDES, answers_of, approval_of
from web.services.match_mail import PATH
from web.services.offer_queries import ASK_AFTER


class Holder(StrEnum):
    """Who has something in hand."""

    COORDINATOR = "coordinator"
    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"


class Wait(StrEnum):
    """What somebody has in hand."""

    ADMIT = "admit"
    DECIDE = "decide"
    ANSWER = "answer"
    AGREE = "agree"
    BEGIN = "begin"
    FINISH = "finish"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits; `name` is of who holds it, empty for the coordinator."""

    holder: Holder
    name: str
    wait: Wait
    about: str
    since: datetime
    path: str


_AFTER = {
    MatchStatus.INTRODUCED: Wait.AGREE,
    MatchStatus.AGREED: Wait.BEGIN,
    MatchStatus.RUNNING: Wait.FINISH,
}


def waiting_in(
    session: Session, actor: Actor, moment: datetime, holder: Holder | None = None
) -> list[Waiting]:
    """Return what waits in the actor's regions, the longest first; with one holder if asked."""
    found = [
        *_suppliers(session, actor),
        *_needs(session, actor, moment),
        *_matches(session, actor),
        *_offers(session, actor, moment),
    ]
    kept = [one for one in found if holder is None or one.holder is holder]
    return sorted(kept, key=lambda one: (one.since, one.about))


def _suppliers(session: Session, actor: Actor) -> Iterator[Waiting]:
    chosen = select(Organisation).where(
        Organisation.region_id.in_(actor.coordinator_regions),
        Organisation.is_supplier,
        Organisation.status == OrganisationStatus.PENDING,
    )
    for one in session.scalars(chosen):
        page = "/regie/werkingsgebied"
        yield Waiting(Holder.COORDINATOR, "", Wait.ADMIT, one.name, one.created_at, page)


def _needs(session: Session, actor: Actor, moment: datetime) -> Iterator[Waiting]:
    chosen = select(Need.id, Need.title, Need.published_at).where(
        Need.region_id.in_(actor.coordinator_regions),
        Need.status == NeedStatus.PUBLISHED,
        or_(Need.postponed_until.is_(None), Need.postponed_until <= moment),
    )
    for number, title, published in session.execute(chosen):
        since, page = published or moment, f"/regie/vragen/{number}"
        yield Waiting(Holder.COORDINATOR, "", Wait.DECIDE, title, since, page)


def _matches(session: Session, actor: Actor) -> Iterator[Waiting]:
    chosen = (
        select(Match)
        .join(Match.need)
        .where(
            Need.region_id.in_(actor.coordinator_regions),
            Match.status.in_((MatchStatus.APPROVED, *_AFTER)),
        )
        .options(
            joinedload(Match.need).joinedload(Need.organisation),
            joinedload(Match.offer).joinedload(Offer.organisation),
            selectinload(Match.decisions),
        )
    )
    matches = session.scalars(chosen).all()
    last = _last_steps(session, [match.id for match in matches])
    answers = answers_of(session, matches)
    for match in matches:
        approval = approval_of(match)
        since = last.get(match.id) or (approval.at if approval else match.updated_at)
        page = f"/{PATH}/{match.id}"
        names = {Side.NEED: match.need.organisation.name, Side.OFFER: match.offer.organisation.name}
        if match.status in _AFTER:
            both = " + ".join(names.values())
            wait = _AFTER[match.status]
            yield Waiting(Holder.BOTH, both, wait, match.need.title, since, page)
            continue
        spoke = {one.side for one in answers[match.id]}
        for side in SIDES:
            if side not in spoke:
                holder = Holder.BUYER if side is Side.NEED else Holder.SUPPLIER
                yield Waiting(holder, names[side], Wait.ANSWER, match.need.title, since, page)


def _last_steps(session: Session, match_ids: list[int]) -> dict[int, datetime]:
    newest = (
        select(MatchStep.match_id, func.max(MatchStep.at))
        .where(MatchStep.match_id.in_(match_ids))
        .group_by(MatchStep.match_id)
    )
    return {row[0]: row[1] for row in session.execute(newest)}


def _offers(session: Session, actor: Actor, moment: datetime) -> Iterator[Waiting]:
    asked = func.coalesce(Offer.confirmed_at, Offer.published_at)
    chosen = (
        select(Offer)
        .join(Offer.organisation)
        .where(
            Organisation.region_id.in_(actor.coordinator_regions),
            Offer.status == OfferStatus.PUBLISHED,
            asked < moment - ASK_AFTER,
        )
        .options(joinedload(Offer.organisation))
    )
    for offer in session.scalars(chosen):
        since = (offer.confirmed_at or offer.published_at or moment) + ASK_AFTER
        about = offer.pseudonym or offer.title
        name, page = offer.organisation.name, f"/aanbod/{offer.id}"
        yield Waiting(Holder.SUPPLIER, name, Wait.CONFIRM, about, since, page)
