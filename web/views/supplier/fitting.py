"""The open needs that fit the supplier's offers, and one of them up close."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from matcher.values import Refusal
from matcher.vocabulary import NeedKind
from matcher.weights import Weights
from models import Need, Offer, Rule
from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.explanations import best_change_of, explained
from web.filters import Choice, asked, worded
from web.i18n import N_, _
from web.labels import options_of
from web.login import current_actor
from web.offer_place import offer_name
from web.paging import paged_list
from web.services.errors import NotFoundError
from web.services.fitting import (
    FITS_FROM,
    Fit,
    FittingFilter,
    FittingOrder,
    judge_pairs,
    needs_by_id,
    offers_that_count,
)
from web.services.fitting import (
    fitting_needs as find_fitting,
)
from web.services.introductions import put_of_offers
from web.services.visibility import need_for
from web.views.buyer.facts import facts_of, kept_activities, without
from web.views.supplier.base import blueprint, catalogue, today, whole_number
from web.wording import Explanation, WordedChange

PER_PAGE = 10
DISTANCES = (5, 10, 20, 30, 50)
ORDERS = {
    FittingOrder.BEST: N_("Best fit first"),
    FittingOrder.NEAR: N_("Nearest first"),
    FittingOrder.NEWEST: N_("Newest first"),
    FittingOrder.START: N_("Earliest start first"),
}
#: Reasons that the list gives for each need; its own page gives them all.
MOST_FOR, MOST_AGAINST = 4, 2


@dataclass(frozen=True, slots=True)
class Row:
    """A need in the list, with the offer that fits best and why; `brief` holds the main reasons."""

    need: Need
    fit: Fit
    explanation: Explanation
    brief: Explanation
    change: WordedChange | None


def _row(need: Need, fit: Fit, weights: Weights) -> Row:
    told = explained(fit.suggestion, of_you=True)
    change = best_change_of(fit.suggestion, weights, of_you=True)
    return Row(need, fit, told, told.shortened(MOST_FOR, MOST_AGAINST), change)


def asked_filter() -> FittingFilter:
    """Return the filter in the address."""
    km = whole_number(request.args.get("afstand"))
    return FittingFilter(
        offer_id=whole_number(request.args.get("aanbod")),
        kind=asked(NeedKind, "soort"),
        within_km=km if km in DISTANCES else None,
        order=asked(FittingOrder, "volgorde") or FittingOrder.BEST,
    )


def _choices(wanted: FittingFilter, offers: Sequence[Offer]) -> list[Choice]:
    named = [(str(offer.id), offer_name(offer)) for offer in offers]
    near = [(str(km), _("up to %(km)s km", km=km)) for km in DISTANCES]
    offer_id, km = wanted.offer_id, wanted.within_km
    return [
        Choice(
            "aanbod",
            _("For which offer?"),
            named,
            str(offer_id) if offer_id else None,
            _("All my offers"),
        ),
        Choice("soort", _("Kind"), options_of(NeedKind), wanted.kind, _("All")),
        Choice("afstand", _("Distance"), near, f"{km:.0f}" if km else None, _("All")),
        Choice("volgorde", _("Order"), worded(ORDERS), wanted.order),
    ]


@blueprint.route("/passende-vragen")
@access(Access.SUPPLIER)
def fitting_needs() -> ResponseReturnValue:
    """List the open needs that fit, best first."""
    wanted, actor = asked_filter(), current_actor()
    offers = offers_that_count(db(), actor)
    with catalogue().open(db()) as shelf:
        found = find_fitting(db(), shelf, actor, offers, wanted, today())
        weights = shelf.offers.weights
    page = paged_list(found, PER_PAGE)
    needs = needs_by_id(db(), [fit.need_id for fit in page.items])
    rows = [_row(needs[fit.need_id], fit, weights) for fit in page.items]
    return render_template(
        "supplier/fitting_needs.html",
        page=page,
        rows=rows,
        offers=offers,
        wanted=wanted,
        choices=_choices(wanted, offers),
    )


@blueprint.route("/passende-vragen/<int:need_id>")
@access(Access.SUPPLIER)
def fitting_need(need_id: int) -> ResponseReturnValue:
    """Show an open need without its contact, and what of one's own offers fits it."""
    need = _readable(need_id)
    offers = offers_that_count(db(), current_actor())
    with catalogue().open(db()) as shelf:
        eligible, refused = judge_pairs(shelf, need, offers, today())
        weights = shelf.offers.weights
    shown = max(1, sum(verdict.chance >= FITS_FROM for _offer, verdict in eligible))
    return render_template(
        "supplier/fitting_need.html",
        need=need,
        put=put_of_offers(db(), current_actor(), need_id=need.id),
        facts=without(facts_of(need), _("Contact")),
        activities=kept_activities(need),
        best=[
            (
                offer,
                explained(verdict, of_you=True),
                best_change_of(verdict, weights, of_you=True),
            )
            for offer, verdict in eligible[:shown]
        ],
        others=[(offer, explained(verdict, of_you=True)) for offer, verdict in eligible[shown:]],
        refused=_refusing_rules(refused),
    )


def _refusing_rules(refused: list[tuple[Offer, Refusal]]) -> list[tuple[Offer, str]]:
    """Return offers that a rule keeps out, with the title of that rule."""
    wanted = {refusal.rule_id for _offer, refusal in refused}
    titles = {row.id: row.title for row in db().scalars(select(Rule).where(Rule.id.in_(wanted)))}
    own = _("It is your own need.")
    return [(offer, titles.get(refusal.rule_id, own)) for offer, refusal in refused]


def _readable(need_id: int) -> Need:
    """Return an open need that the person may read; his own drafts are on other pages."""
    need = need_for(db(), current_actor(), need_id)
    if need.status not in (NeedStatus.PUBLISHED, NeedStatus.APPROVED):
        raise NotFoundError
    return need
