"""Mijn Brug: what waits for somebody, and where to begin."""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for

from models import now
from web.access import Access, access
from web.database import db
from web.i18n import _n
from web.login import current_actor
from web.services.dashboard import Task, my_organisations, waiting
from web.views.account.base import blueprint

#: What a task says for a count, and where it is done.
_TASKS: dict[Task, tuple[Callable[[int], str], str, dict[str, Any]]] = {
    Task.ADMIT_SUPPLIERS: (
        lambda n: _n("%(num)d new supplier waits for you", "%(num)d new suppliers wait for you", n),
        "coordinator.region",
        {},
    ),
    Task.DECIDE: (
        lambda n: _n("%(num)d need asks for a decision", "%(num)d needs ask for a decision", n),
        "coordinator.queue",
        {},
    ),
    Task.CONFIRM_OFFERS: (
        lambda n: _n(
            "%(num)d offer runs out: is it still right?",
            "%(num)d offers run out: are they still right?",
            n,
        ),
        "supplier.offers",
        {},
    ),
    Task.MEET: (
        lambda n: _n("%(num)d introduction", "%(num)d introductions", n),
        "introductions.index",
        {},
    ),
    Task.FINISH_NEEDS: (
        lambda n: _n("%(num)d need is still a draft", "%(num)d needs are still a draft", n),
        "buyer.needs",
        {"status": "draft"},
    ),
    Task.FINISH_OFFERS: (
        lambda n: _n("%(num)d offer is still a draft", "%(num)d offers are still a draft", n),
        "supplier.offers",
        {"status": "draft"},
    ),
    Task.FOLLOW_NEEDS: (
        lambda n: _n("%(num)d need is online", "%(num)d needs are online", n),
        "buyer.needs",
        {"status": "published"},
    ),
    Task.MUNICIPAL_NEEDS: (
        lambda n: _n(
            "%(num)d open need in your municipality", "%(num)d open needs in your municipality", n
        ),
        "policy.home",
        {},
    ),
}


@blueprint.get("/mijn-brug")
@access(Access.LOGGED_IN)
def home() -> str:
    """Show what waits for the person, by role."""
    actor = current_actor()
    tasks = [(found, *_TASKS[found.task]) for found in waiting(db(), actor, now())]
    return render_template(
        "account/home.html",
        tasks=[
            (found.count, say(found.count), url_for(endpoint, **values))
            for found, say, endpoint, values in tasks
        ],
        organisations=my_organisations(db(), actor),
    )
