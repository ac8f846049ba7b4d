"""The open needs that fit a supplier's offers, ranked by the matcher with its reasons."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import rank_needs, score_pair
from matcher.geography import kilometres
from matcher.values import Offer as OfferValue
from matcher.values import Refusal, Suggestion
from matcher.vocabulary import ANSWERS, NeedKind
from models import Match, Need, Offer, Organisation
from models.states import MatchStatus, NeedStatus, OrganisationStatus
from web.services.actor import Actor
from web.services.catalogue import NEED_PARTS, OFFER_PARTS, Shelf
from web.services.values import need_value, offer_value, place_of
from web.services.visibility import current_offers, needs_open_to_supplier

#: A need fits an offer from this estimated chance on.
FITS_FROM = 0.2
#: Needs that are looked at for each offer, the best first.
MOST_PER_OFFER = 30
#: Offers of which a process remembers what fits them.
MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Fit:
    """A need with the offer that fits it best, why, and how many of the offers fit it."""

    need_id: int
    offer: Offer
    suggestion: Suggestion
    offers: int = 1


class FittingOrder(StrEnum):
    """How the fitting needs are sorted."""

    BEST = "best"
    NEAR = "near"
    NEWEST = "newest"
    START = "start"


@dataclass(frozen=True, slots=True)
class FittingFilter:
    """What the fitting needs are narrowed to; distance in km from the place of the offer."""

    offer_id: int | None = None
    kind: NeedKind | None = None
    within_km: float | None = None
    order: FittingOrder = FittingOrder.BEST


def offers_that_count(session: Session, actor: Actor) -> list[Offer]:
    """Return the actor's offers that may be suggested today, by title."""
    approved = Offer.organisation.has(Organisation.status == OrganisationStatus.APPROVED)
    chosen = (
        select(Offer)
        .where(Offer.organisation_id.in_(actor.supplier_ids), current_offers(), approved)
        .options(*OFFER_PARTS)
        .order_by(Offer.title, Offer.id)
    )
    return list(session.scalars(chosen).unique())


def fitting_needs(
    session: Session,
    shelf: Shelf,
    actor: Actor,
    offers: Sequence[Offer],
    wanted: FittingFilter,
    on: date,
) -> list[Fit]:
    """Return the open needs the actor may read that fit these offers, best first, each once."""
    chosen = [offer for offer in offers if wanted.offer_id in (None, offer.id)]
    found = [fit for offer in chosen for fit in _fits(shelf, offer, wanted, on)]
    refused = _refused(session, chosen)
    found = [fit for fit in found if (fit.need_id, fit.offer.id) not in refused]
    readable = _readable(session, actor, {fit.need_id for fit in found})
    best: dict[int, list[Fit]] = {}
    for fit in sorted(found, key=lambda fit: (-fit.suggestion.score, fit.need_id, fit.offer.id)):
        if fit.need_id in readable:
            best.setdefault(fit.need_id, []).append(fit)
    fits = [
        Fit(first.need_id, first.offer, first.suggestion, len([first, *others]))
        for first, *others in best.values()
    ]
    return _sorted(session, fits, wanted.order)


def _sorted(session: Session, fits: list[Fit], order: FittingOrder) -> list[Fit]:
    """Return fits, given best first, in another order; equal ones stay best first."""
    if order is FittingOrder.BEST:
        return fits
    if order is FittingOrder.NEAR:
        return sorted(fits, key=lambda fit: _kilometres(fit.suggestion))
    chosen = select(Need.id).where(Need.id.in_([fit.need_id for fit in fits]))
    if order is FittingOrder.NEWEST:
        chosen = chosen.order_by(Need.published_at.desc(), Need.id.desc())
    else:
        chosen = chosen.order_by(Need.start_date.is_(None), Need.start_date, Need.id)
    place = {number: n for n, number in enumerate(session.scalars(chosen))}
    return sorted(fits, key=lambda fit: place[fit.need_id])


def _kilometres(suggestion: Suggestion) -> float:
    known = (reason.evidence.get("km") for reason in suggestion.reasons)
    return next((km for km in known if isinstance(km, float | int)), math.inf)


def fits_by_offer(
    session: Session, shelf: Shelf, actor: Actor, offers: Iterable[Offer], on: date
) -> dict[int, int]:
    """Return how many open needs that the actor may read fit each of these offers."""
    chosen = list(offers)
    refused = _refused(session, chosen)
    found = {
        offer.id: [
            fit
            for fit in _fits(shelf, offer, FittingFilter(), on)
            if (fit.need_id, offer.id) not in refused
        ]
        for offer in chosen
    }
    ids = {fit.need_id for fits in found.values() for fit in fits}
    readable = _readable(session, actor, ids)
    return {
        offer_id: sum(fit.need_id in readable for fit in fits) for offer_id, fits in found.items()
    }


def count_fitting(session: Session, shelf: Shelf, actor: Actor, offer: OfferValue, on: date) -> int:
    """Return how many open needs that the actor may read an offer that is being written fits."""
    ranking = rank_needs(offer, shelf.needs, shelf.rules, on=on, limit=MOST_PER_OFFER)
    fitting = {int(s.need_id) for s in ranking.suggestions if s.chance >= FITS_FROM}
    return len(_readable(session, actor, fitting))


def judge_pairs(
    shelf: Shelf, need: Need, offers: Iterable[Offer], on: date
) -> tuple[list[tuple[Offer, Suggestion]], list[tuple[Offer, Refusal]]]:
    """Weigh a need against offers of the right kind: the eligible ones best first, the refused."""
    asked = need_value(need)
    eligible: list[tuple[Offer, Suggestion]] = []
    refused: list[tuple[Offer, Refusal]] = []
    for offer in offers:
        if offer.kind not in ANSWERS[need.kind]:
            continue
        verdict = score_pair(
            asked,
            offer_value(offer),
            shelf.taxonomy,
            shelf.rules,
            on=on,
            weights=shelf.offers.weights,
            meanings=(shelf.needs.meaning(asked.id), shelf.offers.meaning(str(offer.id))),
        )
        if isinstance(verdict, Suggestion):
            eligible.append((offer, verdict))
        else:
            refused.append((offer, verdict))
    eligible.sort(key=lambda pair: (-pair[1].score, pair[0].id))
    return eligible, refused


def needs_by_id(session: Session, ids: Iterable[int]) -> dict[int, Need]:
    """Return needs with what a list shows of them."""
    chosen = select(Need).where(Need.id.in_(list(ids))).options(*NEED_PARTS)
    return {need.id: need for need in session.scalars(chosen).unique()}


def _fits(shelf: Shelf, offer: Offer, wanted: FittingFilter, on: date) -> list[Fit]:
    return [
        Fit(int(suggestion.need_id), offer, suggestion)
        for suggestion in _ranked(shelf, offer_value(offer), on)
        if _passes(shelf, offer, suggestion, wanted)
    ]


def _ranked(shelf: Shelf, offer: OfferValue, on: date) -> tuple[Suggestion, ...]:
    """Return what fits an offer; weighed once until the shelf changes, for it costs the most."""
    key = ("fitting", offer, on)
    if key not in shelf.memo:
        if len(shelf.memo) >= MOST_KEPT:
            shelf.memo.clear()
        ranking = rank_needs(
            offer,
            shelf.needs,
            shelf.rules,
            on=on,
            limit=MOST_PER_OFFER,
            meaning=shelf.offers.meaning(offer.id),
        )
        shelf.memo[key] = tuple(s for s in ranking.suggestions if s.chance >= FITS_FROM)
    found: tuple[Suggestion, ...] = shelf.memo[key]
    return found


def _passes(shelf: Shelf, offer: Offer, suggestion: Suggestion, wanted: FittingFilter) -> bool:
    need = shelf.needs.get(suggestion.need_id)
    if need is None or (wanted.kind is not None and need.kind is not wanted.kind):
        return False
    here = place_of(offer.municipality)
    if wanted.within_km is None or here is None or need.place is None:
        return wanted.within_km is None
    return kilometres(here, need.place) <= wanted.within_km


def _refused(session: Session, offers: Sequence[Offer]) -> set[tuple[int, int]]:
    """Return the pairs (need, offer) that a coordinator refused: they do not come back here."""
    chosen = select(Match.need_id, Match.offer_id).where(
        Match.offer_id.in_([offer.id for offer in offers]), Match.status == MatchStatus.REFUSED
    )
    return {(need_id, offer_id) for need_id, offer_id in session.execute(chosen)}


def _readable(session: Session, actor: Actor, need_ids: set[int]) -> set[int]:
    chosen = select(Need.id).where(
        Need.id.in_(need_ids), Need.status == NeedStatus.PUBLISHED, needs_open_to_supplier(actor)
    )
    return set(session.scalars(chosen)) if need_ids else set()
