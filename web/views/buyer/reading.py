"""The buyer's list of needs, and the page on which he follows one."""

from enum import StrEnum
from typing import TypeVar
from uuid import uuid4

from flask import render_template, request
from flask.typing import ResponseReturnValue

from matcher.vocabulary import NeedKind
from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.i18n import _
from web.labels import options_of
from web.login import current_actor
from web.paging import paged
from web.services.need_queries import (
    NeedFilter,
    Order,
    activity_labels,
    approved_matches,
    history,
    likely_matches,
    own_needs,
    suggestion_counts,
)
from web.services.texts import clean_line
from web.views.buyer.base import blueprint, own_need
from web.views.buyer.facts import facts_of, kept_activities
from web.views.buyer.timeline import ORDER_LABELS, steps_of, told_history
from web.wording import explain

EnumT = TypeVar("EnumT", bound=StrEnum)


def asked(enum: type[EnumT], name: str) -> EnumT | None:
    """Return the code in the address; anything odd means none."""
    value = request.args.get(name, "")
    return enum(value) if value in set(enum) else None


def asked_filter() -> NeedFilter:
    """Return the filter in the address."""
    return NeedFilter(
        status=asked(NeedStatus, "status"),
        kind=asked(NeedKind, "soort"),
        words=clean_line(request.args.get("q", ""))[:100],
        order=asked(Order, "volgorde") or Order.NEWEST,
    )


def filter_choices() -> dict[str, list[tuple[str, str]]]:
    """Return what the filter of a list of needs offers, by the name in the address."""
    return {
        "status": options_of(NeedStatus),
        "soort": options_of(NeedKind),
        "volgorde": [(order.value, _(label)) for order, label in ORDER_LABELS.items()],
    }


@blueprint.route("/vragen")
@access(Access.MEMBER)
def needs() -> ResponseReturnValue:
    """List the needs of the person's organisations."""
    wanted = asked_filter()
    page = paged(db(), own_needs(current_actor(), wanted))
    counts = suggestion_counts(db(), [need.id for need in page.items])
    return render_template(
        "buyer/needs.html", page=page, wanted=wanted, counts=counts, choices=filter_choices()
    )


@blueprint.route("/vragen/<int:need_id>")
@access(Access.MEMBER)
def need(need_id: int) -> ResponseReturnValue:
    """Show a need, what became of it and who could do it."""
    need = own_need(need_id)
    matches = likely_matches(db(), current_actor(), need)
    labels = activity_labels(db())
    explained = [(match, explain(match.score, match.reasons, labels)) for match in matches]
    events = history(db(), need)
    count = suggestion_counts(db(), [need.id]).get(need.id, 0)
    return render_template(
        "buyer/need.html",
        need=need,
        facts=facts_of(need),
        activities=kept_activities(need),
        explained=explained,
        approved=approved_matches(db(), need),
        count=count,
        steps=steps_of(need, count),
        events=told_history(events),
        copy_key=str(uuid4()),
    )


@blueprint.route("/vragen/<int:need_id>/gepubliceerd")
@access(Access.MEMBER)
def published(need_id: int) -> ResponseReturnValue:
    """Tell what happens next with a need that was just published."""
    need = own_need(need_id)
    count = suggestion_counts(db(), [need.id]).get(need.id, 0)
    return render_template("buyer/published.html", need=need, count=count)
