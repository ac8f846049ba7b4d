"""Mijn Brug: what waits for somebody, and where to begin."""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for

from models import now
from web.access import Access, access
from web.database import db
from web.i18n import _n
from web.login import current_actor
from web.services.dashboard import RUNNING, Task, my_organisations, waiting
from web.views.account.base import blueprint

#: What a task says after its count, and where it is done.
_TASKS: dict[Task, tuple[Callable[[int], str], str, dict[str, Any]]] = {
    Task.ADMIT_SUPPLIERS: (
        lambda n: _n("new supplier waits for you", "new suppliers wait for you", n),
        "coordinator.region",
        {},
    ),
    Task.DECIDE: (
        lambda n: _n("need asks for a decision", "needs ask for a decision", n),
        "coordinator.queue",
        {},
    ),
    Task.CONFIRM_OFFERS: (
        lambda n: _n(
            "offer asks to be confirmed: is it still right?",
            "offers ask to be confirmed: are they still right?",
            n,
        ),
        "supplier.offers",
        {"toon": "to_confirm"},
    ),
    Task.MEET: (
        lambda n: _n("introduction waits for you", "introductions wait for you", n),
        "introductions.index",
        {"wacht": "mine"},
    ),
    Task.FINISH_NEEDS: (
        lambda n: _n("need is still a draft", "needs are still a draft", n),
        "buyer.needs",
        {"status": "draft"},
    ),
    Task.FINISH_OFFERS: (
        lambda n: _n("offer is still a draft", "offers are still a draft", n),
        "supplier.offers",
        {"toon": "draft"},
    ),
    Task.FOLLOW_NEEDS: (
        lambda n: _n("need is online", "needs are online", n),
        "buyer.needs",
        {"status": "published"},
    ),
    Task.MUNICIPAL_NEEDS: (
        lambda n: _n("open need in your municipality", "open needs in your municipality", n),
        "policy.home",
        {},
    ),
}


@blueprint.get("/mijn-brug")
@access(Access.LOGGED_IN)
def home() -> str:
    """Show what waits for the person, by role."""
    actor = current_actor()
    told: dict[bool, list[tuple[int, str, str]]] = {False: [], True: []}
    for found in waiting(db(), actor, now()):
        say, endpoint, values = _TASKS[found.task]
        line = (found.count, say(found.count), url_for(endpoint, **values))
        told[found.task in RUNNING].append(line)
    return render_template(
        "account/home.html",
        waiting=told[False],
        running=told[True],
        organisations=my_organisations(db(), actor),
    )
