"""Organisations: entered by their people, let in as supplier by a coordinator."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from matcher.vocabulary import OrganisationType, WorkForm
from models import Membership, Organisation, User
from models.marker import N_
from models.states import OrganisationStatus
from web.services import events, mail
from web.services.actor import Actor
from web.services.changes import difference, fingerprint
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from web.services.people import people_of, tell_coordinators
from web.services.places import FoundPlace, region_of, resolve_place


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """What a person tells of his organisation; `place` as typed, `kbo` its ten digits."""

    kbo: str
    name: str
    type: OrganisationType
    place: str
    is_supplier: bool = False
    work_form: WorkForm = WorkForm.NONE


def find_place(session: Session, text: str) -> FoundPlace:
    """Return the municipality that was typed; raises `InvalidError` when there is none."""
    place = resolve_place(session, text)
    if place is None:
        message = N_(
            "We do not know this place, or there are several. Write the postcode and the "
            "municipality, such as 3460 Bekkevoort."
        )
        raise InvalidError({"place": message})
    return place


def find_or_create(
    session: Session, person: User, draft: OrganisationDraft, place: FoundPlace
) -> Organisation:
    """Return the organisation with the draft's number; a new one has the person as its member."""
    by_number = select(Organisation).where(Organisation.kbo == draft.kbo)
    known = session.scalar(by_number)
    if known is not None:
        return known
    try:
        with session.begin_nested():
            organisation = _create(session, draft, place)
            session.add(Membership(user_id=person.id, organisation_id=organisation.id))
    except IntegrityError:
        # On PostgreSQL a colleague may have registered at this very moment.
        return session.scalars(by_number).one()
    actor = Actor(user_id=person.id)
    _record(session, actor, organisation, "created", {}, facts_of(organisation))
    _record(session, actor, organisation, "member_joined", {}, {"user": person.id})
    return organisation


def facts_of(organisation: Organisation) -> dict[str, Any]:
    """Return what the record keeps of an organisation; nothing in it is about a person."""
    return {
        "name": organisation.name,
        "type": organisation.type.value,
        "supplier": organisation.is_supplier,
        "work_form": organisation.work_form.value,
        "status": organisation.status.value,
        "place": organisation.municipality_nis,
        "postcode": organisation.postcode,
        "recognition": organisation.recognition,
        "website": organisation.website,
        "description": fingerprint(organisation.description),
    }


def _create(session: Session, draft: OrganisationDraft, place: FoundPlace) -> Organisation:
    pending = OrganisationStatus.PENDING if draft.is_supplier else OrganisationStatus.APPROVED
    organisation = Organisation(
        kbo=draft.kbo,
        name=draft.name,
        type=draft.type,
        is_supplier=draft.is_supplier,
        work_form=draft.work_form if draft.is_supplier else WorkForm.NONE,
        status=pending,
        municipality_nis=place.nis,
        postcode=place.postcode,
        region_id=region_of(session, place.nis),
    )
    session.add(organisation)
    session.flush()
    return organisation


def own_organisation(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    """Return an organisation that the actor is a member of; raises `NotFoundError` otherwise."""
    return _one(session, organisation_id, Organisation.id.in_(actor.organisation_ids))


def managed_organisation(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    """Return an organisation whose members the actor may invite: his own or one of his region."""
    mine = Organisation.id.in_(actor.organisation_ids)
    return _one(session, organisation_id, or_(mine, _in_regions_of(actor)))


def _one(session: Session, organisation_id: int, allowed: ColumnElement[bool]) -> Organisation:
    chosen = select(Organisation).where(Organisation.id == organisation_id, allowed)
    organisation = session.scalar(chosen.options(joinedload(Organisation.municipality)))
    if organisation is None:
        raise NotFoundError
    return organisation


def apply_as_supplier(
    session: Session, actor: Actor, organisation_id: int, work_form: WorkForm
) -> Organisation:
    """Ask the coordinator to let an organisation in as supplier, for the first time or again."""
    organisation = own_organisation(session, actor, organisation_id)
    waiting = organisation.status is OrganisationStatus.PENDING
    if organisation.is_supplier and organisation.status is OrganisationStatus.APPROVED:
        raise ConflictError("already_supplier")
    if not waiting:
        before = facts_of(organisation)
        organisation.is_supplier, organisation.work_form = True, work_form
        organisation.status = OrganisationStatus.PENDING
        changed = difference(before, facts_of(organisation))
        _record(session, actor, organisation, "applied", *changed)
        tell_coordinators(session, organisation, "supplier_waits")
    return organisation


def pending_organisations(session: Session, actor: Actor) -> list[Organisation]:
    """Return the suppliers that wait for this coordinator, the longest waiting first.

    Only those with somebody who confirmed his address; without a region they wait for everybody.
    """
    chosen = _pending(actor).order_by(Organisation.created_at, Organisation.id)
    return list(session.scalars(chosen.options(joinedload(Organisation.municipality))))


def _pending(actor: Actor) -> Select[Organisation]:
    confirmed = (
        select(Membership.organisation_id)
        .join(Membership.user)
        .where(User.email_confirmed_at.is_not(None), User.is_active)
    )
    return select(Organisation).where(
        Organisation.is_supplier,
        Organisation.status == OrganisationStatus.PENDING,
        Organisation.id.in_(confirmed),
        _in_regions_of(actor),
    )


def _in_regions_of(actor: Actor) -> ColumnElement[bool]:
    if not actor.coordinator_regions:
        return Organisation.id.in_(())
    here = Organisation.region_id.in_(actor.coordinator_regions)
    return or_(here, Organisation.region_id.is_(None))


def approve_organisation(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    """Let a waiting supplier in and tell its people.

    Raises `NotFoundError`, `ConflictError` when it no longer waits, and `ForbiddenError` when the
    actor has an interest in it.
    """
    return _decide(session, actor, organisation_id, OrganisationStatus.APPROVED, None)


def refuse_organisation(
    session: Session, actor: Actor, organisation_id: int, reason: str
) -> Organisation:
    """Keep a waiting supplier out, with a reason that its people read; raises as approving does."""
    if not reason.strip():
        raise InvalidError({"reason": N_("Say why; the organisation reads it.")})
    return _decide(session, actor, organisation_id, OrganisationStatus.REFUSED, reason.strip())


def _decide(
    session: Session,
    actor: Actor,
    organisation_id: int,
    status: OrganisationStatus,
    reason: str | None,
) -> Organisation:
    mine = select(Organisation).where(Organisation.id == organisation_id, _in_regions_of(actor))
    organisation = session.scalar(mine.with_for_update())
    if organisation is None or not organisation.is_supplier:
        raise NotFoundError
    if organisation.status is not OrganisationStatus.PENDING:
        raise ConflictError("decided")
    if organisation.id in actor.interest_ids:
        raise ForbiddenError("own_interest")
    before = {"status": organisation.status.value}
    organisation.status, organisation.status_reason = status, reason
    after = {"status": status.value}
    _record(session, actor, organisation, status.value, before, after, reason)
    for person in people_of(session, organisation.id):
        template = f"supplier_{status.value}"
        mail.write_to(session, template, person, organisation=organisation, reason=reason)
    return organisation


def _record(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str | None = None,
) -> None:
    events.record(
        session,
        actor,
        "organisation",
        organisation.id,
        action,
        region_id=organisation.region_id,
        before=before,
        after=after,
        reason=reason,
    )
