"""First step of a need: the asker's own words, and what Brug makes of them."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from models import Need
from models.states import NeedStatus
from web.access import Access, access
from web.database import db
from web.forms.needs import WordsForm
from web.login import current_actor
from web.services.needs import create_need, revise_need, update_need
from web.views.buyer.base import (
    OPEN,
    attempt,
    blueprint,
    catalogue,
    closed,
    own_need,
    sent_key,
    today,
    version_in,
)
from web.views.buyer.words import words_form, words_page, written


def _only_looks() -> bool:
    """Tell whether the page only asks what Brug makes of the words, as without JavaScript."""
    return request.method == "GET" or request.form.get("action") in ("look", "add")


@blueprint.route("/vragen/nieuw", methods=["GET", "POST"])
@access(Access.MEMBER)
def new_need() -> ResponseReturnValue:
    """Start a need with one's own words."""
    form = words_form()
    if _only_looks():
        return words_page(form)
    return attempt(form, lambda: _create(form), lambda status: words_page(form, status=status))


@blueprint.route("/vragen/<int:need_id>/woorden", methods=["GET", "POST"])
@access(Access.MEMBER)
def words(need_id: int) -> ResponseReturnValue:
    """Change the words of a need."""
    need = own_need(need_id)
    if need.status not in OPEN:
        return closed(need)
    form = words_form(need)
    if _only_looks():
        return words_page(form, need)
    return attempt(form, lambda: _change(form, need), lambda status: words_page(form, need, status))


def _create(form: WordsForm) -> Response:
    need = create_need(db(), current_actor(), written(form), submission_key=sent_key())
    if need.status is NeedStatus.DRAFT:
        # Whoever went back and wrote something else sends the key of the draft that he has already.
        draft, version = written(form, need), need.version
        update_need(db(), current_actor(), need, draft, version=version)
    return _onwards(need)


def _change(form: WordsForm, need: Need) -> Response:
    draft, version = written(form, need), version_in(form.version.data)
    revise_need(db(), catalogue(), current_actor(), need, draft, version=version, on=today())
    return _onwards(need)


def _onwards(need: Need) -> Response:
    return redirect(url_for("buyer.details", need_id=need.id), 303)
