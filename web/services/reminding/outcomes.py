"""Who knows how it went is asked: whether the work began, what came of it, who is still there.

Both sides are asked, for either may tell; once each for the same question, and nobody is asked any
more once it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Match, Need, Offer, User
from models.states import Delay, MatchStatus, Side
from web.services import mail
from web.services.match_life.answers import SIDES
from web.services.match_life.retention import questions
from web.services.match_mail import PATH
from web.services.quiet import BRUSSELS
from web.services.reminding.base import may_remind, note
from web.services.reminding.delays import all_delays

_OPEN = (MatchStatus.AGREED, MatchStatus.RUNNING, MatchStatus.DONE)
_PARTS = (
    joinedload(Match.need).joinedload(Need.organisation),
    joinedload(Match.need).joinedload(Need.contact),
    joinedload(Match.offer).joinedload(Offer.organisation),
    joinedload(Match.offer).joinedload(Offer.contact),
    joinedload(Match.agreement),
)


@dataclass(frozen=True, slots=True)
class Untold:
    """Something that the two sides of a match know and Brug does not, since a day.

    template: of the mail that asks; months: after how many somebody may be there still, or 0.
    """

    match_id: int
    side: Side
    template: str
    since: date
    months: int = 0

    @property
    def key(self) -> str:
        """Name the question, which is asked anew when the day of it was changed."""
        return f"{self.template}:{self.match_id}:{self.side}:{self.since}:{self.months}"


def untold(session: Session, moment: datetime) -> list[Untold]:
    """Return what to ask of each side of each match, the oldest match first."""
    delays, today = all_delays(session), moment.astimezone(BRUSSELS).date()
    chosen = select(Match).where(Match.status.in_(_OPEN)).options(*_PARTS).order_by(Match.id)
    found = []
    for match in session.scalars(chosen):
        patience = delays[match.need.region_id][Delay.ASK_OUTCOME]
        for template, since, months in _asked(session, match):
            if since + patience <= today:
                found += [Untold(match.id, side, template, since, months) for side in SIDES]
    return found


def _asked(session: Session, match: Match) -> Sequence[tuple[str, date, int]]:
    """Return which mails ask about a match, from which day on, and about how many months."""
    agreed = match.agreement
    if agreed is None:
        return []
    if match.status is MatchStatus.AGREED:
        return [("begin_asked", agreed.start_date, 0)]
    asked = [
        ("retention_asked", one.due, one.months)
        for one in questions(session, match, agreed)
        if one.answer is None
    ]
    if match.status is MatchStatus.RUNNING and agreed.end_date is not None:
        asked.append(("outcome_asked", agreed.end_date + timedelta(days=1), 0))
    return asked


def ask(session: Session, asked: Untold, moment: datetime) -> bool:
    """Ask one side, once; False when it is not the moment, or was done before."""
    chosen = select(Match).where(Match.id == asked.match_id).options(*_PARTS)
    match = session.scalars(chosen).one()
    person, other = _person(match, asked.side)
    if person is None or not may_remind(session, person.id, moment):
        return False
    if not note(session, asked.key, person.id, moment):
        return False
    values = {
        "need": match.need,
        "other": other,
        "months": asked.months,
        "path": f"/{PATH}/{match.id}",
    }
    return mail.write_once(session, asked.key, asked.template, person, **values)


def _person(match: Match, side: Side) -> tuple[User | None, str]:
    """Return the contact of a side, with the name of the other."""
    if side is Side.NEED:
        return match.need.contact, match.offer.organisation.name
    return match.offer.contact, match.need.organisation.name
