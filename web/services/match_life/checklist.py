"""What must be in order before an enclave starts, ticked with the day."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from matcher.vocabulary import NeedKind, OfferKind
from models import Match, MatchCheck
from models.marker import N_
from models.states import CheckItem, MatchStatus
from web.services.actor import Actor
from web.services.errors import ConflictError, InvalidError
from web.services.match_life.moving import note
from web.services.match_life.taking import locked, steps_as

#: The Departement WSE hears of an enclave at least so long before it starts.
NOTICE_BEFORE = timedelta(days=1)
_WHILE = (MatchStatus.INTRODUCED, MatchStatus.AGREED)


def is_enclave(match: Match) -> bool:
    """Tell whether a team with its own supervisor works at the asker's."""
    return (match.need.kind, match.offer.kind) == (NeedKind.ENCLAVE, OfferKind.ENCLAVE_TEAM)


def checks_of(session: Session, match_id: int) -> dict[CheckItem, MatchCheck]:
    """Return the items that are in order."""
    chosen = select(MatchCheck).where(MatchCheck.match_id == match_id)
    ticked: Sequence[MatchCheck] = session.scalars(
        chosen.options(joinedload(MatchCheck.actor))
    ).all()
    return {one.item: one for one in ticked}


def tick(
    session: Session, actor: Actor, match_id: int, item: CheckItem, done_on: date | None, on: date
) -> Match:
    """Note that an item is in order since a day; noting it again changes the day."""
    match = _open(session, actor, match_id)
    if done_on is None:
        raise InvalidError({"done_on": N_("Please fill this in.")})
    if done_on > on:
        raise InvalidError({"done_on": N_("This day is still to come: tick it once it is done.")})
    stored = checks_of(session, match.id).get(item)
    before = {"done_on": stored.done_on.isoformat()} if stored else {}
    if stored is not None and stored.done_on == done_on:
        return match
    if stored is None:
        stored = MatchCheck(match_id=match.id, item=item)
        session.add(stored)
    assert actor.user_id is not None
    stored.done_on, stored.actor_id = done_on, actor.user_id
    session.flush()
    after = {"item": item.value, "done_on": done_on.isoformat()}
    note(session, actor, match, "checked", before=before, after=after)
    return match


def untick(session: Session, actor: Actor, match_id: int, item: CheckItem) -> Match:
    """Note that an item is not in order after all."""
    match = _open(session, actor, match_id)
    stored = checks_of(session, match.id).get(item)
    if stored is not None:
        before = {"done_on": stored.done_on.isoformat()}
        session.delete(stored)
        session.flush()
        note(session, actor, match, "unchecked", before=before, after={"item": item.value})
    return match


def _open(session: Session, actor: Actor, match_id: int) -> Match:
    match = locked(session, actor, match_id)
    steps_as(actor, match)
    if not is_enclave(match) or match.status not in _WHILE:
        raise ConflictError("stale")
    return match


def check_ready(session: Session, match: Match, started: date) -> None:
    """Refuse to begin an enclave while something is not in order; raises `InvalidError`."""
    if not is_enclave(match):
        return
    ticked = checks_of(session, match.id)
    if set(CheckItem) - set(ticked):
        raise InvalidError(
            {"started": N_("Not everything on the checklist is ticked yet: see below.")}
        )
    if ticked[CheckItem.NOTICE].done_on > started - NOTICE_BEFORE:
        raise InvalidError(
            {
                "started": N_(
                    "The notice to the Departement WSE must be given at least one day before the"
                    " start."
                )
            }
        )
