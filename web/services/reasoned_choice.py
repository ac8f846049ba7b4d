"""The reasoned choice ("motivering"): an approval with all it was chosen among, from the record.

What stands in the record of that moment counts, not what a ranking would say now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import Session, joinedload

from models import Event, Match, Need, Offer, Organisation, User
from models.states import MatchStatus, RefusalReason
from web.services.need_sheet import offers_by_id, rules_by_id
from web.services.queue import HANDED_OVER


@dataclass(frozen=True, slots=True)
class Considered:
    """An offer as it ranked when another was chosen. score: log-odds."""

    position: int
    offer: Offer
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A rule, by its title and source of now, with how many offers it kept out then."""

    title: str
    source: str
    offers: int


@dataclass(frozen=True, slots=True)
class Refused:
    """An offer that a coordinator had refused for this need before."""

    offer: Offer
    who: str
    at: datetime
    reason: RefusalReason | None
    words: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A coordinator who left the decision to a colleague; `interest`: because he has one."""

    who: str
    to: str
    at: datetime
    interest: bool
    words: str


@dataclass(frozen=True, slots=True)
class ReasonedChoice:
    """One approval that stands. reasons: as recorded; considered: empty where none was recorded.

    unlisted: how many offers fitted beyond those that the record names.
    """

    offer: Offer
    who: str
    at: datetime
    words: str
    position: int | None
    score: float
    reasons: list[dict[str, Any]]
    weights_version: str
    considered: tuple[Considered, ...]
    eligible: int
    kept_out: tuple[KeptOut, ...]
    refused: tuple[Refused, ...]
    handed: tuple[HandedOver, ...] = ()
    interest_in: tuple[str, ...] = ()

    @property
    def unlisted(self) -> int:
        """Return how many offers fitted that the record does not name."""
        return max(0, self.eligible - len(self.considered))


def reasoned_choices(session: Session, need: Need) -> list[ReasonedChoice]:
    """Return the approvals of a need that stand, in the order in which they were made."""
    events = _decisions(session, need)
    offers = offers_by_id(session, _named(events))
    approvals = [
        event
        for event in _last_of_each(events)
        if event.after["status"] == MatchStatus.APPROVED and event.after["offer"] in offers
    ]
    handed = _handed(session, need)
    return [
        replace(
            _choice(session, event, events, offers),
            handed=tuple(told for number, told in handed if number < event.id),
            interest_in=_called(session, event.after.get("interest_in", [])),
        )
        for event in approvals
    ]


def _handed(session: Session, need: Need) -> list[tuple[int, HandedOver]]:
    """Return who handed the need to whom, with the number of the event, the oldest first."""
    chosen = select(Event).where(
        Event.subject_type == "need",
        Event.subject_id == str(need.id),
        Event.action == HANDED_OVER,
    )
    told = session.scalars(chosen.order_by(Event.id).options(joinedload(Event.actor))).all()
    ids = {event.after["to"] for event in told}
    names = {row[0]: row[1] for row in session.execute(_names(ids))} if ids else {}
    return [
        (
            event.id,
            HandedOver(
                who=event.actor.name if event.actor else "",
                to=names.get(event.after["to"], ""),
                at=event.at,
                interest=bool(event.after.get("interest")),
                words=event.reason or "",
            ),
        )
        for event in told
    ]


def _called(session: Session, ids: list[int]) -> tuple[str, ...]:
    if not ids:
        return ()
    chosen = select(Organisation.name).where(Organisation.id.in_(ids))
    return tuple(session.scalars(chosen.order_by(Organisation.name)))


def _names(ids: set[int]) -> Select[int, str]:
    return select(User.id, User.name).where(User.id.in_(ids))


def _decisions(session: Session, need: Need) -> Sequence[Event]:
    """Return what was decided and undone on the pairs of a need, the oldest first."""
    matches = select(cast(Match.id, String)).where(Match.need_id == need.id)
    chosen = (
        select(Event)
        .where(Event.subject_type == "match", Event.subject_id.in_(matches))
        .where(Event.action.in_(("decided", "undone")))
        .order_by(Event.id)
        .options(joinedload(Event.actor))
    )
    return session.scalars(chosen).all()


def _last_of_each(events: Sequence[Event]) -> list[Event]:
    last = {event.subject_id: event for event in events}
    return sorted(last.values(), key=lambda event: event.id)


def _named(events: Sequence[Event]) -> set[int]:
    named = {event.after["offer"] for event in events}
    return named | {pair[0] for event in events for pair in event.after.get("considered", ())}


def _choice(
    session: Session, event: Event, events: Sequence[Event], offers: dict[int, Offer]
) -> ReasonedChoice:
    after = event.after
    considered = tuple(
        Considered(position, offers[number], score, number == after["offer"])
        for position, (number, score) in enumerate(after.get("considered", ()), start=1)
        if number in offers
    )
    before = [earlier for earlier in events if earlier.id < event.id]
    return ReasonedChoice(
        offer=offers[after["offer"]],
        who=event.actor.name if event.actor else "",
        at=event.at,
        words=event.reason or "",
        position=after.get("position"),
        score=after["score"],
        reasons=after["reasons"],
        weights_version=after["weights_version"],
        considered=considered,
        eligible=after.get("eligible", len(considered)),
        kept_out=_kept_out(session, after.get("kept_out", {})),
        refused=tuple(_refused(told, offers) for told in _last_of_each(before) if _is_no(told)),
    )


def _is_no(event: Event) -> bool:
    return bool(event.after["status"] == MatchStatus.REFUSED)


def _refused(event: Event, offers: dict[int, Offer]) -> Refused:
    reason = event.after.get("refusal")
    return Refused(
        offer=offers[event.after["offer"]],
        who=event.actor.name if event.actor else "",
        at=event.at,
        reason=RefusalReason(reason) if reason else None,
        words=event.reason or "",
    )


def _kept_out(session: Session, counts: dict[str, int]) -> tuple[KeptOut, ...]:
    rules = rules_by_id(session, counts)
    # A rule that was removed since is told by its number alone.
    told = [
        KeptOut(rules[rule_id].title, rules[rule_id].source, count)
        if rule_id in rules
        else KeptOut(rule_id, "", count)
        for rule_id, count in counts.items()
    ]
    return tuple(sorted(told, key=lambda rule: (-rule.offers, rule.title)))
