"""One need, with every offer that could answer it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.filters import Choice, asked_words
from web.i18n import _
from web.login import current_actor
from web.paging import paged_list
from web.services import need_sheet, queue
from web.services.visibility import region_need
from web.views.coordinator.base import blueprint, catalogue
from web.views.coordinator.sheet import need_page


@blueprint.get("/vragen/<int:need_id>")
@access(Access.COORDINATOR)
def need(need_id: int) -> ResponseReturnValue:
    """Show a need and the ranked offers."""
    return need_page(need_id)


@blueprint.get("/vragen/<int:need_id>/uitgesloten")
@access(Access.COORDINATOR)
def refused_offers(need_id: int) -> ResponseReturnValue:
    """Show every offer that a rule keeps out, with the rule."""
    session = db()
    found = region_need(session, current_actor(), need_id)
    today = queue.today()[1]
    refusals = need_sheet.standings(session, catalogue(), found, today, 1).ranking.refusals
    rules = need_sheet.rules_by_id(session, {refusal.rule_id for refusal in refusals})
    rule_id, words = request.args.get("regel", ""), asked_words()
    page = paged_list(need_sheet.refused_offers(session, refusals, rule_id, words))
    named = sorted(((rule.id, rule.title) for rule in rules.values()), key=lambda pair: pair[1])
    return render_template(
        "coordinator/refused_offers.html",
        need=found,
        page=page,
        rules=rules,
        offers=need_sheet.offers_by_id(session, [int(r.offer_id) for r in page.items]),
        words=words,
        narrowed=bool(rule_id or words),
        choices=[Choice("regel", _("Rule"), named, rule_id, _("All"))],
    )
