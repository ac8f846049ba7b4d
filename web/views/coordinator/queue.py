"""The queue: needs that ask for a decision."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from matcher.vocabulary import NeedKind
from web.access import Access, access
from web.database import db
from web.filters import asked, asked_words
from web.i18n import N_
from web.labels import options_of
from web.login import current_actor
from web.paging import paged
from web.services import queue as queues
from web.services.exposure import alarms
from web.services.queue import Cause, QueueFilter, QueueOrder, QueueState
from web.services.renewal import count_behind
from web.views.coordinator.base import blueprint

STATES = {
    QueueState.OPEN: N_("To decide"),
    QueueState.WITHOUT: N_("Without good suggestion"),
    QueueState.LATER: N_("Later"),
    QueueState.DECIDED: N_("Decided"),
}
ORDERS = {
    QueueOrder.URGENT: N_("Most urgent first"),
    QueueOrder.WAITING: N_("Longest waiting first"),
    QueueOrder.START: N_("Earliest start first"),
    QueueOrder.NEWEST: N_("Newest first"),
}
CAUSES = {
    Cause.HANDED: N_("Handed to you"),
    Cause.FELL_THROUGH: N_("A proposal did not go through"),
    Cause.URGENT: N_("Urgent"),
    Cause.STARTED: N_("Should have started"),
    Cause.STARTS_SOON: N_("Starts within two weeks"),
    Cause.WAITS_LONG: N_("Waiting more than ten days"),
    Cause.NOTHING: N_("No good suggestion"),
}


@blueprint.get("")
@access(Access.COORDINATOR)
def queue() -> ResponseReturnValue:
    """Show the needs that ask for a decision, the most urgent first."""
    actor, (moment, today) = current_actor(), queues.today()
    wanted = _wanted()
    page = paged(db(), queues.queue(actor, wanted, moment))
    return render_template(
        "coordinator/queue.html",
        page=page,
        rows=queues.rows(db(), actor, page.items, moment),
        counts=queues.counts(db(), actor, moment),
        behind=count_behind(db(), today, actor.coordinator_regions),
        alarms=alarms(db(), actor, today),
        places=queues.places_of(db(), actor),
        wanted=wanted,
        states=STATES,
        orders=ORDERS,
        cause_words=CAUSES,
        kinds=options_of(NeedKind),
    )


def _wanted() -> QueueFilter:
    """Read the filters in the address; what is no such filter is left out."""
    return QueueFilter(
        state=asked(QueueState, "state") or QueueState.OPEN,
        kind=asked(NeedKind, "kind"),
        nis=_nis(),
        text=asked_words(),
        order=asked(QueueOrder, "order") or QueueOrder.URGENT,
    )


def _nis() -> str | None:
    value = request.args.get("place", "")
    return value if value.isdecimal() and len(value) == 5 else None
