"""Interests of a coordinator: in whose matches he may have no say."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from models import DeclaredInterest, Organisation
from web.services import events
from web.services.actor import Actor
from web.services.changes import fingerprint
from web.services.errors import ConflictError, NotFoundError
from web.services.texts import clean_line

MOST_FOUND = 20
LONGEST_NOTE = 300


def declared(session: Session, actor: Actor) -> dict[int, DeclaredInterest]:
    """Return the actor's declared interests by organisation."""
    chosen = select(DeclaredInterest).where(DeclaredInterest.user_id == actor.user_id)
    return {interest.organisation_id: interest for interest in session.scalars(chosen)}


def organisations_by_id(session: Session, ids: frozenset[int]) -> Sequence[Organisation]:
    """Return organisations by name."""
    chosen = select(Organisation).where(Organisation.id.in_(ids))
    return session.scalars(chosen.order_by(Organisation.name, Organisation.id)).all()


def find_organisations(session: Session, words: str) -> Sequence[Organisation]:
    """Return the first organisations whose name holds all the words, or with that KBO number."""
    chosen = select(Organisation).options(joinedload(Organisation.municipality))
    digits = "".join(filter(str.isdecimal, words))
    if len(digits) == 10:
        chosen = chosen.where(Organisation.kbo == digits)
    else:
        for word in words.split()[:8]:
            chosen = chosen.where(Organisation.name.icontains(word, autoescape=True))
    return session.scalars(
        chosen.order_by(Organisation.name, Organisation.id).limit(MOST_FOUND)
    ).all()


def declare(session: Session, actor: Actor, organisation_id: int, note: str | None) -> Organisation:
    """State an interest in an organisation; stating it again changes the note."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFoundError
    assert actor.user_id is not None
    words = clean_line(note)[:LONGEST_NOTE] or None
    known = declared(session, actor).get(organisation_id)
    if known is not None:
        if known.note != words:
            known.note = words
            _record(session, actor, organisation_id, "interest_changed", words)
        return organisation
    interest = DeclaredInterest(user_id=actor.user_id, organisation_id=organisation_id, note=words)
    session.add(interest)
    try:
        session.flush()
    except IntegrityError as error:
        raise ConflictError("declared") from error
    _record(session, actor, organisation_id, "interest_declared", words)
    return organisation


def withdraw(session: Session, actor: Actor, interest_id: int) -> None:
    """Take a declared interest back; the record keeps that there was one."""
    interest = session.get(DeclaredInterest, interest_id)
    if interest is None or interest.user_id != actor.user_id:
        raise NotFoundError
    _record(session, actor, interest.organisation_id, "interest_withdrawn", None)
    session.delete(interest)


def _record(
    session: Session, actor: Actor, organisation_id: int, action: str, note: str | None
) -> None:
    region = session.get_one(Organisation, organisation_id).region_id
    after = {"user": actor.user_id, "note": fingerprint(note)}
    events.record(
        session, actor, "organisation", organisation_id, action, region_id=region, after=after
    )
