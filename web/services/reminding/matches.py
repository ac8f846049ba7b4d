"""Who does not answer a proposal is reminded; after more days the coordinator is told.

A side that asked something is not silent: it waits for the other.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models import Match, Need, Offer, User
from models.states import Delay, MatchStatus, Side
from web.services import mail
from web.services.match_life.answers import SIDES, answers_of, approval_of
from web.services.match_mail import PATH
from web.services.people import coordinators_of
from web.services.quiet import BRUSSELS, working_days_between
from web.services.reminding.base import may_remind, note
from web.services.reminding.delays import all_delays


@dataclass(frozen=True, slots=True)
class Silent:
    """A side that said nothing to an approval for some working days."""

    match_id: int
    approval_id: int
    side: Side
    days: int
    remind: bool
    tell: bool

    @property
    def key(self) -> str:
        """Name the silence, for what is said about it once."""
        return f"{self.approval_id}:{self.side}"


def silent_sides(session: Session, moment: datetime) -> list[Silent]:
    """Return the sides that are silent for long enough to remind them or to tell of it."""
    delays = all_delays(session)
    chosen = select(Match).where(Match.status == MatchStatus.APPROVED).order_by(Match.id)
    parts = (joinedload(Match.need), selectinload(Match.decisions))
    matches = session.scalars(chosen.options(*parts)).all()
    answers, today = answers_of(session, matches), moment.astimezone(BRUSSELS).date()
    found = []
    for match in matches:
        approval = approval_of(match)
        if approval is None:
            continue
        spoke = {one.side for one in answers[match.id]}
        days = working_days_between(approval.at.astimezone(BRUSSELS).date(), today)
        own = delays[match.need.region_id]
        remind, tell = days >= own[Delay.REMIND_SIDE].days, days >= own[Delay.TELL_SILENT].days
        silent = [side for side in SIDES if side not in spoke] if remind or tell else []
        found += [Silent(match.id, approval.id, side, days, remind, tell) for side in silent]
    return found


def remind(session: Session, silent: Silent, moment: datetime) -> bool:
    """Ask a silent side again, once; False when it is not the moment, or was done before."""
    match = _match(session, silent)
    person, other = _person(match, silent.side)
    key = f"asked_again:{silent.key}"
    if person is None or not may_remind(session, person.id, moment):
        return False
    if not note(session, key, person.id, moment):
        return False
    values = {
        "need": match.need,
        "other": other,
        "path": f"/{PATH}/{match.id}",
        "approval": silent.approval_id,
        "side": silent.side,
    }
    return mail.write_once(session, key, "asked_again", person, **values)


def tell(session: Session, silent: Silent) -> int:
    """Tell the coordinators that a side stays silent; returns to how many it was news."""
    match = _match(session, silent)
    organisation = _organisation(match, silent.side)
    told = 0
    for coordinator in coordinators_of(session, match.need.region_id):
        key = f"silent_side:{silent.key}:{coordinator.id}"
        values = {
            "organisation": organisation,
            "need": match.need,
            "days": silent.days,
            "path": f"/regie/vragen/{match.need_id}",
        }
        told += mail.write_once(session, key, "silent_side", coordinator, **values)
    return told


def _match(session: Session, silent: Silent) -> Match:
    parts = (
        joinedload(Match.need).joinedload(Need.organisation),
        joinedload(Match.offer).joinedload(Offer.organisation),
    )
    chosen = select(Match).where(Match.id == silent.match_id).options(*parts)
    return session.scalars(chosen).one()


def _organisation(match: Match, side: Side) -> object:
    return match.need.organisation if side is Side.NEED else match.offer.organisation


def _person(match: Match, side: Side) -> tuple[User | None, str]:
    """Return the contact of a side, with the name of the other."""
    if side is Side.NEED:
        return match.need.contact, match.offer.organisation.name
    return match.offer.contact, match.need.organisation.name
