"""Introductions: an approved match, seen by its two organisations and the region's coordinators."""

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from models import Event, Match, Need, Offer, User
from models.states import MatchStatus
from web.i18n import _
from web.services import events, mail
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.errors import NotFoundError

CONTACTED = "contact_made"


def introduction_path(match_id: int) -> str:
    """Return the address of an introduction, below the base address."""
    return f"/kennismakingen/{match_id}"


def announce(session: Session, match: Match, need: Need, offer: Offer, base_url: str) -> None:
    """Mail the contacts of both sides that they may meet."""
    link = f"{base_url}{introduction_path(match.id)}"
    for contact, other, about in _sides(need, offer):
        body = _(
            "Dear %(name)s\n\nThe coordinator brings you together with %(other)s, about "
            "“%(about)s”.\n\nYou find each other's contact, why it fits and the next steps "
            "here:\n%(link)s\n\nA match is an introduction: what you agree on is up to you both.",
            name=contact.name,
            other=other,
            about=about,
            link=link,
        )
        subject = _("Introduction: %(other)s", other=other)
        mail.post(session, contact.email, subject, body, user_id=contact.id)


def withdraw(session: Session, need: Need, offer: Offer, base_url: str) -> None:
    """Mail the contacts of both sides that the coordinator took the introduction back."""
    for contact, other, about in _sides(need, offer):
        body = _(
            "Dear %(name)s\n\nThe coordinator took back the introduction to %(other)s, about "
            "“%(about)s”. You need not do anything. Questions? Ask your coordinator.\n\n%(link)s",
            name=contact.name,
            other=other,
            about=about,
            link=base_url,
        )
        subject = _("Introduction taken back: %(other)s", other=other)
        mail.post(session, contact.email, subject, body.strip(), user_id=contact.id)


def _sides(need: Need, offer: Offer) -> list[tuple[User, str, str]]:
    """Return each side's contact with the name of the other and what it is about."""
    sides = [
        (need.contact, offer.organisation.name, need.title),
        (offer.contact, need.organisation.name, need.title),
    ]
    return [(contact, other, about) for contact, other, about in sides if contact is not None]


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
