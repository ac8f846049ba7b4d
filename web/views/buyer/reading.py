"""The buyer's list of needs, and the page on which he follows one."""

from collections.abc import Iterable
from uuid import uuid4

from flask import render_template
from flask.typing import ResponseReturnValue

from matcher.vocabulary import NeedKind
from models import now
from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.filters import Choice, asked, asked_words, worded
from web.histories import recent
from web.i18n import _
from web.labels import label_of, options_of
from web.login import current_actor
from web.paging import paged
from web.services.cover import cover_of
from web.services.match_life.overview import next_asks
from web.services.need_queries import (
    NeedFilter,
    Order,
    activity_labels,
    approved_matches,
    likely_matches,
    own_needs,
    suggestion_counts,
)
from web.services.record import Subject
from web.views.buyer.base import blueprint, own_need
from web.views.buyer.facts import facts_of, kept_activities
from web.views.buyer.timeline import ORDER_LABELS, steps_of
from web.views.introductions.words import short_ask
from web.wording import explain


def asked_filter() -> NeedFilter:
    """Return the filter in the address."""
    return NeedFilter(
        status=asked(NeedStatus, "status"),
        kind=asked(NeedKind, "soort"),
        words=asked_words(),
        order=asked(Order, "volgorde") or Order.NEWEST,
    )


def choices(wanted: NeedFilter, statuses: Iterable[NeedStatus] = NeedStatus) -> list[Choice]:
    """Return what the filter of a list of needs offers."""
    named = [(status.value, label_of(status)) for status in statuses]
    return [
        Choice("status", _("Status"), named, wanted.status, _("All")),
        Choice("soort", _("Kind"), options_of(NeedKind), wanted.kind, _("All")),
        Choice("volgorde", _("Order"), worded(ORDER_LABELS), wanted.order),
    ]


@blueprint.route("/vragen")
@access(Access.MEMBER)
def needs() -> ResponseReturnValue:
    """List the needs of the person's organisations."""
    wanted = asked_filter()
    page = paged(db(), own_needs(current_actor(), wanted))
    counts = suggestion_counts(db(), [need.id for need in page.items])
    return render_template(
        "buyer/needs.html", page=page, wanted=wanted, counts=counts, choices=choices(wanted)
    )


@blueprint.route("/vragen/<int:need_id>")
@access(Access.MEMBER)
def need(need_id: int) -> ResponseReturnValue:
    """Show a need, what became of it and who could do it."""
    need = own_need(need_id)
    labels = activity_labels(db())
    explained = [
        (found, explain(found.match.score, found.match.reasons, labels))
        for found in likely_matches(db(), current_actor(), need)
    ]
    count = suggestion_counts(db(), [need.id]).get(need.id, 0)
    approved = approved_matches(db(), need)
    asks = next_asks(db(), current_actor(), approved, now().date())
    return render_template(
        "buyer/need.html",
        need=need,
        facts=facts_of(need),
        activities=kept_activities(need),
        explained=explained,
        approved=approved,
        asks={number: short_ask(ask) for number, ask in asks.items()},
        cover=cover_of(db(), need),
        count=count,
        steps=steps_of(need, count),
        recent=recent(Subject.NEED, need.id),
        copy_key=str(uuid4()),
    )


@blueprint.route("/vragen/<int:need_id>/gepubliceerd")
@access(Access.MEMBER)
def published(need_id: int) -> ResponseReturnValue:
    """Tell what happens next with a need that was just published."""
    need = own_need(need_id)
    count = suggestion_counts(db(), [need.id]).get(need.id, 0)
    return render_template("buyer/published.html", need=need, count=count)
