"""Whether a need still looks for somebody: locked, counted anew, and moved."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Need
from models.states import NeedStatus
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import stamp
from web.services.cover import state_by_cover
from web.services.matching import Fresh, keep_suggestions

OPEN_NEED = (NeedStatus.PUBLISHED, NeedStatus.APPROVED)


def lock_need(session: Session, need: Need) -> None:
    """Wait for whoever decides on this need now, and see what he left."""
    # Locked apart from loading: a load that locks refuses a row which changed while it waited.
    session.execute(select(Need.id).where(Need.id == need.id).with_for_update())
    session.refresh(need)


def settle_need(session: Session, actor: Actor, need: Need, fresh: Fresh | None = None) -> None:
    """Move an open need to where its matches leave it: decided when they cover it, else open.

    fresh: what to suggest if it is open again; without it what is suggested stays.
    """
    if need.status not in OPEN_NEED:
        return
    before = need.status
    need.status = state_by_cover(session, need)
    covered = need.status is NeedStatus.APPROVED
    if covered:
        need.postponed_until = None
    # Tells the matcher even when the need only gained another offer.
    stamp(session, need)
    if before is not need.status:
        was, now_is = {"status": before.value}, {"status": need.status.value}
        place = need.region_id
        events.record(
            session, actor, "need", need.id, "status", region_id=place, before=was, after=now_is
        )
    if fresh is not None and not covered:
        keep_suggestions(session, need, fresh)
