"""What the two sides agree on, how it begins, and what came of it.

Each step is taken by either side, or by the coordinator for them. A match agreed on may be agreed
on again, with other figures, until the work is done.
"""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Agreement, Match
from models.marker import N_
from models.states import FallReason, MatchStatus
from web.services import match_mail
from web.services.actor import Actor
from web.services.catalogue import Catalogue, stamp
from web.services.decision_record import flush
from web.services.errors import ConflictError, InvalidError
from web.services.match_life.checklist import check_ready
from web.services.match_life.figures import Outcome, Terms, check_outcome, check_terms
from web.services.match_life.moving import move, note, repeated
from web.services.match_life.taking import check_seen, locked, ranked_and_locked, steps_as
from web.services.need_state import settle_need
from web.services.promises import check_room
from web.services.texts import LONGEST_TEXT, clean_text


def agreement_of(session: Session, match_id: int) -> Agreement | None:
    """Return what was agreed on a match, also where that step was taken back since."""
    return session.scalar(select(Agreement).where(Agreement.match_id == match_id))


def agree(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    match_id: int,
    terms: Terms,
    *,
    seen_version: int | None,
    seen_agreement: int | None,
    on: date,
) -> Match:
    """Write down what both sides agreed on, or change it before the work is done.

    Fewer people than it was approved for may leave the need open again. Raises `ConflictError`
    with `stale` when the match or the agreement changed since it was seen.
    """
    match, fresh = ranked_and_locked(session, catalogue, actor, match_id, on)
    side = steps_as(actor, match)
    check_terms(match, terms)
    stored = agreement_of(session, match.id)
    if stored is not None and _says(stored, terms) and match.status is MatchStatus.AGREED:
        return match
    check_seen(match, seen_version)
    if (stored.version if stored else None) != seen_agreement:
        raise ConflictError("stale")
    check_room(session, match, terms.people, terms.start_date, terms.end_date)
    before = _figures(stored, Terms) if stored else {}
    agreement = _fill(session, match, stored, asdict(terms))
    after = _figures(agreement, Terms)
    if match.status is MatchStatus.INTRODUCED:
        move(session, actor, match, side, MatchStatus.AGREED, facts=after)
        match_mail.tell_agreed(session, match, side)
    elif match.status in (MatchStatus.AGREED, MatchStatus.RUNNING):
        note(session, actor, match, "agreement_changed", before=before, after=after)
    else:
        raise ConflictError("stale")
    stamp(session, match.offer)
    if match.people is not None and terms.people is not None and match.people != terms.people:
        match.people = terms.people
        flush(session)
        settle_need(session, actor, match.need, fresh)
    return match


def start_work(
    session: Session,
    actor: Actor,
    match_id: int,
    started: date | None,
    *,
    seen_version: int | None,
    on: date,
) -> Match:
    """Note that the work began on a day; an enclave needs its checklist in order before that."""
    match = locked(session, actor, match_id)
    side = steps_as(actor, match)
    if repeated(session, actor, match, MatchStatus.RUNNING):
        return match
    check_seen(match, seen_version)
    agreement = agreement_of(session, match.id)
    if match.status is not MatchStatus.AGREED or agreement is None:
        raise ConflictError("stale")
    if started is None:
        raise InvalidError({"started": N_("Please fill this in.")})
    if started > on:
        raise InvalidError({"started": N_("This day is still to come: say so once it began.")})
    check_ready(session, match, started)
    agreement.real_start = started
    flush(session)
    facts = {"real_start": started.isoformat()}
    move(session, actor, match, side, MatchStatus.RUNNING, facts=facts)
    return match


def finish(
    session: Session,
    actor: Actor,
    match_id: int,
    outcome: Outcome,
    *,
    seen_version: int | None,
    seen_agreement: int | None,
    on: date,
) -> Match:
    """Note that the work is done, with what it became."""
    match = locked(session, actor, match_id)
    side = steps_as(actor, match)
    if repeated(session, actor, match, MatchStatus.DONE):
        return match
    check_seen(match, seen_version)
    agreement = agreement_of(session, match.id)
    if match.status is not MatchStatus.RUNNING or agreement is None:
        raise ConflictError("stale")
    if agreement.version != seen_agreement:
        raise ConflictError("stale")
    check_outcome(match, outcome, on)
    _fill(session, match, agreement, asdict(outcome))
    facts = _figures(agreement, Outcome)
    move(session, actor, match, side, MatchStatus.DONE, facts=facts)
    return match


def give_up(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    match_id: int,
    reason: FallReason | None,
    words: str | None,
    *,
    seen_version: int | None,
    on: date,
) -> Match:
    """Note that it came to nothing after all, and why; the need is looked at again."""
    match, fresh = ranked_and_locked(session, catalogue, actor, match_id, on)
    side = steps_as(actor, match)
    if repeated(session, actor, match, MatchStatus.FELL_THROUGH):
        return match
    check_seen(match, seen_version)
    # An approval falls through by a side's answer, which is written elsewhere.
    if match.status not in (MatchStatus.INTRODUCED, MatchStatus.AGREED):
        raise ConflictError("stale")
    words = clean_text(words) or None
    if reason is None:
        raise InvalidError({"reason": N_("Choose why it came to nothing.")})
    if reason is FallReason.OTHER and not words:
        raise InvalidError({"words": N_("Write in a few words what the reason is.")})
    if words and len(words) > LONGEST_TEXT:
        raise InvalidError({"words": N_("This text is too long.")})
    move(session, actor, match, side, MatchStatus.FELL_THROUGH, reason=reason, words=words)
    settle_need(session, actor, match.need, fresh)
    match_mail.tell_fell_through(session, match, side)
    return match


def _fill(
    session: Session, match: Match, agreement: Agreement | None, values: dict[str, Any]
) -> Agreement:
    if agreement is None:
        agreement = Agreement(match_id=match.id, **values)
        session.add(agreement)
    for name, value in values.items():
        setattr(agreement, name, value)
    flush(session)
    return agreement


def _says(agreement: Agreement, terms: Terms) -> bool:
    return all(getattr(agreement, name) == value for name, value in asdict(terms).items())


def _figures(agreement: Agreement, kind: type[Terms] | type[Outcome]) -> dict[str, Any]:
    """Return what the record keeps of an agreement, JSON-ready, without what is empty."""
    values = {field.name: getattr(agreement, field.name) for field in fields(kind)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }
