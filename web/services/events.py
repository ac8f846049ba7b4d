"""The record: one event for every change of state."""

from typing import Any

from sqlalchemy.orm import Session

from models import Event
from web.services.actor import Actor


def record(
    session: Session,
    actor: Actor,
    subject_type: str,
    subject_id: int | str,
    action: str,
    *,
    region_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Write an event; `before` and `after` hold JSON-ready values without personal data."""
    session.add(
        Event(
            actor_id=actor.user_id,
            region_id=region_id,
            subject_type=subject_type,
            subject_id=str(subject_id),
            action=action,
            before=before or {},
            after=after or {},
            reason=reason,
        )
    )
