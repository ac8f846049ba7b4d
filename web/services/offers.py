"""The life of an offer: draft, published, paused, withdrawn.

Whoever calls makes sure that the actor may act for the organisation: pages fetch an offer through
`web.services.visibility.own_offer` and offer only the actor's own organisations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from matcher import Taxonomy, recognise
from models import Offer, OfferActivity, now
from models.marker import N_
from models.states import ActivityOrigin, OfferStatus
from web.services.actor import Actor
from web.services.catalogue import Catalogue, Shelf, is_current, stamp
from web.services.errors import ConflictError, InvalidError
from web.services.matching import rerank_for_offer
from web.services.offer_checks import check_basics, check_publishable, check_supplier
from web.services.offer_drafts import OfferDraft, create_offer, draft_of, fill, record, state_of
from web.services.text_vectors import Reading, read_for, store_reading
from web.services.texts import clean_line, clean_text

__all__ = [
    "VALID_FOR",
    "OfferDraft",
    "check_publishable",
    "confirm_offer",
    "copy_offer",
    "create_offer",
    "draft_of",
    "pause_offer",
    "publish_offer",
    "publish_on",
    "resume_offer",
    "update_offer",
    "withdraw_offer",
]

#: How long an offer counts after it was published or confirmed.
VALID_FOR = timedelta(days=183)


def update_offer(
    session: Session,
    actor: Actor,
    catalogue: Catalogue,
    offer: Offer,
    draft: OfferDraft,
    *,
    version: int,
    on: date,
    looked_over: bool = False,
) -> None:
    """Change an offer that was read as `version`; a published one re-ranks the needs it touches.

    looked_over: the writer stands for what a profile gives away. Raises `ConflictError` when it
    was changed meanwhile, `InvalidError` when it would not make sense or, once published, would
    lack something.
    """
    # Read before the catalogue is lent, so that nobody waits for the encoder.
    published = catalogue.encoder if offer.status is not OfferStatus.DRAFT else None
    texts = clean_line(draft.title), clean_text(draft.text)
    reading = read_for(session, published, offer, *texts)
    with catalogue.open(session) as shelf, _all_or_nothing(session):
        if offer.version != version or offer.status is OfferStatus.WITHDRAWN:
            raise ConflictError
        before, was, last_day = state_of(offer), draft_of(offer), offer.valid_until
        fill(session, offer, draft)
        if offer.status is not OfferStatus.DRAFT:
            _recognise(offer, shelf.taxonomy)
            check_publishable(offer, looked_over=looked_over)
            if offer.valid_until != last_day:
                _check_last_day(offer, on)
            revision = stamp(session, offer)
            store_reading(session, shelf.encoder, offer, reading, revision=revision, ranked=True)
        session.flush()
        rerank_for_offer(session, shelf, offer, on)
        record(session, actor, offer, "changed", before, was)


def publish_offer(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    offer: Offer,
    on: date,
    *,
    looked_over: bool = False,
) -> None:
    """Show a draft to others and bring it into the suggestions of open needs.

    looked_over: the writer stands for what a profile gives away. Raises `InvalidError` with what
    lacks or which rule forbids it; publishing twice is no error.
    """
    reading = read_for(session, catalogue.encoder, offer, offer.title, offer.text)
    with catalogue.open(session) as shelf:
        publish_on(session, shelf, actor, offer, on, looked_over=looked_over, reading=reading)


def publish_on(
    session: Session,
    shelf: Shelf,
    actor: Actor,
    offer: Offer,
    on: date,
    *,
    partial: bool = False,
    looked_over: bool = False,
    reading: Reading | None = None,
) -> None:
    """Publish on a shelf that is already open, for whoever publishes many in one transaction.

    `partial` accepts an offer that tells no more than a title, a text, a place and a contact, as a
    file may. reading: what the encoder made of its text, if that is known yet.
    """
    if offer.status is OfferStatus.PUBLISHED:
        return
    if offer.status is not OfferStatus.DRAFT:
        raise ConflictError(f"is_{offer.status.value}")
    with _all_or_nothing(session):
        check_supplier(offer, shelf.rules, on)
        _recognise(offer, shelf.taxonomy)
        check = check_basics if partial else check_publishable
        check(offer, looked_over=looked_over)
        offer.published_at = offer.confirmed_at = now()
        offer.valid_until = offer.valid_until or on + VALID_FOR
        _check_last_day(offer, on)
        _move(session, shelf, actor, offer, OfferStatus.PUBLISHED, "published", on, reading)


def pause_offer(
    session: Session, catalogue: Catalogue, actor: Actor, offer: Offer, on: date
) -> None:
    """Take a published offer out of sight for a while."""
    with catalogue.open(session) as shelf, _all_or_nothing(session):
        _expect(offer, OfferStatus.PUBLISHED, OfferStatus.PAUSED)
        _move(session, shelf, actor, offer, OfferStatus.PAUSED, "paused", on)


def resume_offer(
    session: Session, catalogue: Catalogue, actor: Actor, offer: Offer, on: date
) -> None:
    """Show a paused offer again; one that ran out counts for the usual time again."""
    with catalogue.open(session) as shelf, _all_or_nothing(session):
        _expect(offer, OfferStatus.PAUSED, OfferStatus.PUBLISHED)
        check_supplier(offer, shelf.rules, on)
        if offer.valid_until is None or offer.valid_until < on:
            offer.valid_until = on + VALID_FOR
        offer.confirmed_at = now()
        _move(session, shelf, actor, offer, OfferStatus.PUBLISHED, "resumed", on)


def confirm_offer(
    session: Session, catalogue: Catalogue, actor: Actor, offer: Offer, on: date
) -> None:
    """Say that a published offer is still right: it counts for the usual time from today."""
    with catalogue.open(session) as shelf, _all_or_nothing(session):
        _expect(offer, OfferStatus.PUBLISHED)
        before, had_run_out = state_of(offer), not is_current(offer, on)
        offer.confirmed_at = now()
        offer.valid_until = max(offer.valid_until or on, on + VALID_FOR)
        stamp(session, offer)
        session.flush()
        if had_run_out:
            rerank_for_offer(session, shelf, offer, on)
        record(session, actor, offer, "confirmed", before)


def withdraw_offer(
    session: Session, catalogue: Catalogue, actor: Actor, offer: Offer, on: date
) -> None:
    """End an offer for good; a draft, which nobody else ever saw, is deleted."""
    with catalogue.open(session) as shelf, _all_or_nothing(session):
        if offer.status is OfferStatus.DRAFT:
            record(session, actor, offer, "deleted", state_of(offer))
            session.delete(offer)
        else:
            _move(session, shelf, actor, offer, OfferStatus.WITHDRAWN, "withdrawn", on)


def copy_offer(
    session: Session, actor: Actor, offer: Offer, *, submission_key: str | None = None
) -> Offer:
    """Store a draft that tells the same as an offer; a profile gets a pseudonym of its own."""
    draft = replace(draft_of(offer), valid_until=None, external_id=None, is_demo=False)
    return create_offer(session, actor, draft, submission_key=submission_key)


def _recognise(offer: Offer, taxonomy: Taxonomy) -> None:
    """Add what the text speaks of, unless somebody chose an activity."""
    if any(a.origin is not ActivityOrigin.REJECTED for a in offer.activities):
        return
    rejected = {a.activity_id for a in offer.activities}
    for found in recognise(taxonomy, offer.title, offer.text, rejected=rejected):
        link = OfferActivity(activity_id=found.activity_id, origin=ActivityOrigin.RECOGNISED)
        offer.activities.append(link)


def _move(
    session: Session,
    shelf: Shelf,
    actor: Actor,
    offer: Offer,
    status: OfferStatus,
    action: str,
    on: date,
    reading: Reading | None = None,
) -> None:
    if offer.status is status:
        return
    before = state_of(offer)
    offer.status = status
    revision = stamp(session, offer)
    store_reading(session, shelf.encoder, offer, reading, revision=revision, ranked=True)
    session.flush()
    rerank_for_offer(session, shelf, offer, on)
    record(session, actor, offer, action, before)


def _expect(offer: Offer, *allowed: OfferStatus) -> None:
    if offer.status not in allowed:
        raise ConflictError(f"is_{offer.status.value}")


def _check_last_day(offer: Offer, on: date) -> None:
    if offer.valid_until is not None and offer.valid_until < on:
        raise InvalidError({"valid_until": N_("This day is past.")})


@contextmanager
def _all_or_nothing(session: Session) -> Iterator[None]:
    """Undo what was half done when something turns out wrong, so that a page can still be shown."""
    try:
        with session.begin_nested():
            yield
    except StaleDataError as error:
        raise ConflictError from error
