"""Put a need off, take it up again, hand it to a colleague."""

from flask import url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.coordinator import HandOverForm, LaterForm, SeenForm
from web.i18n import _
from web.login import current_actor
from web.services import queue
from web.services.need_care import hand_over as hand_to
from web.services.need_care import postpone as put_off
from web.services.need_care import resume as take_up
from web.views.coordinator.base import blueprint
from web.views.coordinator.decisions import answered
from web.views.coordinator.sheet import HAND_OVER, RESUME, Typed, need_page


@blueprint.post("/vragen/<int:need_id>/later")
@access(Access.COORDINATOR)
def postpone(need_id: int) -> ResponseReturnValue:
    """Take a need out of the queue until a day."""
    form = LaterForm()
    typed = Typed("later", None, form)
    if not form.validate():
        return need_page(need_id, typed), 422
    until, today = form.until.data, queue.today()[1]
    assert until is not None
    return answered(
        need_id,
        typed,
        _("Put off: the need comes back in the queue that day."),
        lambda: put_off(db(), current_actor(), need_id, until, today, seen=form.seen.version),
    )


@blueprint.post("/vragen/<int:need_id>/hervatten")
@access(Access.COORDINATOR)
def resume(need_id: int) -> ResponseReturnValue:
    """Bring a need back into the queue now."""
    form = SeenForm(prefix=RESUME)
    return answered(
        need_id,
        Typed("resume", None, form),
        _("The need stands in the queue again."),
        lambda: take_up(db(), current_actor(), need_id, seen=form.seen.version),
    )


@blueprint.post("/vragen/<int:need_id>/overdragen")
@access(Access.COORDINATOR)
def hand_over(need_id: int) -> ResponseReturnValue:
    """Give a need to a colleague of the region."""
    form = HandOverForm(prefix=HAND_OVER)
    number = form.colleague.data or ""
    to = int(number) if number.isdecimal() and len(number) < 10 else 0
    if not form.validate():
        return need_page(need_id, Typed("hand_over", None, form)), 422
    colleague = hand_to(db(), current_actor(), need_id, to, form.words.data)
    said = _("Handed to %(name)s, who finds it on top of the queue.", name=colleague.name)
    return told(said, url_for("coordinator.need", need_id=need_id))
