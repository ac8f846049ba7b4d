"""Leaving an organisation, and what becomes of what it has online."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models import Membership, Need, Offer, Organisation, User
from models.states import NeedStatus, OfferStatus
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS, Catalogue, stamp
from web.services.matching import rerank_for_offer
from web.services.organisations import own_organisation
from web.services.people import people_of, tell_coordinators


@dataclass(frozen=True, slots=True)
class Parting:
    """What leaving would mean: who takes over as contact, or what goes offline without anybody."""

    organisation: Organisation
    successor: User | None
    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def is_last(self) -> bool:
        """Tell whether nobody stays behind."""
        return self.successor is None


def parting(session: Session, actor: Actor, organisation_id: int) -> Parting:
    """Return what leaving an organisation would mean."""
    organisation = own_organisation(session, actor, organisation_id)
    staying = [p for p in people_of(session, organisation.id) if p.id != actor.user_id]
    if staying:
        return Parting(organisation, staying[0])
    asked = Need.organisation_id == organisation.id, Need.status == NeedStatus.PUBLISHED
    needs = session.scalars(select(Need).where(*asked).options(*NEED_PARTS))
    listed = Offer.organisation_id == organisation.id, Offer.status == OfferStatus.PUBLISHED
    offers = session.scalars(select(Offer).where(*listed).options(*OFFER_PARTS))
    return Parting(organisation, None, tuple(needs), tuple(offers))


def leave(
    session: Session, catalogue: Catalogue, actor: Actor, organisation_id: int, on: date
) -> Parting:
    """Leave an organisation.

    The longest member becomes the contact in the leaver's place. When nobody stays, what is
    published goes offline, for nobody would answer, and the coordinators are told.
    """
    left = parting(session, actor, organisation_id)
    if left.successor is not None:
        _hand_over(session, actor, left.organisation, left.successor)
    else:
        _take_offline(session, catalogue, actor, left, on)
        tell_coordinators(session, left.organisation, "organisation_left")
    session.execute(
        delete(Membership).where(
            Membership.organisation_id == organisation_id, Membership.user_id == actor.user_id
        )
    )
    events.record(
        session,
        actor,
        "organisation",
        organisation_id,
        "member_left",
        region_id=left.organisation.region_id,
        after={"user": actor.user_id},
    )
    return left


def _hand_over(session: Session, actor: Actor, organisation: Organisation, successor: User) -> None:
    for subject, row in (("need", Need), ("offer", Offer)):
        mine = row.organisation_id == organisation.id, row.contact_id == actor.user_id
        for number in session.scalars(select(row.id).where(*mine)).all():
            before, after = {"contact": actor.user_id}, {"contact": successor.id}
            _tell(session, actor, subject, number, organisation.region_id, "changed", before, after)
        session.execute(update(row).where(*mine).values(contact_id=successor.id))


def _take_offline(
    session: Session, catalogue: Catalogue, actor: Actor, left: Parting, on: date
) -> None:
    with catalogue.open(session) as shelf:
        for need in left.needs:
            need.status = NeedStatus.WITHDRAWN
            _record(session, actor, "need", need.id, need.region_id, NeedStatus.WITHDRAWN)
        for offer in left.offers:
            offer.status = OfferStatus.PAUSED
            region = left.organisation.region_id
            _record(session, actor, "offer", offer.id, region, OfferStatus.PAUSED)
        if left.needs or left.offers:
            stamp(session, *left.needs, *left.offers)
            session.flush()
        for offer in left.offers:
            rerank_for_offer(session, shelf, offer, on)


def _record(
    session: Session,
    actor: Actor,
    subject: str,
    subject_id: int,
    region_id: int | None,
    status: NeedStatus | OfferStatus,
) -> None:
    before, after = {"status": "published"}, {"status": status.value, "because": "nobody_left"}
    _tell(session, actor, subject, subject_id, region_id, status.value, before, after)


def _tell(
    session: Session,
    actor: Actor,
    subject: str,
    subject_id: int,
    region_id: int | None,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    events.record(
        session,
        actor,
        subject,
        subject_id,
        action,
        region_id=region_id,
        before=before,
        after=after,
    )
