"""What its people change of an organisation, and what follows for its needs and offers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from matcher.vocabulary import OrganisationType, WorkForm
from models import Need, Offer, Organisation
from models.marker import N_
from models.states import NeedStatus, OfferStatus
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS, Catalogue, stamp
from web.services.changes import difference
from web.services.errors import ConflictError, InvalidError
from web.services.matching import rerank_for_offer, store_suggestions
from web.services.organisations import facts_of, find_place, own_organisation
from web.services.people import tell_coordinators
from web.services.places import FoundPlace, region_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChange:
    """What its people may change of an organisation; `place` as typed."""

    name: str
    type: OrganisationType
    work_form: WorkForm
    place: str
    description: str | None
    website: str | None
    recognition: str | None


def update_organisation(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    organisation_id: int,
    change: OrganisationChange,
    *,
    version: int,
    on: date,
) -> Organisation:
    """Store what a member changed.

    Another type or work form changes which matches the law allows, so what is published is ranked
    anew and the coordinators are told. Raises `InvalidError`, and `ConflictError` when somebody
    changed the organisation after `version`.
    """
    organisation = own_organisation(session, actor, organisation_id)
    if organisation.version != version:
        raise ConflictError
    place = find_place(session, change.place)
    before = facts_of(organisation)
    if not organisation.is_supplier and change.work_form is not WorkForm.NONE:
        raise InvalidError({"work_form": N_("Only a supplier has a work form.")})
    moved = (organisation.type, organisation.work_form) != (change.type, change.work_form)
    if not moved:
        _apply(session, organisation, change, place)
    else:
        _apply_and_rank(session, catalogue, organisation, change, place, on)
    before, after = difference(before, facts_of(organisation))
    if after:
        events.record(
            session,
            actor,
            "organisation",
            organisation.id,
            "changed",
            region_id=organisation.region_id,
            before=before,
            after=after,
        )
    if moved and organisation.is_supplier:
        tell_coordinators(session, organisation, "supplier_changed", by=actor.name)
    return organisation


def _apply(
    session: Session, organisation: Organisation, change: OrganisationChange, place: FoundPlace
) -> None:
    for name in ("name", "type", "work_form", "description", "website", "recognition"):
        setattr(organisation, name, getattr(change, name))
    organisation.municipality_nis, organisation.postcode = place.nis, place.postcode
    organisation.region_id = region_of(session, place.nis)
    try:
        session.flush()
    except StaleDataError as error:
        raise ConflictError from error


def _apply_and_rank(
    session: Session,
    catalogue: Catalogue,
    organisation: Organisation,
    change: OrganisationChange,
    place: FoundPlace,
    on: date,
) -> None:
    with catalogue.open(session) as shelf:
        _apply(session, organisation, change, place)
        mine = Offer.organisation_id == organisation.id, Offer.status == OfferStatus.PUBLISHED
        offers = session.scalars(select(Offer).where(*mine).options(*OFFER_PARTS)).all()
        asked = Need.organisation_id == organisation.id, Need.status == NeedStatus.PUBLISHED
        needs = session.scalars(select(Need).where(*asked).options(*NEED_PARTS)).all()
        stamp(session, *offers, *needs)
        for offer in offers:
            rerank_for_offer(session, shelf, offer, on)
        for need in needs:
            store_suggestions(session, shelf, need, on)
