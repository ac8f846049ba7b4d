"""The weeks of a supplier: how many people of an offer are free, and who holds the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select

from matcher.promises import most_at_once
from models import Match, Offer
from models.states import OfferStatus
from web.services.actor import Actor
from web.services.catalogue import OFFER_PARTS
from web.services.promises import capacity_of, promise_of, promises_of
from web.services.visibility import offers_of

WEEK = timedelta(days=7)
#: Weeks that a page shows: half a year.
WEEKS_SHOWN = 26
#: How far the calendar goes to each side.
FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday on: the most people promised on one of its days, and those free."""

    monday: date
    promised: int
    free: int

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + WEEK - timedelta(days=1)

    @property
    def share(self) -> float:
        """Return which share of the people is promised, 0 to 1."""
        people = self.promised + self.free
        return min(1.0, self.promised / people) if people > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Hold:
    """A match that holds people of an offer in the weeks shown; an open end is None."""

    match: Match
    people: int
    start: date | None
    end: date | None


def monday_of(day: date) -> date:
    """Return the Monday of a day."""
    return day - timedelta(days=day.weekday())


def first_monday(asked: date | None, on: date) -> date:
    """Return the Monday that a calendar begins with: this week's, or that of the day asked."""
    if asked is None or abs(asked - on) > FARTHEST:
        return monday_of(on)
    return monday_of(asked)


def offers_with_people(actor: Actor) -> Select[Offer]:
    """Return the query for the actor's offers that can be promised, by title."""
    gone = (OfferStatus.DRAFT, OfferStatus.WITHDRAWN)
    chosen = select(Offer).where(offers_of(actor), Offer.status.not_in(gone))
    return chosen.options(*OFFER_PARTS).order_by(Offer.title, Offer.id)


def weeks_of(offer: Offer, first: date, number: int = WEEKS_SHOWN) -> list[Week]:
    """Return the weeks of an offer from a Monday on; none where it does not say how many it has."""
    people = capacity_of(offer)
    if people is None:
        return []
    promised = promises_of(offer)
    mondays = [first + number_ * WEEK for number_ in range(number)]
    most = [most_at_once(promised, day, day + WEEK - timedelta(days=1)) for day in mondays]
    return [Week(day, taken, people - taken) for day, taken in zip(mondays, most, strict=True)]


def holds_of(offer: Offer, weeks: Sequence[Week]) -> list[Hold]:
    """Return what holds people of an offer in these weeks, the earliest first."""
    if not weeks:
        return []
    found = []
    for match in offer.held:
        promise = promise_of(match)
        start, end = promise.start or date.min, promise.end or date.max
        if promise.people and start <= weeks[-1].sunday and end >= weeks[0].monday:
            found.append(Hold(match, promise.people, promise.start, promise.end))
    return sorted(found, key=lambda hold: (hold.start or date.min, hold.match.id))
