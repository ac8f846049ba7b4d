"""Deciding on a match: who may, what it asks, and what is written down.

The shelf is lent only for the ranking; then the need is locked, so that of two people who decide at
once the second waits, finds what the first did, and overwrites nothing. Refusals carry a code:
`ForbiddenError` is `interest` or `refused_by_rule`; `ConflictError` is `stale`, `need_changed`,
`need_closed`, `already_approved`, `already_decided`, `offer_gone`, `promised`, `nothing_to_undo`
or `introduced`. What a decision still lacks is an `InvalidError` at `words`, `refusal_reason` or
`people`.
"""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from models import Match, Need, Offer
from models.marker import N_
from models.match_life import CHOSEN, DECIDED, PUT_TO_SIDES
from models.states import MatchOrigin, MatchStatus, RefusalReason
from web.services import match_mail
from web.services.actor import Actor
from web.services.catalogue import OFFER_PARTS, Catalogue, stamp
from web.services.cover import checked_people, cover_of
from web.services.decision_record import flush, record_decision, snapshot, tell
from web.services.errors import ConflictError, ForbiddenError, NotFoundError
from web.services.matching import keep_suggestions, new_match, rank_fresh
from web.services.need_state import OPEN_NEED, lock_need, settle_need
from web.services.promises import room_for
from web.services.texts import clean_text
from web.services.verdicts import (
    LOOKED_AT_FIRST,
    MOST_RECORDED,
    Seen,
    Standing,
    Verdict,
    check_words,
    checked_verdict,
    find_standing,
)
from web.services.visibility import interested, offers_visible_to, region_need


def decide(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    need_id: int,
    offer_id: int,
    *,
    to: MatchStatus,
    on: date,
    refusal_reason: RefusalReason | None = None,
    words: str | None = None,
    seen_version: int | None,
    also: bool = False,
    seen_need: int | None = None,
    people: int | None = None,
) -> Match:
    """Approve, refuse or set aside an offer for a need; a session takes one decision.

    seen_version: the match as the person saw it, None when it was not stored; seen_need: the same
    for the need, looked at where he approves; also: he knows that another one is approved already;
    people: of those the need asks for, how many this offer is to send, if not all that are open.
    """
    need, offer = _pair(session, actor, need_id, offer_id)
    verdict = checked_verdict(to, refusal_reason, clean_text(words) or None)
    # What is chosen among is kept whole: that takes all offers, as far as anybody reads.
    first = MOST_RECORDED if to is MatchStatus.APPROVED else LOOKED_AT_FIRST
    with catalogue.open(session) as shelf:
        standing = find_standing(session, shelf, need, offer, on, first)
    lock_need(session, need)
    seen = Seen(seen_version, seen_need, also, people)
    return _settle(session, actor, need, offer, verdict, standing, seen)


def _settle(
    session: Session,
    actor: Actor,
    need: Need,
    offer: Offer,
    verdict: Verdict,
    standing: Standing,
    seen: Seen,
) -> Match:
    match = _stored(session, need.id, offer.id)
    if match is not None and _repeated(match, actor, verdict.to):
        return match
    _check_open(need, match, seen.match)
    if match is not None and match.status in DECIDED:
        raise ConflictError("already_decided")
    match = _level(session, need, match, standing)
    approves = verdict.to is MatchStatus.APPROVED
    if approves:
        _check_approval(session, need, standing, seen)
        _check_choice(session, need, standing, verdict)
        free = room_for(session, offer, need)
        match.people = checked_people(cover_of(session, need), offer, seen.people, free)
    record_decision(session, actor, need, match, verdict, standing, "decided")
    if approves:
        stamp(session, offer)
        settle_need(session, actor, need)
        match_mail.ask(session, match, need, offer)
    return match


def undo(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    match_id: int,
    *,
    seen_version: int | None,
    on: date,
) -> Match:
    """Take back the last decision on a match, as long as the two sides were not introduced.

    What is suggested for the need meanwhile is brought up to date: an approved one is not ranked.
    """
    pair = session.execute(
        select(Match.need_id, Match.offer_id).where(Match.id == match_id)
    ).first()
    need, offer = _pair(session, actor, *(pair or (0, 0)))
    with catalogue.open(session) as shelf:
        fresh = rank_fresh(session, shelf, need, on)
    lock_need(session, need)
    match = _stored(session, need.id, offer.id)
    assert match is not None
    if match.status in PUT_TO_SIDES and match.status is not MatchStatus.APPROVED:
        raise ConflictError("introduced")
    _check_open(need, match, seen_version)
    before = _state_before(match)
    approved = match.status is MatchStatus.APPROVED
    record_decision(session, actor, need, match, Verdict(before), None, "undone")
    if approved:
        stamp(session, offer)
        match_mail.withdraw(session, match, need, offer)
        settle_need(session, actor, need)
    keep_suggestions(session, need, fresh)
    return match


def _state_before(match: Match) -> MatchStatus:
    """Return the state that the last decision which stands found."""
    stood = [MatchStatus.SUGGESTED]
    for one in match.decisions:
        undoes = one.from_status in DECIDED or one.to_status is MatchStatus.SUGGESTED
        if undoes and len(stood) > 1:
            stood.pop()
        elif one.to_status is not stood[-1]:
            stood.append(one.to_status)
    if match.status is MatchStatus.SUGGESTED or match.status is not stood[-1] or len(stood) < 2:
        raise ConflictError("nothing_to_undo")
    return stood[-2]


def add_by_hand(
    session: Session,
    catalogue: Catalogue,
    actor: Actor,
    need_id: int,
    offer_id: int,
    words: str | None,
    on: date,
) -> Match:
    """Put an eligible offer forward by hand, with the reason; what is there already is kept."""
    need, offer = _pair(session, actor, need_id, offer_id)
    words = clean_text(words)
    check_words(words, N_("Write in a few words why you put this offer forward."))
    with catalogue.open(session) as shelf:
        standing = find_standing(session, shelf, need, offer, on)
    lock_need(session, need)
    match = _stored(session, need.id, offer.id)
    _check_open(need, None, None)
    if match is not None and (match.origin is MatchOrigin.MANUAL or match.status in DECIDED):
        return match
    match = _level(session, need, match, standing)
    match.origin = MatchOrigin.MANUAL
    flush(session)
    after = {**snapshot(match), "position": standing.position}
    tell(session, actor, need, match, "added_by_hand", after=after, reason=words)
    return match


def approved_for(session: Session, need_id: int) -> list[int]:
    """Return the offers that are chosen for a need."""
    chosen = select(Match.offer_id).where(Match.need_id == need_id, Match.status.in_(CHOSEN))
    return list(session.scalars(chosen.order_by(Match.offer_id)))


def _pair(session: Session, actor: Actor, need_id: int, offer_id: int) -> tuple[Need, Offer]:
    need = region_need(session, actor, need_id)
    offer = _offer(session, actor, need.id, offer_id)
    if interested(actor, need, offer):
        raise ForbiddenError("interest")
    return need, offer


def _offer(session: Session, actor: Actor, need_id: int, offer_id: int) -> Offer:
    """Return an offer he may see, or that was put to this need before it was paused or ran out."""
    put = select(Match.offer_id).where(Match.need_id == need_id)
    allowed = or_(offers_visible_to(actor), Offer.id.in_(put))
    offer = session.scalar(select(Offer).where(Offer.id == offer_id, allowed).options(*OFFER_PARTS))
    if offer is None:
        raise NotFoundError
    return offer


def _stored(session: Session, need_id: int, offer_id: int) -> Match | None:
    chosen = (
        select(Match)
        .where(Match.need_id == need_id, Match.offer_id == offer_id)
        .options(selectinload(Match.decisions))
        .execution_options(populate_existing=True)
    )
    return session.scalar(chosen)


def _repeated(match: Match, actor: Actor, to: MatchStatus) -> bool:
    """Tell whether the same person asks the same again, as a double click does."""
    last = match.decisions[-1] if match.decisions else None
    return last is not None and match.status is to and last.actor_id == actor.user_id


def _check_open(need: Need, match: Match | None, seen_version: int | None) -> None:
    """Refuse what was decided on an older state of the match, or on a need that is closed.

    Until a person decided, only the matcher renews a match; that does not make his page stale.
    """
    if need.status not in OPEN_NEED:
        raise ConflictError("need_closed")
    if match is not None and match.decisions and match.version != seen_version:
        raise ConflictError("stale")


def _check_approval(session: Session, need: Need, standing: Standing, seen: Seen) -> None:
    if standing.suggestion is None:
        raise ConflictError("offer_gone")
    if approved_for(session, need.id) and not seen.approved:
        raise ConflictError("already_approved")
    if seen.need is not None and need.version != seen.need:
        raise ConflictError("need_changed")


def _level(session: Session, need: Need, match: Match | None, standing: Standing) -> Match:
    """Return the match with the score and reasons of this moment, made when it is not stored."""
    if standing.suggestion is None:
        if standing.refused_by is not None:
            raise ForbiddenError("refused_by_rule")
        if match is None:
            raise ConflictError("offer_gone")
        return match
    current = new_match(need.id, standing.suggestion, standing.weights_version)
    if match is None:
        current.status = MatchStatus.SUGGESTED
        session.add(current)
        flush(session)
        return current
    if match.status not in DECIDED:
        for name in ("score", "reasons", "cautions", "weights_version"):
            setattr(match, name, getattr(current, name))
    return match


def _check_choice(session: Session, need: Need, standing: Standing, verdict: Verdict) -> None:
    """Ask for words where a better offer is passed over that nobody decided on."""
    decided = select(Match.offer_id).where(Match.need_id == need.id, Match.status.in_(DECIDED))
    if set(standing.ahead) - set(session.scalars(decided)):
        check_words(verdict.words, N_("Another offer ranks higher: write why you choose this one."))
