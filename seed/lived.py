"""Matches of a generated region with a life behind them, for measuring the pages that show it.

Written in bulk, with the rows that the services would have written, for the first half of the
needs; their words and days are of no matter. Every fifth suggestion of a need becomes a match.
"""

from datetime import date, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models import Agreement, Decision, Event, Match, MatchStep, Need, Region, User, UserRole, now
from models.states import MatchStatus, Role, Side

#: The way of a match; each lived one stops at one of these, by turns.
WAY = (
    MatchStatus.APPROVED,
    MatchStatus.INTRODUCED,
    MatchStatus.AGREED,
    MatchStatus.RUNNING,
    MatchStatus.DONE,
)
EVERY = 5


def bring_to_life(session: Session) -> int:
    """Give every fifth match of half of the needs a life; returns how many."""
    region = session.scalars(select(Region)).one()
    coordinator = User(email="verleden@bench.example", name="Regisseur")
    coordinator.roles.append(UserRole(role=Role.COORDINATOR, region_id=region.id))
    session.add(coordinator)
    session.flush()
    half = select(Need.id).order_by(Need.id).limit(_half(session))
    chosen = select(Match.id, Match.need_id, Match.offer_id).where(Match.need_id.in_(half))
    rows = session.execute(chosen.order_by(Match.id)).all()[::EVERY]
    ends = {row.id: place % len(WAY) for place, row in enumerate(rows)}
    for place, status in enumerate(WAY):
        reached = [number for number, end in ends.items() if end >= place]
        _move(session, reached, status)
    decided = {"actor_id": coordinator.id, "from_status": MatchStatus.SUGGESTED, "at": now()}
    decided |= {"to_status": MatchStatus.APPROVED, "words": "Past."}
    session.execute(insert(Decision), [{"match_id": number, **decided} for number in ends])
    _steps(session, ends, coordinator.id)
    _agreements(session, [number for number, end in ends.items() if end >= 2])
    session.add_all(
        Event(
            actor_id=coordinator.id,
            region_id=region.id,
            subject_type="match",
            subject_id=str(row.id),
            action="decided",
            after={"status": "approved", "need": row.need_id, "offer": row.offer_id},
        )
        for row in rows
    )
    return len(rows)


def _half(session: Session) -> int:
    return len(session.scalars(select(Need.id)).all()) // 2


def _move(session: Session, numbers: list[int], status: MatchStatus) -> None:
    values = {"status": status, "version": Match.version + 1}
    for start in range(0, len(numbers), 500):
        moved = update(Match).where(Match.id.in_(numbers[start : start + 500])).values(values)
        session.execute(moved.execution_options(synchronize_session=False))


def _steps(session: Session, ends: dict[int, int], actor_id: int) -> None:
    rows = [
        {
            "match_id": number,
            "actor_id": actor_id,
            "side": Side.COORDINATOR,
            "from_status": WAY[place],
            "to_status": WAY[place + 1],
            "at": now(),
        }
        for number, end in ends.items()
        for place in range(end)
    ]
    session.execute(insert(MatchStep), rows)


def _agreements(session: Session, numbers: list[int]) -> None:
    start: date = now().date()
    told = {"people": 2, "euro": 5_000, "start_date": start, "end_date": start + timedelta(60)}
    told |= {"version": 1, "real_start": start}
    session.execute(insert(Agreement), [{"match_id": number, **told} for number in numbers])
