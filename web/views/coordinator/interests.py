"""Interests: in whose matches this coordinator has no say."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.filters import asked_words
from web.forms.coordinator import InterestForm
from web.i18n import _
from web.login import current_actor
from web.services import interests as service
from web.views.coordinator.base import blueprint


@blueprint.get("/belangen")
@access(Access.COORDINATOR)
def interests() -> ResponseReturnValue:
    """Show one's interests, and search organisations to declare another."""
    return _page()


@blueprint.post("/belangen/<int:organisation_id>")
@access(Access.COORDINATOR)
def declare_interest(organisation_id: int) -> ResponseReturnValue:
    """State an interest in an organisation."""
    form = InterestForm(prefix=_prefix(organisation_id))
    if not form.validate():
        return _page(organisation_id, form), 422
    found = service.declare(db(), current_actor(), organisation_id, form.note.data)
    said = _("Noted: a colleague decides on matches of %(name)s.", name=found.name)
    return told(said, url_for("coordinator.interests"))


@blueprint.post("/belangen/<int:interest_id>/intrekken")
@access(Access.COORDINATOR)
def withdraw_interest(interest_id: int) -> ResponseReturnValue:
    """Take a declared interest back."""
    service.withdraw(db(), current_actor(), interest_id)
    said = _("Taken back. The record keeps that you had this interest.")
    return told(said, url_for("coordinator.interests"))


def _prefix(organisation_id: int) -> str:
    return f"interest-{organisation_id}"


def _page(organisation_id: int | None = None, form: InterestForm | None = None) -> str:
    session, actor = db(), current_actor()
    words = asked_words()
    found = service.find_organisations(session, words) if words else []
    forms = {o.id: InterestForm(formdata=None, prefix=_prefix(o.id)) for o in found}
    if organisation_id is not None and form is not None:
        forms[organisation_id] = form
    return render_template(
        "coordinator/interests.html",
        own=service.organisations_by_id(session, actor.organisation_ids),
        declared=service.declared(session, actor),
        named=service.organisations_by_id(session, actor.interest_ids - actor.organisation_ids),
        words=words,
        found=found,
        forms=forms,
        most=service.MOST_FOUND,
    )
