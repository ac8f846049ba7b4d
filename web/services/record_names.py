"""The names behind the numbers in events, looked up for a whole page at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from models import Activity, Event, Municipality, Need, Offer, Organisation, Rule, User
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
#: What has a text for its number.
_NAMED = (Subject.ACTIVITY, Subject.RULE)
_PLACE = "municipality"
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
    if not told:
        return Names()
    keys: dict[Subject, set[str]] = {what: set() for what in _COLUMNS}
    places: set[str] = set()
    pairs: dict[str, tuple[int, int]] = {}
    for event in told:
        _collect(event, keys, places)
        if event.subject_type == Subject.MATCH and {"need", "offer"} <= set(event.after):
            pairs[event.subject_id] = (event.after["need"], event.after["offer"])
    known, named = _look_up(session, keys, places)
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


def _look_up(
    session: Session, keys: Mapping[Subject, set[str]], places: set[str]
) -> tuple[dict[Subject, dict[str, str]], dict[str, str]]:
    """Return the names of everything and of places, in one query whatever is asked."""
    parts = []
    for what, (column, label) in _COLUMNS.items():
        # A list is never empty, so that the query is always the same one.
        ids = (keys[what] or {""}) if what in _NAMED else ({int(k) for k in keys[what]} or {0})
        kind = literal(what.value).label("kind")
        parts.append(select(kind, cast(column, String).label("key"), label).where(column.in_(ids)))
    kind, nis = literal(_PLACE).label("kind"), Municipality.nis
    parts.append(select(kind, nis, Municipality.name).where(nis.in_(places or {""})))
    known: dict[Subject, dict[str, str]] = {}
    named: dict[str, str] = {}
    for found, key, label in session.execute(union_all(*parts)):
        if found == _PLACE:
            named[key] = label
        else:
            known.setdefault(Subject(found), {})[key] = label
    return known, named


def _familiar(session: Session, actor: Actor, people: set[int]) -> set[int]:
    """Return those of some people whose name a member knows: himself, colleagues, coordinators."""
    asked = people or {0}
    colleagues = select(Membership.user_id).where(
        Membership.user_id.in_(asked),
        Membership.organisation_id.in_(actor.organisation_ids or {0}),
    )
    coordinators = select(UserRole.user_id).where(
        UserRole.user_id.in_(asked), UserRole.role == Role.COORDINATOR
    )
    known = set(session.scalars(union_all(colleagues, coordinators)))
    return known | ({actor.user_id} if actor.user_id is not None else set())
