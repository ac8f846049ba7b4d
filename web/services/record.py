"""The record as people read it: what happened to one thing, or in a whole region.

A coordinator reads everything of his region. The people of an organisation read what happened to
what is theirs, without what the coordinators arrange among themselves.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, and_, cast, or_, select
from sqlalchemy.orm import Session, joinedload

from models import Event, Match, Need, Offer, Organisation, User, UserRole
from models.people import Membership
from models.states import NeedStatus, OfferStatus
from web.services import introductions
from web.services.actor import Actor
from web.services.errors import NotFoundError
from web.services.visibility import needs_of, offers_of


class Subject(StrEnum):
    """What events are about."""

    NEED = "need"
    OFFER = "offer"
    MATCH = "match"
    ORGANISATION = "organisation"
    USER = "user"
    ACTIVITY = "activity"
    RULE = "rule"
    REGION = "region"
    LIST = "list"
    WEIGHTS = "weights"
    MAIL = "mail"


#: What all regions share, so that it has no region of its own.
_SHARED = (Subject.ACTIVITY, Subject.RULE, Subject.WEIGHTS)
#: What the coordinators arrange among themselves.
_AMONG_COORDINATORS = (
    "handed_over",
    "postponed",
    "resumed",
    "interest_declared",
    "interest_changed",
    "interest_withdrawn",
)
_MEMBERS = ("member_joined", "member_left")


@dataclass(frozen=True, slots=True)
class History:
    """The events of one thing, the newest first; `whole` where nothing is kept from the reader."""

    chosen: Select[Event]
    whole: bool


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What somebody asks of a region's record; an empty part asks nothing."""

    who: str = ""
    about: Subject | None = None
    since: date | None = None
    until: date | None = None


def history_of(session: Session, actor: Actor, about: Subject, key: str) -> History:
    """Return what happened to one thing; raises `NotFoundError` for who may not read it."""
    if about in (Subject.ACTIVITY, Subject.RULE):
        if not actor.coordinator_regions:
            raise NotFoundError
        return History(_events(_is(about, key)), whole=True)
    reader = _READERS.get(about)
    if reader is None:
        raise NotFoundError
    return reader(session, actor, int(key))


def region_record(actor: Actor, wanted: LogFilter) -> Select[Event]:
    """Return what happened in the actor's regions, and to what all regions share."""
    here = Event.region_id.in_(actor.coordinator_regions)
    shared = and_(Event.region_id.is_(None), Event.subject_type.in_(_SHARED))
    chosen = _events(or_(here, shared))
    if wanted.who:
        named = User.name.icontains(wanted.who, autoescape=True)
        chosen = chosen.where(Event.actor.has(named))
    if wanted.about:
        chosen = chosen.where(Event.subject_type == wanted.about)
    if wanted.since:
        chosen = chosen.where(Event.at >= datetime.combine(wanted.since, time(), UTC))
    if wanted.until and wanted.until < date.max:
        end = datetime.combine(wanted.until + timedelta(days=1), time(), UTC)
        chosen = chosen.where(Event.at < end)
    return chosen


def _events(about: ColumnElement[bool]) -> Select[Event]:
    parts = joinedload(Event.actor)
    return select(Event).where(about).order_by(Event.id.desc()).options(parts)


def _is(about: Subject, key: str) -> ColumnElement[bool]:
    return and_(Event.subject_type == about, Event.subject_id == key)


def _of_matches(matches: Select[int]) -> ColumnElement[bool]:
    ids = select(cast(matches.subquery().c.id, String))
    return and_(Event.subject_type == Subject.MATCH, Event.subject_id.in_(ids))


def _own(about: Subject, key: str) -> Select[Event]:
    """Return the events of one thing that its own people read."""
    return _events(_is(about, key)).where(Event.action.not_in(_AMONG_COORDINATORS))


def _need(session: Session, actor: Actor, need_id: int) -> History:
    about = Subject.NEED
    directed = Need.region_id.in_(actor.coordinator_regions), Need.status != NeedStatus.DRAFT
    if _there(session, select(Need.id).where(Need.id == need_id, *directed)):
        matches = _of_matches(select(Match.id).where(Match.need_id == need_id))
        return History(_events(or_(_is(about, str(need_id)), matches)), whole=True)
    if _there(session, select(Need.id).where(Need.id == need_id, needs_of(actor))):
        return History(_own(about, str(need_id)), whole=False)
    raise NotFoundError


def _offer(session: Session, actor: Actor, offer_id: int) -> History:
    about, regions = Subject.OFFER, actor.coordinator_regions
    one = select(Offer.id).join(Offer.organisation).where(Offer.id == offer_id)
    directed = Organisation.region_id.in_(regions), Offer.status != OfferStatus.DRAFT
    if _there(session, one.where(*directed)):
        matches = _of_matches(select(Match.id).where(Match.offer_id == offer_id))
        told = and_(matches, Event.region_id.in_(regions))
        return History(_events(or_(_is(about, str(offer_id)), told)), whole=True)
    if _there(session, one.where(offers_of(actor))):
        return History(_own(about, str(offer_id)), whole=False)
    raise NotFoundError


def _match(session: Session, actor: Actor, match_id: int) -> History:
    key = str(match_id)
    one = select(Match.id).join(Match.need).join(Match.offer).where(Match.id == match_id)
    regions = actor.coordinator_regions
    # Most readers of a match coordinate nothing, and its page asks the database much already.
    if regions and _there(session, one.where(Need.region_id.in_(regions))):
        return History(_events(_is(Subject.MATCH, key)), whole=True)
    if _there(session, one.where(introductions.visible_to(actor))):
        return History(_own(Subject.MATCH, key), whole=False)
    raise NotFoundError


def _organisation(session: Session, actor: Actor, organisation_id: int) -> History:
    about, key = Subject.ORGANISATION, str(organisation_id)
    one = select(Organisation.id).where(Organisation.id == organisation_id)
    if _there(session, one.where(Organisation.region_id.in_(actor.coordinator_regions))):
        return History(_events(_is(about, key)), whole=True)
    if organisation_id in actor.organisation_ids:
        return History(_own(about, key), whole=False)
    raise NotFoundError


def _user(session: Session, actor: Actor, user_id: int) -> History:
    joined = and_(
        Event.subject_type == Subject.ORGANISATION,
        Event.action.in_(_MEMBERS),
        Event.after["user"].as_integer() == user_id,
    )
    if not (user_id == actor.user_id or directs(session, actor, user_id)):
        raise NotFoundError
    return History(_events(or_(_is(Subject.USER, str(user_id)), joined)), whole=True)


def directs(session: Session, actor: Actor, user_id: int) -> bool:
    """Tell whether a coordinator has to do with somebody: by a role or an organisation there."""
    regions = actor.coordinator_regions
    if not regions:
        return False
    role = select(UserRole.id).where(UserRole.user_id == user_id, UserRole.region_id.in_(regions))
    member = select(Membership.id).join(Membership.organisation)
    member = member.where(Membership.user_id == user_id, Organisation.region_id.in_(regions))
    return _there(session, role) or _there(session, member)


def _there(session: Session, chosen: Select[int]) -> bool:
    return session.scalar(chosen.limit(1)) is not None


_READERS = {
    Subject.NEED: _need,
    Subject.OFFER: _offer,
    Subject.MATCH: _match,
    Subject.ORGANISATION: _organisation,
    Subject.USER: _user,
}
