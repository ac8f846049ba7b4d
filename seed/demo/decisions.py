"""What the coordinators of the demo region decided, and what came of it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Match, Need, Offer
from models.states import MatchStatus, RefusalReason
from seed.demo.lives import live
from seed.demo.steps import Steps, actor_for, external_id
from seed.files import read_yaml
from web.services import decisions


def decide_all(steps: Steps, needs: list[str]) -> int:
    """Take the decisions on needs that this load added; returns how many."""
    entries = [e for e in read_yaml("demo/decisions.yaml")["decisions"] if e["need"] in needs]
    for entry in entries:
        with steps.next() as session:
            match_id = _decide(steps, session, entry)
        live(steps, match_id, entry.get("then", []))
    return len(entries)


def _decide(steps: Steps, session: Session, entry: dict[str, Any]) -> int:
    need_id, offer_id = _pair(session, entry)
    stored = select(Match.version).where(Match.need_id == need_id, Match.offer_id == offer_id)
    reason = entry.get("reason")
    match = decisions.decide(
        session,
        steps.catalogue,
        actor_for(session, entry["by"]),
        need_id,
        offer_id,
        to=MatchStatus(entry["to"]),
        on=steps.on,
        refusal_reason=RefusalReason(reason) if reason else None,
        words=entry.get("words"),
        seen_version=session.scalar(stored),
    )
    match.decisions[-1].at = match.updated_at = steps.days_ago(entry["age"])
    return match.id


def _pair(session: Session, entry: dict[str, Any]) -> tuple[int, int]:
    return _id_of(session, Need, entry["need"]), _id_of(session, Offer, entry["offer"])


def _id_of(session: Session, table: type[Need] | type[Offer], key: str) -> int:
    return session.scalars(select(table.id).where(table.external_id == external_id(key))).one()
