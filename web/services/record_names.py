"""The names behind the numbers in events, looked up for a whole page at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Activity, Event, Match, Municipality, Need, Offer, Organisation, Rule, User
from models.people import Membership, UserRole
from models.states import Role
from web.services.actor import Actor
from web.services.record import Subject

#: Names in the values of events, with what the numbers there are of.
POINTERS = {
    "handed_by": Subject.USER,
    "to": Subject.USER,
    "user": Subject.USER,
    "contact": Subject.USER,
    "need": Subject.NEED,
    "offer": Subject.OFFER,
    "organisation": Subject.ORGANISATION,
}
_COLUMNS: dict[Subject, tuple[Any, Any]] = {
    Subject.USER: (User.id, User.name),
    Subject.NEED: (Need.id, Need.title),
    Subject.OFFER: (Offer.id, Offer.title),
    Subject.ORGANISATION: (Organisation.id, Organisation.name),
    Subject.ACTIVITY: (Activity.id, Activity.label),
    Subject.RULE: (Rule.id, Rule.title),
}
_PLACES = ("place", "municipality", "municipalities", "service_nis")
_ACTIVITIES = ("activities", "rejected")


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by what they are and their number as a text.

    pairs: the need and the offer of matches. hidden: people whose name the reader does not see.
    """

    known: Mapping[Subject, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def of(self, what: Subject, key: object) -> str:
        """Return what something is called; empty when it is gone."""
        return self.known.get(what, {}).get(str(key), "")


def names_in(session: Session, actor: Actor, events: Iterable[Event], *, whole: bool) -> Names:
    """Look up every name that some events point to; without `whole` not those of other sides."""
    told = list(events)
    keys: dict[Subject, set[str]] = {what: set() for what in _COLUMNS}
    places: set[str] = set()
    for event in told:
        _collect(event, keys, places)
    matches = {event.subject_id for event in told if event.subject_type == Subject.MATCH}
    pairs = _pairs(session, matches)
    for need_id, offer_id in pairs.values():
        keys[Subject.NEED].add(str(need_id))
        keys[Subject.OFFER].add(str(offer_id))
    known = {what: _look_up(session, what, found) for what, found in keys.items() if found}
    chosen = select(Municipality.nis, Municipality.name).where(Municipality.nis.in_(places))
    named = {row[0]: row[1] for row in session.execute(chosen)} if places else {}
    people = {event.actor_id for event in told if event.actor_id is not None}
    people |= {int(key) for key in keys[Subject.USER]}
    hidden = frozenset() if whole else frozenset(people) - _familiar(session, actor, people)
    return Names(known, named, pairs, hidden)


def _collect(event: Event, keys: dict[Subject, set[str]], places: set[str]) -> None:
    if event.subject_type in keys:
        keys[Subject(event.subject_type)].add(event.subject_id)
    for values in (event.before, event.after):
        for name, value in values.items():
            if name in POINTERS and isinstance(value, int):
                keys[POINTERS[name]].add(str(value))
            elif name == "interest_in":
                keys[Subject.ORGANISATION].update(map(str, value))
            elif name in _ACTIVITIES:
                keys[Subject.ACTIVITY].update(map(str, value or ()))
            elif name in _PLACES and value:
                places.update([value] if isinstance(value, str) else value)


def _look_up(session: Session, what: Subject, keys: set[str]) -> dict[str, str]:
    column, label = _COLUMNS[what]
    ids = keys if what in (Subject.ACTIVITY, Subject.RULE) else {int(key) for key in keys}
    rows = session.execute(select(column, label).where(column.in_(ids)))
    return {str(row[0]): row[1] for row in rows}


def _pairs(session: Session, keys: set[str]) -> dict[str, tuple[int, int]]:
    if not keys:
        return {}
    ids = {int(key) for key in keys}
    rows = session.execute(select(Match.id, Match.need_id, Match.offer_id).where(Match.id.in_(ids)))
    return {str(row[0]): (row[1], row[2]) for row in rows}


def _familiar(session: Session, actor: Actor, people: set[int]) -> set[int]:
    """Return those of some people whose name a member knows: himself, colleagues, coordinators."""
    colleagues = select(Membership.user_id).where(
        Membership.user_id.in_(people), Membership.organisation_id.in_(actor.organisation_ids)
    )
    coordinators = select(UserRole.user_id).where(
        UserRole.user_id.in_(people), UserRole.role == Role.COORDINATOR
    )
    known = set(session.scalars(colleagues)) | set(session.scalars(coordinators))
    return known | ({actor.user_id} if actor.user_id is not None else set())
