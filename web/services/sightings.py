"""Who saw whose contact data: written where they are shown, read by the person whose they are."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from models import Sighting
from web.services.actor import Actor


class SeenAt(StrEnum):
    """On which kind of page."""

    INTRODUCTION = "introduction"
    NEED = "need"
    ORGANISATION = "organisation"
    REGION = "region"
    RECORD = "record"


def unnoted(session: Session, actor: Actor, people: Collection[int], on: date) -> set[int]:
    """Return those of some people of whom it is not noted yet that the actor saw them today."""
    others = {number for number in people if number != actor.user_id}
    if actor.user_id is None or not others:
        return set()
    noted = select(Sighting.subject_id).where(
        Sighting.viewer_id == actor.user_id, Sighting.day == on, Sighting.subject_id.in_(others)
    )
    return others - set(session.scalars(noted))


def note(
    session: Session, actor: Actor, people: Collection[int], at: datetime, place: SeenAt
) -> None:
    """Note that the actor saw the contact data of people; once a day for each is enough."""
    organisation = min(actor.organisation_ids, default=None)
    coordinates = bool(actor.coordinator_regions)
    rows = [
        {
            "subject_id": number,
            "viewer_id": actor.user_id,
            "day": at.date(),
            "at": at,
            "place": place.value,
            "coordinates": coordinates,
            "organisation_id": None if coordinates else organisation,
        }
        for number in sorted(people)
    ]
    table = Sighting.__table__
    assert isinstance(table, Table)
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    adding = (postgresql if on_postgresql else sqlite).insert(table)
    # Two pages opened at the same moment note the same.
    session.execute(adding.on_conflict_do_nothing(), rows)


def sightings_of(actor: Actor) -> Select[Sighting]:
    """Return who saw the actor's contact data, the newest first."""
    parts = joinedload(Sighting.viewer), joinedload(Sighting.organisation)
    chosen = select(Sighting).where(Sighting.subject_id == actor.user_id)
    return chosen.order_by(Sighting.at.desc(), Sighting.id.desc()).options(*parts)
