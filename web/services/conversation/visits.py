"""Visits: one side proposes a moment and a place, the other accepts, either calls it off.

A calendar reads them as iCalendar (RFC 5545): one event with the same name for every version, and
a number that grows with each change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Match, Visit, now
from models.marker import N_
from models.match_life import HOLDING
from models.states import Side
from web.services import match_mail
from web.services.actor import Actor
from web.services.errors import ConflictError, InvalidError, NotFoundError
from web.services.introductions import introduction
from web.services.match_life.moving import note
from web.services.match_life.taking import steps_as
from web.services.storing import stored_once
from web.services.texts import LONGEST_TEXT, clean_line, clean_text

LONGEST_PLACE = 200
#: How far ahead a visit may be.
FARTHEST = timedelta(days=366)
LENGTHS = (30, 60, 90, 120, 180, 240)
BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A visit as somebody proposes it; `starts_at` is the clock of Brussels, without a zone."""

    starts_at: datetime | None
    minutes: int
    place: str | None
    words: str | None = None
    key: str | None = None


def propose(session: Session, actor: Actor, match_id: int, wanted: Proposal) -> Visit:
    """Propose a visit for one's own side, or as coordinator for both."""
    match = introduction(session, actor, match_id)
    side = steps_as(actor, match)
    starts_at, place, words = _checked(wanted)
    if match.status not in HOLDING:
        raise ConflictError("closed")
    values = {
        "match_id": match.id,
        "side": side,
        "starts_at": starts_at,
        "minutes": wanted.minutes,
        "place": place,
        "words": words,
        "proposer_id": actor.user_id,
        "submission_key": wanted.key,
    }
    visit, made = stored_once(session, Visit, values)
    if not made:
        return visit
    note(session, actor, match, "visit_proposed", after=_told(visit))
    _tell(session, match, side, "visit_proposed", visit)
    return visit


def accept(session: Session, actor: Actor, visit_id: int, *, seen_version: int | None) -> Visit:
    """Accept a visit that the other side, or the coordinator, proposed."""
    visit, match, side = _for(session, actor, visit_id, seen_version)
    if side is visit.side or visit.cancelled_at is not None or visit.accepted_at is not None:
        raise ConflictError("stale")
    visit.accepted_at = now()
    _changed(session, actor, match, visit, "visit_accepted", side)
    return visit


def cancel(session: Session, actor: Actor, visit_id: int, *, seen_version: int | None) -> Visit:
    """Call a visit off."""
    visit, match, side = _for(session, actor, visit_id, seen_version)
    if visit.cancelled_at is not None:
        raise ConflictError("stale")
    visit.cancelled_at = now()
    _changed(session, actor, match, visit, "visit_cancelled", side)
    return visit


def _changed(
    session: Session, actor: Actor, match: Match, visit: Visit, what: str, side: Side
) -> None:
    visit.sequence += 1
    session.flush()
    note(session, actor, match, what, after=_told(visit))
    _tell(session, match, side, what, visit)


def _tell(session: Session, match: Match, side: Side, what: str, visit: Visit) -> None:
    when = format_datetime(visit.starts_at.astimezone(BRUSSELS), "d MMMM y, H:mm", locale="nl_BE")
    said = "\n".join(filter(None, (f"{when}, {visit.place}", visit.words)))
    match_mail.tell_visit(session, match, side, what, when, said)


def _for(
    session: Session, actor: Actor, visit_id: int, seen_version: int | None
) -> tuple[Visit, Match, Side]:
    visit = visit_for(session, actor, visit_id)
    match = introduction(session, actor, visit.match_id)
    side = steps_as(actor, match)
    if visit.version != seen_version:
        raise ConflictError("stale")
    return visit, match, side


def visit_for(session: Session, actor: Actor, visit_id: int) -> Visit:
    """Return a visit of a match that concerns the actor; raises `NotFoundError`."""
    visit = session.get(Visit, visit_id)
    if visit is None:
        raise NotFoundError
    introduction(session, actor, visit.match_id)
    return visit


def visits_of(session: Session, match: Match) -> Sequence[Visit]:
    """Return the visits of a match by their day, those called off too."""
    chosen = select(Visit).where(Visit.match_id == match.id)
    return session.scalars(chosen.order_by(Visit.starts_at, Visit.id)).all()


def _checked(wanted: Proposal) -> tuple[datetime, str, str | None]:
    problems = {}
    place, words = clean_line(wanted.place), clean_text(wanted.words) or None
    starts_at = None if wanted.starts_at is None else wanted.starts_at.replace(tzinfo=BRUSSELS)
    if starts_at is None:
        problems["day"] = N_("Choose a day and an hour.")
    elif not now() < starts_at.astimezone(UTC) < now() + FARTHEST:
        problems["day"] = N_("Choose a moment after now, within a year.")
    if wanted.minutes not in LENGTHS:
        problems["minutes"] = N_("Choose how long it takes.")
    if not place:
        problems["place"] = N_("Write where you meet.")
    elif len(place) > LONGEST_PLACE:
        problems["place"] = N_("This text is too long.")
    if words and len(words) > LONGEST_TEXT:
        problems["words"] = N_("This text is too long.")
    if problems:
        raise InvalidError(problems)
    assert starts_at is not None
    return starts_at.astimezone(UTC), place, words


def _told(visit: Visit) -> dict[str, object]:
    return {"visit": visit.id, "starts_at": visit.starts_at.isoformat(), "side": visit.side.value}


def day_of(visit: Visit) -> date:
    """Return the day of a visit by the clock of Brussels."""
    return visit.starts_at.astimezone(BRUSSELS).date()


def calendar_of(visit: Visit, title: str, host: str, url: str) -> bytes:
    """Return a visit as an iCalendar file; host: of this site, so that its name is its own."""
    event = Event()
    event.add("uid", f"bezoek-{visit.id}@{host}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.proposed_at.astimezone(UTC))
    event.add("dtstart", visit.starts_at.astimezone(BRUSSELS))
    event.add("dtend", (visit.starts_at + timedelta(minutes=visit.minutes)).astimezone(BRUSSELS))
    event.add("summary", title)
    event.add("location", visit.place)
    event.add("url", url)
    if visit.words:
        event.add("description", visit.words)
    cancelled, accepted = visit.cancelled_at is not None, visit.accepted_at is not None
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED" if accepted else "TENTATIVE")
    calendar = Calendar()
    calendar.add("prodid", "-//Brug//Bezoeken//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
