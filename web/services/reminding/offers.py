"""Offers ask whether they are still right, and pause themselves where nobody says so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Offer, Reminder, User
from models.states import Delay, OfferStatus
from web.services import mail
from web.services.actor import BRUG
from web.services.catalogue import Catalogue
from web.services.offers import pause_offer
from web.services.people import people_of
from web.services.reminding.base import may_remind, note
from web.services.reminding.delays import all_delays

#: A mail with more offers would be read by nobody; the others come the next time.
MOST_ASKED = 10


def people_to_ask(session: Session, moment: datetime) -> dict[int, list[int]]:
    """Return the numbers of the offers to ask about, by the person to ask."""
    delays, asked = all_delays(session), _asked(session)
    found: dict[int, list[int]] = defaultdict(list)
    for offer in _published(session):
        delay = delays[offer.organisation.region_id][Delay.ASK_OFFER]
        person = _person_of(session, offer)
        if person and _since(offer) <= moment - delay and _key(offer) not in asked:
            found[person.id].append(offer.id)
    return dict(found)


def ask(session: Session, user_id: int, offer_ids: Sequence[int], moment: datetime) -> int:
    """Ask somebody about his offers in one mail; returns about how many."""
    if not may_remind(session, user_id, moment):
        return 0
    offers = [session.get_one(Offer, number) for number in offer_ids[:MOST_ASKED]]
    asked = [offer for offer in offers if note(session, _key(offer), user_id, moment)]
    if asked:
        user = session.get_one(User, user_id)
        key = f"offers_current:{user_id}:{_key(asked[0])}"
        mail.write_once(session, key, "offers_current", user, offers=asked)
    return len(asked)


def offers_to_pause(session: Session, moment: datetime) -> list[int]:
    """Return the offers about which nobody answered in time."""
    delays, asked = all_delays(session), _asked(session)
    return [
        offer.id
        for offer in _published(session)
        if (at := asked.get(_key(offer))) is not None
        and at <= moment - delays[offer.organisation.region_id][Delay.PAUSE_OFFER]
    ]


def pause(session: Session, catalogue: Catalogue, offer_id: int, moment: datetime) -> None:
    """Pause an offer that nobody answered for, and say so to whom was asked."""
    offer = session.get_one(Offer, offer_id)
    if offer.status is not OfferStatus.PUBLISHED:
        return
    person, key = _person_of(session, offer), f"offer_paused:{_key(offer)}"
    pause_offer(session, catalogue, BRUG, offer, moment.date())
    if person is not None:
        mail.write_once(session, key, "offer_paused", person, offer=offer)


def _published(session: Session) -> Iterator[Offer]:
    chosen = select(Offer).where(
        Offer.status == OfferStatus.PUBLISHED, Offer.published_at.is_not(None)
    )
    parts = (joinedload(Offer.organisation), joinedload(Offer.contact))
    yield from session.scalars(chosen.options(*parts).order_by(Offer.id))


def _since(offer: Offer) -> datetime:
    since = offer.confirmed_at or offer.published_at
    assert since is not None
    return since


def _key(offer: Offer) -> str:
    """Name the asking about an offer; it is anew after every time that somebody confirmed it."""
    return f"offer_current:{offer.id}:{_since(offer):%Y-%m-%dT%H:%M:%S.%f}"


def _asked(session: Session) -> dict[str, datetime]:
    chosen = select(Reminder.key, Reminder.at).where(Reminder.key.startswith("offer_current:"))
    return {row.key: row.at for row in session.execute(chosen)}


def _person_of(session: Session, offer: Offer) -> User | None:
    """Return who speaks for an offer: its contact, else whoever joined its organisation first."""
    contact = offer.contact
    if contact is not None and contact.is_active:
        return contact
    return next(iter(people_of(session, offer.organisation_id)), None)
