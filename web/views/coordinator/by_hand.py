"""Put an offer forward by hand."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from matcher.vocabulary import ANSWERS
from models import Offer
from web.access import Access, access
from web.database import db
from web.errors import told
from web.filters import asked_words
from web.forms.coordinator import ByHandForm
from web.i18n import _
from web.login import current_actor
from web.services import need_sheet, queue
from web.services.decisions import add_by_hand
from web.services.errors import ConflictError, ForbiddenError
from web.services.visibility import interested, region_need
from web.views.coordinator.base import blueprint, catalogue, conflict_words, refusal_words
from web.views.coordinator.sheet import prefix

#: So many offers are told their rank; what ranks lower is simply told to fit.
POSITIONS = 200
FAR = POSITIONS + 1


@blueprint.get("/vragen/<int:need_id>/aanbod-zoeken")
@access(Access.COORDINATOR)
def find_offer(need_id: int) -> ResponseReturnValue:
    """Search an offer to put forward by hand."""
    return _page(need_id)


@blueprint.post("/vragen/<int:need_id>/aanbod/<int:offer_id>/toevoegen")
@access(Access.COORDINATOR)
def add_offer(need_id: int, offer_id: int) -> ResponseReturnValue:
    """Put the found offer forward, with the reason."""
    form = ByHandForm(prefix=prefix("add", offer_id))
    if not form.validate():
        return _page(need_id, offer_id, form), 422
    try:
        today = queue.today()[1]
        words = form.words.data
        add_by_hand(db(), catalogue(), current_actor(), need_id, offer_id, words, today)
    except ConflictError as error:
        db().rollback()
        return told(conflict_words(error.code), _here(need_id), "warning")
    except ForbiddenError as error:
        db().rollback()
        form.form_errors.append(refusal_words(error.code))
        return _page(need_id, offer_id, form), 403
    return told(_("Put forward: the offer stands on top now."), _here(need_id))


def _here(need_id: int) -> str:
    return url_for("coordinator.need", need_id=need_id)


def _page(need_id: int, offer_id: int | None = None, form: ByHandForm | None = None) -> str:
    session, actor = db(), current_actor()
    need = region_need(session, actor, need_id)
    words = asked_words()
    offers: list[Offer] = []
    if words:
        with catalogue().open(session) as shelf:
            offers = need_sheet.find_by_words(session, shelf, actor, words)
    today = queue.today()[1]
    ranking = need_sheet.standings(session, catalogue(), need, today, POSITIONS).ranking
    forms = {
        offer.id: ByHandForm(formdata=None, prefix=prefix("add", offer.id)) for offer in offers
    }
    if offer_id is not None and form is not None:
        forms[offer_id] = form
    refusals = {int(refusal.offer_id): refusal.rule_id for refusal in ranking.refusals}
    positions = {int(s.offer_id): n for n, s in enumerate(ranking.suggestions, start=1)}
    return render_template(
        "coordinator/find_offer.html",
        need=need,
        words=words,
        # What can be chosen stands first.
        offers=sorted(
            offers, key=lambda o: (positions.get(o.id, FAR), o.kind not in ANSWERS[need.kind])
        ),
        forms=forms,
        came_back=form,
        most=need_sheet.MOST_FOUND,
        positions=positions,
        eligible={o.id for o in offers if o.kind in ANSWERS[need.kind] and o.id not in refusals},
        refusals=refusals,
        rules=need_sheet.rules_by_id(session, set(refusals.values())),
        interests={offer.id for offer in offers if interested(actor, need, offer)},
    )
