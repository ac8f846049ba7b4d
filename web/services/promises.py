"""Who of an offer is promised to whom, and when: what a match holds until it ends or falls through.

A match holds the people that were agreed, before that those whom it was approved for, in the period
agreed, before that the one asked. An offer says how many people it has in all; what is promised
through Brug is taken off for it.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.promises import most_at_once
from matcher.values import Promise
from matcher.vocabulary import NeedKind, OfferKind
from models import Match, Need, Offer
from models.marker import N_
from web.services.errors import ConflictError, InvalidError


def capacity_of(offer: Offer) -> int | None:
    """Return how many people an offer has in all; None where it does not say."""
    return 1 if offer.kind is OfferKind.PROFILE else offer.people_max


def promises_of(offer: Offer, but: int | None = None) -> tuple[Promise, ...]:
    """Return what the matches of an offer hold, without that for the need `but`."""
    return tuple(
        promise_of(match) for match in offer.held if match.need_id != but and _people(match)
    )


def promise_of(match: Match) -> Promise:
    """Return what a match holds of its offer; people are 0 where nobody is counted."""
    agreed = match.agreement
    if agreed is not None:
        return Promise(_people(match), agreed.start_date, agreed.end_date)
    return Promise(_people(match), match.need.start_date, match.need.end_date)


def _people(match: Match) -> int:
    agreed = match.agreement
    if agreed is not None and agreed.people is not None:
        return agreed.people
    if match.people is not None:
        return match.people
    return people_asked(match.need) or 0


def people_asked(need: Need) -> int | None:
    """Return how many people a need asks at least; for a job that is one, where it says nothing."""
    if need.people_min is not None or need.people_max is not None:
        return need.people_min or need.people_max
    return 1 if need.kind in (NeedKind.VACANCY, NeedKind.PLACEMENT) else None


def free_for(offer: Offer, need: Need) -> int | None:
    """Return how many people an offer has free in the period of a need; None where unknown."""
    return free_between(offer, need.start_date, need.end_date, but=need.id)


def free_between(
    offer: Offer, start: date | None, end: date | None, *, but: int | None = None
) -> int | None:
    """Return how many people are free on every day of a period; below 0 with too many promised.

    but: a need whose own match does not count.
    """
    capacity = capacity_of(offer)
    if capacity is None:
        return None
    return capacity - most_at_once(promises_of(offer, but), start, end)


def lock_offer(session: Session, offer: Offer) -> None:
    """Wait for whoever promises people of this offer now, and see what he left."""
    session.execute(select(Offer.id).where(Offer.id == offer.id).with_for_update())
    held = select(Match).where(Match.offer_id == offer.id)
    session.scalars(held.execution_options(populate_existing=True)).all()
    session.expire(offer, ["held"])


def room_for(session: Session, offer: Offer, need: Need) -> int | None:
    """Return how many people may be promised to a need, once nobody else is promising.

    None where nobody is counted. Raises `ConflictError` `promised` when there is nobody left.
    """
    lock_offer(session, offer)
    if people_asked(need) is None:
        return None
    free = free_for(offer, need)
    if free is not None and free < 1:
        raise ConflictError("promised")
    return free


def check_room(
    session: Session, match: Match, people: int | None, start: date | None, end: date | None
) -> None:
    """Refuse to agree on more people than are free on each day; raises `InvalidError`."""
    lock_offer(session, match.offer)
    free = free_between(match.offer, start, end, but=match.need_id)
    wanted = people if people is not None else _people(match)
    if wanted and free is not None and wanted > free:
        message = N_("In that period this offer has fewer people free: others have its promise.")
        raise InvalidError({"people": message})


def check_still_free(session: Session, match: Match) -> None:
    """Refuse to hold again what others were promised meanwhile; `ConflictError` `promised`."""
    lock_offer(session, match.offer)
    held = promise_of(match)
    free = free_between(match.offer, held.start, held.end, but=match.need_id)
    if free is not None and held.people > free:
        raise ConflictError("promised")
