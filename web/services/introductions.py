"""Introductions: an approved match, seen by its two organisations and the region's coordinators."""

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from models import Event, Match, Need, Offer, User
from models.states import MatchStatus
from web.services import events, mail
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.errors import NotFoundError

#: Where the pages of `web.views.introductions` stand, for the links in mails.
PATH = "kennismakingen"
CONTACTED = "contact_made"


def announce(session: Session, match: Match, need: Need, offer: Offer) -> None:
    """Mail the contacts of both sides that they may meet."""
    for contact, other in _sides(need, offer):
        mail.write_to(
            session, "introduction", contact, other=other, need=need, path=f"/{PATH}/{match.id}"
        )


def withdraw(session: Session, need: Need, offer: Offer) -> None:
    """Mail the contacts of both sides that the coordinator took the introduction back."""
    for contact, other in _sides(need, offer):
        mail.write_to(
            session, "introduction_withdrawn", contact, other=other, need=need, path=f"/{PATH}"
        )


def _sides(need: Need, offer: Offer) -> list[tuple[User, str]]:
    """Return each side's contact with the name of the other."""
    sides = ((need.contact, offer.organisation.name), (offer.contact, need.organisation.name))
    return [(contact, other) for contact, other in sides if contact is not None]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Condition on a match joined with its need and offer: approved, and the actor's concern."""
    mine: list[ColumnElement[bool]] = [false()]
    if actor.organisation_ids:
        mine.append(Need.organisation_id.in_(actor.organisation_ids))
        mine.append(Offer.organisation_id.in_(actor.organisation_ids))
    if actor.coordinator_regions:
        mine.append(Need.region_id.in_(actor.coordinator_regions))
    return or_(*mine) & (Match.status == MatchStatus.APPROVED)


def introductions_of(actor: Actor) -> Select[Match]:
    """Return the query for the actor's introductions, newest first."""
    return (
        select(Match)
        .join(Match.need)
        .join(Match.offer)
        .where(visible_to(actor))
        .order_by(Match.updated_at.desc(), Match.id.desc())
        .options(
            contains_eager(Match.need).options(*NEED_PARTS, joinedload(Need.contact)),
            contains_eager(Match.offer).options(*OFFER_PARTS, joinedload(Offer.contact)),
            selectinload(Match.decisions),
        )
    )


def introduction(session: Session, actor: Actor, match_id: int) -> Match:
    """Return an introduction; raises `NotFoundError` for whom it does not concern."""
    match = session.scalar(introductions_of(actor).where(Match.id == match_id))
    if match is None:
        raise NotFoundError
    return match


def contact_made(session: Session, match_id: int) -> bool:
    """Tell whether one of the sides said that they spoke, since the match was last approved."""
    chosen = (
        select(Event.action)
        .where(Event.subject_type == "match", Event.subject_id == str(match_id))
        .where(Event.action.in_((CONTACTED, "undone")))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.scalar(chosen) == CONTACTED


def make_contact(session: Session, actor: Actor, match_id: int) -> Match:
    """Record that the two sides spoke; from then on the approval can no longer be undone."""
    match = introduction(session, actor, match_id)
    if not contact_made(session, match.id):
        after = {"need": match.need_id, "offer": match.offer_id}
        region = match.need.region_id
        events.record(session, actor, "match", match.id, CONTACTED, region_id=region, after=after)
    return match
