"""Second step of a need: the questions of its kind; then it is kept or published."""

from dataclasses import replace
from http import HTTPStatus

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from matcher.vocabulary import NeedKind
from models import Need
from models.need_fields import NEED_FIELDS
from models.states import NeedStatus, Recurrence, Urgency, Visibility
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.dynamic import read_fields
from web.forms.needs import DetailsForm, details_form_for, questions
from web.forms.readings import answers_in, press
from web.i18n import _
from web.login import current_actor
from web.reading_words import read_rows
from web.services.conditions import UNREAD, conditions_from
from web.services.need_checks import needs_legal_route
from web.services.need_queries import contacts_of
from web.services.needs import NeedDraft, draft_of, publish_need, revise_need, update_need
from web.services.readings import ReadFact, asked_about, known_families, read_facts
from web.services.values import need_value
from web.views.buyer.base import (
    OPEN,
    attempt,
    blueprint,
    catalogue,
    closed,
    own_need,
    today,
    version_in,
)
from web.views.buyer.facts import changed_facts, kept_activities


@blueprint.route("/vragen/<int:need_id>/antwoorden", methods=["GET", "POST"])
@access(Access.MEMBER)
def details(need_id: int) -> ResponseReturnValue:
    """Answer the questions of a need's kind."""
    need = own_need(need_id)
    if need.status not in OPEN:
        return closed(need)
    form = details_form_for(need, contacts_of(db(), need.organisation_id))
    if request.method == "GET" or _pressed(form, need):
        return _page(form, need)
    if _asks_about_core(form, need):
        return _page(form, need, 422, ask_core=True)
    return attempt(form, lambda: _store(form, need), lambda status: _page(form, need, status))


def _read(form: DetailsForm, need: Need) -> tuple[ReadFact, ...]:
    """Return what is read in the words of a need, beside what the page says."""
    told = conditions_from(answers_in(form, NEED_FIELDS[need.kind]))
    item = replace(need_value(need), title=form.title.data or "", conditions=told)
    return read_facts(item, NEED_FIELDS[need.kind])


def _pressed(form: DetailsForm, need: Need) -> bool:
    """Do what a button beside a reading asks; nothing is stored yet."""
    return press(form, request.form.get("action", ""), lambda: _read(form, need))


def _asks_about_core(form: DetailsForm, need: Need) -> bool:
    """Tell whether to ask first: an enclave outside the core activity is better a service."""
    is_enclave = need.kind is NeedKind.ENCLAVE and need.status is NeedStatus.DRAFT
    publishing = request.form.get("action") == "publish"
    return is_enclave and publishing and form.core_activity.answer is False


def _store(form: DetailsForm, need: Need) -> Response:
    draft, version = _answered(form, need), version_in(form.version.data)
    action = request.form.get("action", "save")
    if need.status is NeedStatus.PUBLISHED:
        return _revise(need, draft, version, action)
    if action == "service":
        draft = replace(draft, kind=NeedKind.SERVICE)
    update_need(db(), current_actor(), need, draft, version=version)
    if action in ("publish", "publish-anyway"):
        publish_need(db(), catalogue(), current_actor(), need, today())
        return redirect(url_for("buyer.published", need_id=need.id), 303)
    return _kept(need, action)


def _revise(need: Need, draft: NeedDraft, version: int, action: str) -> Response:
    revise_need(db(), catalogue(), current_actor(), need, draft, version=version, on=today())
    if action == "words":
        return redirect(url_for("buyer.words", need_id=need.id), 303)
    return told(_("Your changes are saved."), url_for("buyer.need", need_id=need.id))


def _kept(need: Need, action: str) -> Response:
    if action == "words":
        return redirect(url_for("buyer.words", need_id=need.id), 303)
    if action == "service":
        message = _("This is a service now. Everything you typed is kept.")
        return told(message, url_for("buyer.details", need_id=need.id))
    return told(_("Your draft is saved."), url_for("buyer.need", need_id=need.id))


def _answered(form: DetailsForm, need: Need) -> NeedDraft:
    before = draft_of(need)
    answers = read_fields(form, NEED_FIELDS[need.kind])
    return replace(
        before,
        title=form.title.data or "",
        start_date=form.start_date.data,
        start_to_agree=bool(form.start_to_agree.data),
        end_date=form.end_date.data,
        duration=form.duration.data,
        recurrence=Recurrence(form.recurrence.data) if form.recurrence.data else None,
        urgency=Urgency(form.urgency.data),
        budget=form.budget.data,
        visibility=Visibility(form.visibility.data),
        contact_id=form.contact_id.data,
        core_activity=answers.get("core_activity", before.core_activity),
        fields={**before.fields, **answers, UNREAD: sorted(known_families(form.unread.ids))},
    )


def _page(
    form: DetailsForm, need: Need, status: int = 200, *, ask_core: bool = False
) -> ResponseReturnValue:
    meanwhile = None
    if status == HTTPStatus.CONFLICT:
        meanwhile = changed_facts(need, _answered(form, need))
        form.version.data = str(need.version)
    first, rest = questions(need, needs_legal_route(need.kind, need.organisation.type))
    read = _read(form, need)
    about = asked_about(read, rest)
    page = render_template(
        "buyer/details.html",
        form=form,
        need=need,
        first=first,
        read=read_rows(read),
        read_names=about,
        rest=[name for name in rest if name not in about],
        rest_has_errors=any(form[name].errors for name in rest),
        activities=kept_activities(need),
        ask_core=ask_core,
        meanwhile=meanwhile,
    )
    return page, status
