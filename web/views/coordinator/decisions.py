"""Approve, refuse, set aside, undo: each answers with the page of the need."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from models import Match
from models.states import MatchStatus
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.forms.coordinator import ApproveForm, DecisionForm, RefuseForm, SeenForm
from web.i18n import _
from web.login import current_actor
from web.record_words import worded_status
from web.services import need_sheet, queue
from web.services.decisions import decide, undo
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.visibility import region_need
from web.views.coordinator.base import blueprint, catalogue, conflict_words, refusal_words
from web.views.coordinator.sheet import Typed, need_page, prefix

#: Conflicts that another coordinator's decision made.
BY_SOMEBODY = frozenset({"stale", "already_decided", "already_approved"})


@blueprint.post("/vragen/<int:need_id>/aanbod/<int:offer_id>/goedkeuren")
@access(Access.COORDINATOR)
def approve(need_id: int, offer_id: int) -> ResponseReturnValue:
    """Approve an offer for a need."""
    form = ApproveForm(prefix=prefix("approve", offer_id))
    values = {"to": MatchStatus.APPROVED, "words": form.words.data, "people": form.people.data}
    done = _("Approved. Both sides are asked by mail whether they want to meet.")
    return _decided(Typed("approve", offer_id, form), need_id, done, **values)


@blueprint.post("/vragen/<int:need_id>/aanbod/<int:offer_id>/weigeren")
@access(Access.COORDINATOR)
def refuse(need_id: int, offer_id: int) -> ResponseReturnValue:
    """Refuse an offer for a need, with a reason."""
    form = RefuseForm(prefix=prefix("refuse", offer_id))
    typed = Typed("refuse", offer_id, form)
    if not form.validate():
        region_need(db(), current_actor(), need_id)
        return need_page(need_id, typed), 422
    values = {"to": MatchStatus.REFUSED, "words": form.words.data, "refusal_reason": form.reason}
    return _decided(typed, need_id, _("Refused."), **values)


@blueprint.post("/vragen/<int:need_id>/aanbod/<int:offer_id>/opzij")
@access(Access.COORDINATOR)
def set_aside(need_id: int, offer_id: int) -> ResponseReturnValue:
    """Set an offer aside for now."""
    form = ApproveForm(prefix=prefix("aside", offer_id))
    values = {"to": MatchStatus.SET_ASIDE, "words": form.words.data}
    return _decided(Typed("aside", offer_id, form), need_id, _("Set aside for now."), **values)


@blueprint.post("/vragen/<int:need_id>/aanbod/<int:offer_id>/ongedaan/<int:match_id>")
@access(Access.COORDINATOR)
def undo_decision(need_id: int, offer_id: int, match_id: int) -> ResponseReturnValue:
    """Take the last decision on a match back."""
    form = SeenForm(prefix=prefix("undo", offer_id))

    def act() -> Match:
        seen, on = form.seen.version, queue.today()[1]
        return undo(db(), catalogue(), current_actor(), match_id, seen_version=seen, on=on)

    done = _("Undone: the offer is open for a decision again.")
    return answered(need_id, Typed("undo", offer_id, form), done, act)


def _decided(typed: Typed, need_id: int, done: str, **values: Any) -> ResponseReturnValue:
    form = typed.form
    assert isinstance(form, DecisionForm)
    if not form.validate():
        return need_page(need_id, typed), 422

    def act() -> Match:
        assert typed.offer_id is not None
        return decide(
            db(),
            catalogue(),
            current_actor(),
            need_id,
            typed.offer_id,
            on=queue.today()[1],
            seen_version=form.seen.version,
            seen_need=form.seen_need.version,
            also=form.also.data == "1",
            **values,
        )

    return answered(need_id, typed, done, act)


def answered(need_id: int, typed: Typed, done: str, act: Callable[[], Any]) -> ResponseReturnValue:
    """Do it, and answer with the page of the need: what was done, or why it was not."""
    here = url_for("coordinator.need", need_id=need_id, page=request.args.get("page"))
    anchor = f"#offer-{typed.offer_id}" if typed.offer_id else ""
    try:
        act()
    except InvalidError as error:
        # What was begun must not be seen by the page that follows in the same session.
        db().rollback()
        assert isinstance(typed.form, BrugForm)
        typed.form.add_problems(error.problems)
        return need_page(need_id, typed), 422
    except ConflictError as error:
        db().rollback()
        # To the top of the page, where it is told: nobody may miss that he was second.
        return told(_what_happened(need_id, typed.offer_id, error.code), here, "warning")
    except ForbiddenError as error:
        db().rollback()
        typed.refused = refusal_words(error.code)
        return need_page(need_id, typed), 403
    return told(done, here + anchor)


def _what_happened(need_id: int, offer_id: int | None, code: str) -> str:
    """Word who was first, where it was a person who decided."""
    region_need(db(), current_actor(), need_id)
    last = need_sheet.last_decision(db(), need_id, offer_id)
    if last is None or code not in BY_SOMEBODY:
        return conflict_words(code)
    return _(
        "%(name)s was ahead of you: %(what)s (%(when)s). Nothing was overwritten.",
        name=last.actor.name,
        what=worded_status(last.to_status),
        when=format_datetime(last.at, "d MMM, H:mm"),
    )
