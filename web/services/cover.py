"""How far a need is answered, when several offers may each send a part of the people.

A need that counts no people is answered by one match, and so is one whose match names no number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Match, Need, Offer
from models.marker import N_
from models.match_life import CHOSEN
from models.states import MatchStatus, NeedStatus
from web.services.errors import InvalidError

#: What both sides promised each other.
_PROMISED = (MatchStatus.AGREED, MatchStatus.RUNNING, MatchStatus.DONE)


@dataclass(frozen=True, slots=True)
class Cover:
    """The people a need asks for, at least and at most; how many are promised, and talked about.

    wanted: None where none are counted. whole: a match without a number answers all of it.
    """

    wanted: int | None
    most: int | None
    promised: int
    talking: int
    whole: bool

    @property
    def taken(self) -> int:
        """Return how many people are promised or talked about."""
        return self.promised + self.talking

    @property
    def covered(self) -> bool:
        """Tell whether nothing is left to find."""
        return self.whole or (self.wanted is not None and self.taken >= self.wanted)

    @property
    def open(self) -> int:
        """Return how many people are still to be found."""
        return 0 if self.whole or self.wanted is None else max(0, self.wanted - self.taken)

    @property
    def in_parts(self) -> bool:
        """Tell whether numbers say more than that it is answered or not."""
        return (self.wanted or 0) > 1 and not self.whole and self.taken > 0


def cover_of(session: Session, need: Need) -> Cover:
    """Count what the chosen matches of a need bring."""
    chosen = select(Match.status, Match.people)
    rows = session.execute(chosen.where(Match.need_id == need.id, Match.status.in_(CHOSEN)))
    return cover_by(need, ((row[0], row[1]) for row in rows))


def has_chosen(session: Session, need: Need) -> bool:
    """Tell whether a coordinator chose an offer for a need, also for a part of it."""
    chosen = select(Match.id).where(Match.need_id == need.id, Match.status.in_(CHOSEN)).limit(1)
    return session.scalar(chosen) is not None


def state_by_cover(session: Session, need: Need) -> NeedStatus:
    """Return the state in which its matches leave an open need."""
    return NeedStatus.APPROVED if cover_of(session, need).covered else NeedStatus.PUBLISHED


def cover_by(need: Need, chosen: Iterable[tuple[MatchStatus, int | None]]) -> Cover:
    """Count what matches bring, given by state and number of people."""
    found = list(chosen)
    wanted = need.people_min
    return Cover(
        wanted=wanted,
        most=(need.people_max or wanted) if wanted else None,
        promised=sum(people or 0 for status, people in found if status in _PROMISED),
        talking=sum(people or 0 for status, people in found if status not in _PROMISED),
        whole=any(wanted is None or people is None for _status, people in found),
    )


def usual_people(cover: Cover, offer: Offer, free: int | None) -> int | None:
    """Return for how many people an offer is approved when nobody says it: what is still open.

    free: how many of its people it may promise, None where it does not say. Where enough is found
    already, it is asked beside the others, for all of them.
    """
    if cover.wanted is None or cover.most is None:
        return None
    left = cover.most - cover.taken
    asked = left if left > 0 and not cover.whole else cover.most
    return min(asked, free or offer.people_min or asked)


def checked_people(
    cover: Cover, offer: Offer, people: int | None, free: int | None = None
) -> int | None:
    """Return for how many people an offer is approved; raises `InvalidError` at `people`."""
    if cover.most is None or people is None:
        return usual_people(cover, offer, free)
    if free is not None and people > free:
        raise InvalidError({"people": N_("This offer has fewer people free.")})
    if not 1 <= people <= cover.most:
        raise InvalidError({"people": N_("The need asks for fewer people.")})
    return people
