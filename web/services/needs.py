"""Needs: written, published, changed, withdrawn.

Whoever calls makes sure that the actor may act for the organisation: pages fetch a need through
`web.services.visibility.own_need` and offer only the actor's own organisations.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from matcher import recognise
from models import Need, NeedActivity, Organisation, now
from models.states import ActivityOrigin, NeedStatus
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import Catalogue, Shelf, stamp
from web.services.changes import difference, recorded
from web.services.cover import has_chosen, state_by_cover
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.matching import store_suggestions
from web.services.need_checks import check_basics, check_publishable, past_days
from web.services.need_draft import NeedDraft, draft_of, fill, tidy
from web.services.places import region_of
from web.services.text_vectors import Reading, read_for, store_reading

__all__ = [
    "NeedDraft",
    "check_publishable",
    "copy_need",
    "create_need",
    "delete_draft",
    "draft_of",
    "publish_need",
    "publish_on",
    "reopen_need",
    "revise_need",
    "update_need",
    "withdraw_need",
]


def create_need(
    session: Session, actor: Actor, draft: NeedDraft, *, submission_key: str | None = None
) -> Need:
    """Store a draft; a second submit with the same key gets the need of the first.

    Raises `InvalidError` when a value is impossible, and `ForbiddenError` when the key is that of
    another organisation's need.
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
    return known


def _of_submission(session: Session, key: str | None) -> Need | None:
    return session.scalar(select(Need).where(Need.submission_key == key)) if key else None


def _insert(session: Session, actor: Actor, draft: NeedDraft, key: str | None) -> Need:
    organisation = session.get_one(Organisation, draft.organisation_id)
    need = Need(
        organisation_id=organisation.id,
        created_by_id=actor.user_id,
        submission_key=key,
        status=NeedStatus.DRAFT,
    )
    wanted = tidy(draft)
    fill(session, need, wanted)
    session.add(need)
    need.organisation = organisation
    session.flush()
    _record(session, actor, need, "created", after={"status": need.status, **recorded(wanted)})
    return need


def update_need(
    session: Session, actor: Actor, need: Need, draft: NeedDraft, *, version: int
) -> None:
    """Change a draft from the version it was written on; a published need takes `revise_need`.

    Raises `ConflictError` when it changed meanwhile, unless it already says the same.
    """
    if need.status is not NeedStatus.DRAFT:
        raise ConflictError("not_draft")
    with _all_or_nothing(session):
        _apply(session, actor, need, draft, version)


def revise_need(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    need: Need,
    draft: NeedDraft,
    *,
    version: int,
    on: date,
) -> int:
    """Change a draft, or a published need, which is checked and ranked anew.

    Returns how many offers are suggested. Raises like `update_need` and `publish_need`; a need
    with an approved match stays as it was decided on.
    """
    if need.status is NeedStatus.DRAFT:
        update_need(session, actor, need, draft, version=version)
        return 0
    if need.status is not NeedStatus.PUBLISHED or has_chosen(session, need):
        raise ConflictError("decided")
    # Read before the catalogue is lent, so that nobody waits for the encoder.
    reading = read_for(session, catalogue.encoder, need, tidy(draft).title, draft.text)
    with catalogue.open(session) as shelf, _all_or_nothing(session):
        days_before = {need.start_date, need.end_date}
        _apply(session, actor, need, draft, version)
        over = {
            name: problem
            for name, problem in past_days(need, on).items()
            if getattr(need, name) not in days_before
        }
        return _show(session, shelf, need, check_publishable(need, on) | over, on, reading)


def publish_need(session: Session, catalogue: Catalogue, actor: Actor, need: Need, on: date) -> int:
    """Check a draft, show it to others and store its suggestions; returns how many.

    Raises `InvalidError` with what is missing, and `ConflictError` for a need that is no draft.
    """
    reading = read_for(session, catalogue.encoder, need, need.title, need.text)
    with catalogue.open(session) as shelf:
        return publish_on(session, shelf, actor, need, on, reading=reading)


def publish_on(
    session: Session,
    shelf: Shelf,
    actor: Actor,
    need: Need,
    on: date,
    *,
    partial: bool = False,
    reading: Reading | None = None,
) -> int:
    """Publish on a shelf that is already open, for whoever publishes many in one transaction.

    `partial` accepts a need that tells no more than a title, a text, a place, a start and a
    contact, as a file may. reading: what the encoder made of its text, if that is known yet.
    """
    if need.status is not NeedStatus.DRAFT:
        raise ConflictError("not_draft")
    check = check_basics if partial else check_publishable
    with _all_or_nothing(session):
        count = _show(session, shelf, need, check(need, on), on, reading)
        after = {"status": need.status, "suggestions": count}
        _record(session, actor, need, "published", {"status": NeedStatus.DRAFT}, after)
        return count


def _show(
    session: Session,
    shelf: Shelf,
    need: Need,
    problems: Mapping[str, str],
    on: date,
    reading: Reading | None,
) -> int:
    if problems:
        raise InvalidError(dict(problems))
    if all(link.origin is ActivityOrigin.REJECTED for link in need.activities):
        _recognise(shelf, need)
    if need.status is NeedStatus.DRAFT:
        need.status, need.published_at = NeedStatus.PUBLISHED, now()
    # Work outside every region still has a coordinator when its asker has one.
    need.region_id = region_of(session, need.municipality_nis) or need.organisation.region_id
    session.flush()
    revision = stamp(session, need)
    store_reading(session, shelf.encoder, need, reading, revision=revision, ranked=True)
    return store_suggestions(session, shelf, need, on)


def _recognise(shelf: Shelf, need: Need) -> None:
    rejected = {link.activity_id for link in need.activities}
    for found in recognise(shelf.taxonomy, need.title, need.text, rejected=rejected):
        link = NeedActivity(activity_id=found.activity_id, origin=ActivityOrigin.RECOGNISED)
        need.activities.append(link)


def withdraw_need(
    session: Session, actor: Actor, need: Need, *, version: int, reason: str = ""
) -> None:
    """Take a need back, with an optional reason; its writer can still read it.

    Raises `ConflictError` when it changed meanwhile; a need that is withdrawn already stays so.
    """
    if need.status is NeedStatus.WITHDRAWN:
        return
    if need.version != version or need.published_at is None:
        raise ConflictError
    before = {"status": need.status}
    with _all_or_nothing(session):
        need.status = NeedStatus.WITHDRAWN
        stamp(session, need)
        after = {"status": need.status}
        _record(session, actor, need, "withdrawn", before, after, reason=reason or None)


def reopen_need(session: Session, actor: Actor, need: Need) -> None:
    """Bring a withdrawn need back: as it was decided on, else as a draft."""
    if need.status is not NeedStatus.WITHDRAWN:
        return
    with _all_or_nothing(session):
        if has_chosen(session, need):
            need.status = state_by_cover(session, need)
        else:
            need.status = NeedStatus.DRAFT
        stamp(session, need)
        before = {"status": NeedStatus.WITHDRAWN}
        _record(session, actor, need, "reopened", before, {"status": need.status})


def copy_need(
    session: Session, actor: Actor, need: Need, *, on: date, submission_key: str | None = None
) -> Need:
    """Store a draft that says the same as a need, without the days that are over."""
    over = past_days(need, on)
    draft = replace(
        draft_of(need),
        start_date=None if "start_date" in over else need.start_date,
        end_date=None if "end_date" in over else need.end_date,
        external_id=None,
        is_demo=False,
    )
    return create_need(session, actor, draft, submission_key=submission_key)


def delete_draft(session: Session, actor: Actor, need: Need) -> None:
    """Delete a need that nobody else ever saw; raises `ConflictError` for any other one."""
    if need.status is not NeedStatus.DRAFT or need.published_at is not None:
        raise ConflictError("not_draft")
    with _all_or_nothing(session):
        _record(session, actor, need, "deleted", {"status": need.status})
        session.delete(need)


def _apply(session: Session, actor: Actor, need: Need, draft: NeedDraft, version: int) -> None:
    wanted = tidy(replace(draft, organisation_id=need.organisation_id))
    kept = draft_of(need)
    if kept == wanted:
        return
    if need.version != version:
        raise ConflictError
    fill(session, need, wanted)
    # Other activities alone would not touch the row, and so not raise its version.
    need.updated_at = now()
    _record(session, actor, need, "changed", *difference(recorded(kept), recorded(wanted)))


@contextmanager
def _all_or_nothing(session: Session) -> Iterator[None]:
    """Keep all of a change or none, so that a page can still be drawn after a refusal."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except StaleDataError as error:
        raise ConflictError from error


def _record(
    session: Session,
    actor: Actor,
    need: Need,
    action: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> None:
    events.record(
        session,
        actor,
        "need",
        need.id,
        action,
        region_id=need.region_id,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
    )
