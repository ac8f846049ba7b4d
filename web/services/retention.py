"""How long what is kept: each kind has a period, and what is older goes in the night.

What somebody would miss is announced to him by mail first, and goes no sooner than four weeks
later; who logs in, changes or publishes it meanwhile keeps it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from matcher.vocabulary import OfferKind
from models import (
    Event,
    ImportBatch,
    Need,
    Notice,
    Offer,
    OutboxMail,
    RetentionNotice,
    Sighting,
    Token,
    User,
)
from models.base import Base
from models.states import MailState, NeedStatus, OfferStatus
from web.services import events, mail
from web.services.actor import BRUG
from web.services.catalogue import Catalogue, stamp
from web.services.erasing import erase
from web.services.needs import delete_draft
from web.services.offers import withdraw_offer
from web.services.periods import Kept, Periods

ANNOUNCED_BEFORE = timedelta(weeks=4)
#: What is done in one night at most; the rest follows in the next one.
MOST_AT_ONCE = 200
ERASED_NAME = "Gewist account %s"
_EMPTIED = "Gewist na de bewaartermijn."


ANNOUNCED = (Kept.ACCOUNTS, Kept.NEED_DRAFTS, Kept.OFFER_DRAFTS, Kept.PROFILES)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is too old: whom to tell, and how it goes."""

    row_id: int
    person: User | None
    title: str
    go: Callable[[], object]


def clean(session: Session, catalogue: Catalogue, periods: Periods, on: date) -> dict[Kept, int]:
    """Announce what will go and let go what was announced; returns how many went, by kind."""
    gone = {kind: _old_rows(session, kind, _before(periods[kind], on)) for kind in _SILENT}
    for kind in ANNOUNCED:
        cutoff = _before(periods[kind], on)
        due = list(_DUE[kind](session, catalogue, cutoff, on))
        gone[kind] = _announce_or_go(session, kind, due, on)
    return gone


def _before(months: int, on: date) -> datetime:
    """Return the moment so many months ago; a month counts for thirty days and a half."""
    return datetime.combine(on - timedelta(days=round(months * 30.5)), time(), UTC)


def _announce_or_go(session: Session, kind: Kept, due: list[Due], on: date) -> int:
    """Forget what is no longer due, tell of what is new, and end what was told long enough ago."""
    told = select(RetentionNotice).where(RetentionNotice.kind == kind.value)
    known = {notice.row_id: notice for notice in session.scalars(told)}
    still = {one.row_id for one in due}
    for row_id, notice in known.items():
        if row_id not in still:
            session.delete(notice)
    gone = 0
    for one in due[:MOST_AT_ONCE]:
        announced = known.get(one.row_id)
        if announced is None:
            _announce(session, kind, one, on)
        elif announced.announced_on + ANNOUNCED_BEFORE <= on:
            one.go()
            session.delete(announced)
            gone += 1
    session.flush()
    return gone


def _announce(session: Session, kind: Kept, one: Due, on: date) -> None:
    row = RetentionNotice(kind=kind.value, row_id=one.row_id, announced_on=on)
    session.add(row)
    if one.person is not None and one.person.is_active:
        day = on + ANNOUNCED_BEFORE
        key = f"will_go:{kind.value}:{one.row_id}:{on.isoformat()}"
        values = {
            "what": kind.value,
            "title": one.title,
            "day": f"{day.day}/{day.month}/{day.year}",
        }
        mail.write_once(session, key, "will_go", one.person, **values)


def _accounts(session: Session, catalogue: Catalogue, cutoff: datetime, on: date) -> Iterable[Due]:
    """Accounts without a role of which nobody saw anything since long."""
    active = set(session.scalars(select(Event.actor_id).where(Event.at >= cutoff).distinct()))
    chosen = select(User).where(
        User.created_at < cutoff,
        User.email.not_like("%@invalid"),
        or_(User.last_login_on.is_(None), User.last_login_on < cutoff.date()),
        ~User.roles.any(),
    )
    for user in session.scalars(chosen.order_by(User.id)):
        if user.id not in active:
            go = _erasing(session, catalogue, user.id, on)
            yield Due(user.id, user, user.name, go)


def _erasing(
    session: Session, catalogue: Catalogue, user_id: int, on: date
) -> Callable[[], object]:
    return lambda: erase(session, catalogue, BRUG, user_id, on, ERASED_NAME)


def _need_drafts(
    session: Session, _catalogue: Catalogue, cutoff: datetime, _on: date
) -> Iterable[Due]:
    chosen = select(Need).where(
        Need.status == NeedStatus.DRAFT, Need.published_at.is_(None), Need.updated_at < cutoff
    )
    for need in session.scalars(chosen.order_by(Need.id)):
        person = _person(session, need.contact_id or need.created_by_id)
        yield Due(need.id, person, need.title, _deleting(session, need))


def _deleting(session: Session, need: Need) -> Callable[[], object]:
    return lambda: delete_draft(session, BRUG, need)


def _offer_drafts(
    session: Session, catalogue: Catalogue, cutoff: datetime, on: date
) -> Iterable[Due]:
    chosen = select(Offer).where(Offer.status == OfferStatus.DRAFT, Offer.updated_at < cutoff)
    for offer in session.scalars(_whole(chosen)):
        person = _person(session, offer.contact_id or offer.created_by_id)
        yield Due(offer.id, person, offer.title, _withdrawing(session, catalogue, offer, on))


def _withdrawing(
    session: Session, catalogue: Catalogue, offer: Offer, on: date
) -> Callable[[], object]:
    return lambda: withdraw_offer(session, catalogue, BRUG, offer, on)


def _profiles(session: Session, catalogue: Catalogue, cutoff: datetime, on: date) -> Iterable[Due]:
    """Profiles that are not shown since long: their words go, for they are about one person."""
    over = or_(Offer.status == OfferStatus.WITHDRAWN, Offer.valid_until < cutoff.date())
    chosen = select(Offer).where(
        Offer.kind == OfferKind.PROFILE,
        Offer.status != OfferStatus.DRAFT,
        over,
        Offer.updated_at < cutoff,
        Offer.text != _EMPTIED,
    )
    for offer in session.scalars(_whole(chosen)):
        person = _person(session, offer.contact_id or offer.created_by_id)
        yield Due(offer.id, person, offer.pseudonym or "", _emptying(session, catalogue, offer))


def _emptying(session: Session, catalogue: Catalogue, offer: Offer) -> Callable[[], object]:
    def empty() -> None:
        before = {"status": offer.status.value}
        with catalogue.open(session):
            offer.title = f"Profiel {offer.pseudonym or offer.id}"
            offer.text, offer.details = _EMPTIED, {}
            offer.status = OfferStatus.WITHDRAWN
            stamp(session, offer)
            session.flush()
        region, after = offer.organisation.region_id, {"status": offer.status.value}
        events.record(
            session,
            BRUG,
            "offer",
            offer.id,
            "emptied",
            region_id=region,
            before=before,
            after=after,
        )

    return empty


def _whole(chosen: Select[Offer]) -> Select[Offer]:
    parts = selectinload(Offer.organisation), selectinload(Offer.activities)
    return chosen.order_by(Offer.id).options(*parts)


def _person(session: Session, user_id: int | None) -> User | None:
    return session.get(User, user_id) if user_id is not None else None


_DUE: Mapping[Kept, Callable[[Session, Catalogue, datetime, date], Iterable[Due]]] = {
    Kept.ACCOUNTS: _accounts,
    Kept.NEED_DRAFTS: _need_drafts,
    Kept.OFFER_DRAFTS: _offer_drafts,
    Kept.PROFILES: _profiles,
}
_SILENT = (Kept.MAILS, Kept.MESSAGES, Kept.IMPORTS, Kept.SIGHTINGS, Kept.LINKS)


def _old_rows(session: Session, kind: Kept, cutoff: datetime) -> int:
    """Delete rows that nobody would miss; returns how many."""
    row, *conditions = {
        Kept.MAILS: (
            OutboxMail,
            OutboxMail.state.in_((MailState.SENT, MailState.DEAD)),
            OutboxMail.created_at < cutoff,
        ),
        Kept.MESSAGES: (Notice, Notice.read_at.is_not(None), Notice.created_at < cutoff),
        Kept.IMPORTS: (ImportBatch, ImportBatch.created_at < cutoff),
        Kept.SIGHTINGS: (Sighting, Sighting.day < cutoff.date()),
        Kept.LINKS: (Token, Token.expires_at < cutoff),
    }[kind]
    table = cast(Table, cast(type[Base], row).__table__)
    counted = select(func.count()).select_from(table).where(*cast(Any, conditions))
    number = session.scalar(counted) or 0
    if number:
        session.execute(delete(table).where(*cast(Any, conditions)))
    return number
