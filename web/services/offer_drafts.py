"""Offers as they are written: from what somebody tells to a stored draft, and back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind
from models import Activity, Municipality, Offer, OfferActivity, Organisation, User, now
from models.marker import N_
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin, OfferStatus
from web.services import events
from web.services.actor import Actor
from web.services.changes import difference, recorded
from web.services.conditions import UNREAD
from web.services.errors import ForbiddenError, InvalidError
from web.services.fields import field_values, store_fields
from web.services.offer_checks import impossible_values
from web.services.texts import clean_line, clean_text

#: No vowels, so that no pseudonym is a word, and nothing that reads like something else.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """What a form, a file or a loader tells of an offer; anything but the first two may lack.

    fields: values by name of `models.offer_fields.OFFER_FIELDS[kind]`. activities: by id, the
    rejected ones too; without a kept one, publishing recognises them. service_nis: municipalities
    served; it goes before `radius_km`, the kilometres around the place.
    """

    kind: OfferKind
    organisation_id: int
    contact_id: int | None = None
    title: str = ""
    text: str = ""
    municipality_nis: str | None = None
    postcode: str | None = None
    radius_km: float | None = None
    service_nis: frozenset[str] = frozenset()
    start_date: date | None = None
    end_date: date | None = None
    valid_until: date | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    activities: Mapping[str, ActivityOrigin] = field(default_factory=dict)
    external_id: str | None = None
    is_demo: bool = False


def draft_of(offer: Offer) -> OfferDraft:
    """Return what a stored offer tells."""
    return OfferDraft(
        kind=offer.kind,
        organisation_id=offer.organisation_id,
        contact_id=offer.contact_id,
        title=offer.title,
        text=offer.text,
        municipality_nis=offer.municipality_nis,
        postcode=offer.postcode,
        radius_km=offer.radius_km,
        service_nis=frozenset(m.nis for m in offer.service_area),
        start_date=offer.start_date,
        end_date=offer.end_date,
        valid_until=offer.valid_until,
        fields={
            **field_values(offer, OFFER_FIELDS[offer.kind]),
            UNREAD: list(offer.details.get(UNREAD, [])),
        },
        activities={a.activity_id: a.origin for a in offer.activities},
        external_id=offer.external_id,
        is_demo=offer.is_demo,
    )


def create_offer(
    session: Session, actor: Actor, draft: OfferDraft, *, submission_key: str | None = None
) -> Offer:
    """Store a draft; a second submit with the same key writes the draft of the first.

    Raises `InvalidError` when a value is impossible, and `ForbiddenError` when the key is that of
    another organisation's offer. A profile gets a pseudonym.
    """
    known = _of_submission(session, submission_key)
    if known is None:
        try:
            with session.begin_nested():
                return _insert(session, actor, draft, submission_key)
        except IntegrityError:
            # On PostgreSQL both submits may be underway at once; the other one got there first.
            known = _of_submission(session, submission_key)
            if known is None:
                raise
    if known.organisation_id != draft.organisation_id:
        raise ForbiddenError("key_of_another")
    if known.status is OfferStatus.DRAFT:
        _write_again(session, actor, known, draft)
    return known


def _write_again(session: Session, actor: Actor, offer: Offer, draft: OfferDraft) -> None:
    """Take what somebody wrote who went back to the page on which he began."""
    before = draft_of(offer)
    fill(session, offer, draft)
    session.flush()
    if draft_of(offer) != before:
        record(session, actor, offer, "changed", was=before)


def _of_submission(session: Session, key: str | None) -> Offer | None:
    return session.scalar(select(Offer).where(Offer.submission_key == key)) if key else None


def _insert(session: Session, actor: Actor, draft: OfferDraft, key: str | None) -> Offer:
    organisation = session.get_one(Organisation, draft.organisation_id)
    offer = Offer(
        organisation=organisation,
        organisation_id=organisation.id,
        created_by_id=actor.user_id,
        kind=draft.kind,
        status=OfferStatus.DRAFT,
        submission_key=key,
        external_id=draft.external_id,
        is_demo=draft.is_demo,
        pseudonym=_pseudonym(session) if draft.kind is OfferKind.PROFILE else None,
        details={},
    )
    fill(session, offer, draft)
    session.add(offer)
    session.flush()
    record(session, actor, offer, "created")
    return offer


def _pseudonym(session: Session) -> str:
    """Return a code that tells neither who it is nor in which order profiles came."""
    while True:
        code = "P-" + "".join(secrets.choice(_ALPHABET) for _ in range(4))
        if session.scalar(select(Offer.id).where(Offer.pseudonym == code)) is None:
            return code


def fill(session: Session, offer: Offer, draft: OfferDraft) -> None:
    """Put what a draft tells in an offer; raises `InvalidError`, having changed nothing."""
    table = OFFER_FIELDS[offer.kind]
    title, text = clean_line(draft.title), clean_text(draft.text)
    if problems := impossible_values(draft, title, text):
        raise InvalidError(problems)
    with session.no_autoflush:
        municipality = _municipality(session, draft.municipality_nis)
        area = _area(session, draft.service_nis)
        _check_activities(session, draft.activities)
        offer.contact_id = draft.contact_id
        offer.contact = session.get(User, draft.contact_id) if draft.contact_id else None
        offer.title, offer.text = title, text
        offer.municipality, offer.municipality_nis = municipality, draft.municipality_nis
        offer.postcode, offer.radius_km = draft.postcode, draft.radius_km
        offer.start_date, offer.end_date = draft.start_date, draft.end_date
        offer.valid_until = draft.valid_until or offer.valid_until
        offer.updated_at = now()
        offer.service_area = area
        store_fields(offer, table, draft.fields)
        _set_unread(offer, draft.fields)
        _set_activities(offer, draft.activities)


def _set_unread(offer: Offer, told: Mapping[str, Any]) -> None:
    """Keep which readings of the text are wrong; a file, which does not tell, changes none."""
    if UNREAD in told:
        details = {name: value for name, value in offer.details.items() if name != UNREAD}
        offer.details = {**details, UNREAD: list(told[UNREAD])} if told[UNREAD] else details


def _municipality(session: Session, nis: str | None) -> Municipality | None:
    municipality = session.get(Municipality, nis) if nis else None
    if nis and municipality is None:
        raise InvalidError({"place": N_("This place is not known.")})
    return municipality


def _area(session: Session, nis: frozenset[str]) -> list[Municipality]:
    if not nis:
        return []
    chosen = select(Municipality).where(Municipality.nis.in_(nis)).order_by(Municipality.name)
    found = list(session.scalars(chosen))
    if len(found) < len(nis):
        raise InvalidError({"service_nis": N_("One of these municipalities is not known.")})
    return found


def _check_activities(session: Session, origins: Mapping[str, ActivityOrigin]) -> None:
    if not origins:
        return
    known = session.scalars(select(Activity.id).where(Activity.id.in_(list(origins))))
    if set(known) != set(origins):
        raise InvalidError({"activities": N_("One of these activities is not known.")})


def _set_activities(offer: Offer, origins: Mapping[str, ActivityOrigin]) -> None:
    stored = {row.activity_id: row for row in offer.activities}
    for activity_id, row in stored.items():
        if activity_id not in origins:
            offer.activities.remove(row)
    for activity_id, origin in origins.items():
        if activity_id in stored:
            stored[activity_id].origin = origin
        else:
            offer.activities.append(OfferActivity(activity_id=activity_id, origin=origin))


def state_of(offer: Offer) -> dict[str, Any]:
    """Return what an event tells of an offer."""
    until = offer.valid_until
    return {"status": offer.status.value, "valid_until": until.isoformat() if until else None}


def record(
    session: Session,
    actor: Actor,
    offer: Offer,
    action: str,
    before: dict[str, Any] | None = None,
    was: OfferDraft | None = None,
) -> None:
    """Write an event of an offer in the region of its organisation.

    was: what it told before, so that the event keeps what changed.
    """
    region, after = offer.organisation.region_id, state_of(offer)
    if action == "created":
        after |= recorded(draft_of(offer))
    if was is not None:
        told_before, told_after = difference(recorded(was), recorded(draft_of(offer)))
        before, after = {**(before or state_of(offer)), **told_before}, {**after, **told_after}
    events.record(
        session, actor, "offer", offer.id, action, region_id=region, before=before, after=after
    )
