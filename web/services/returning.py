"""Refused pairs stay away, until one side changes what the refusal was about."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Event, Match, Need, Offer
from models.states import MatchStatus, RefusalReason
from web.services import events
from web.services.actor import BRUG
from web.services.catalogue import NEED_PARTS, OFFER_PARTS
from web.services.pair_marks import comes_back, marks


def bring_back(session: Session, matches: Iterable[Match]) -> int:
    """Suggest again the refused ones among some matches whose sides changed; returns how many."""
    refused = {match.id: match for match in matches if match.status is MatchStatus.REFUSED}
    if not refused:
        return 0
    chosen = (
        select(Match)
        .where(Match.id.in_(refused))
        .options(selectinload(Match.need).options(*NEED_PARTS))
        .options(selectinload(Match.offer).options(*OFFER_PARTS))
    )
    rows = session.scalars(chosen).all()
    told = _told_at_refusal(session, [match.id for match in rows])
    changed = [match for match in rows if _changed(match, told.get(match.id))]
    for match in changed:
        match.status = MatchStatus.SUGGESTED
        _record(session, match)
    return len(changed)


def _told_at_refusal(session: Session, ids: Iterable[int]) -> dict[int, Event]:
    """Return the newest decision on each match, as the record keeps it."""
    chosen = (
        select(Event)
        .where(Event.subject_type == "match", Event.subject_id.in_([str(i) for i in ids]))
        .where(Event.action == "decided")
        .order_by(Event.id)
    )
    return {int(event.subject_id): event for event in session.scalars(chosen)}


def _changed(match: Match, told: Event | None) -> bool:
    if told is None or not told.after.get("refusal"):
        return False
    need: Need = match.need
    offer: Offer = match.offer
    before = told.after.get("marks") or {}
    return comes_back(RefusalReason(told.after["refusal"]), before, marks(need, offer))


def _record(session: Session, match: Match) -> None:
    events.record(
        session,
        BRUG,
        "match",
        match.id,
        "came_back",
        region_id=match.need.region_id,
        before={"status": MatchStatus.REFUSED.value},
        after={"status": match.status.value, "need": match.need_id, "offer": match.offer_id},
    )
