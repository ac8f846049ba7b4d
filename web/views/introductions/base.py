"""What the pages of a match share: its blueprint, its page, and how a step is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from models import now
from models.options import CONTRACTS
from models.states import CheckItem, StillThere
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.histories import recent
from web.i18n import N_, _
from web.labels import options_of
from web.login import current_actor
from web.seen import saw
from web.services import match_mail
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.match_life.overview import overview
from web.services.need_sheet import rules_by_id
from web.services.record import Subject
from web.services.sightings import SeenAt
from web.views.introductions.filling import forms_of
from web.views.introductions.words import asked_words, talk_words, timeline, way

blueprint = Blueprint("introductions", __name__, url_prefix=f"/{match_mail.PATH}")

_CONFLICTS = {
    "stale": N_(
        "Somebody took a step on this match meanwhile. Nothing was overwritten: look again."
    ),
    "answered": N_("This match no longer waits for an answer: look at where it stands now."),
    "need_closed": N_("The asker took this need back, so there is nothing to answer any more."),
    "need_covered": N_("Another offer took its place meanwhile, so this cannot be taken back."),
    "promised": N_("All people of this offer are promised to others in that period."),
    "nothing_to_undo": N_("This step can no longer be taken back."),
    "too_early": N_("That is asked only later."),
}
_REFUSALS = {
    "interest": N_("You have an interest in one of the two sides, so you may only look on here."),
    "not_yours": N_("Only who took this step, or a coordinator, can take it back."),
}


@dataclass(slots=True)
class Typed:
    """A form that came back: shown again with what was typed, and why it failed."""

    action: str = ""
    form: BrugForm | None = None
    refused: str = ""


def catalogue() -> Catalogue:
    """Return the shelf of this process."""
    return cast(Catalogue, current_app.extensions["brug_catalogue"])


def match_page(match_id: int, typed: Typed | None = None) -> str:
    """Render the page of a match; raises `NotFoundError` for whom it does not concern."""
    typed, moment = typed or Typed(), now()
    found = overview(db(), current_actor(), match_id, moment)
    own = current_actor().organisation_ids
    sides = (found.match.need, found.match.offer)
    shown = (side.contact_id for side in sides if found.contacts or side.organisation_id in own)
    saw(shown, SeenAt.INTRODUCTION)
    forms: dict[str, Any] = forms_of(found, moment.date())
    if typed.form is not None:
        forms[typed.action] = typed.form
    return render_template(
        "introductions/introduction.html",
        found=found,
        match=found.match,
        typed=typed,
        forms=forms,
        way=way(found),
        recent=recent(Subject.MATCH, match_id),
        asked=asked_words(found),
        timeline=timeline(found),
        talk_words=talk_words(found.match),
        today=moment.date(),
        contracts={code: _(label) for code, label in CONTRACTS},
        items=options_of(CheckItem),
        still_there=options_of(StillThere),
        rules=rules_by_id(db(), {caution["rule_id"] for caution in found.match.cautions}),
    )


def answered(match_id: int, typed: Typed, done: str, act: Callable[[], Any]) -> ResponseReturnValue:
    """Take a step, and answer with the page of the match: what was done, or why it was not."""
    form = typed.form
    assert form is not None
    if not form.validate():
        return match_page(match_id, typed), 422
    try:
        act()
    except InvalidError as error:
        # What was begun must not be seen by the page that follows in the same session.
        db().rollback()
        form.add_problems(error.problems)
        return match_page(match_id, typed), 422
    except ConflictError as error:
        db().rollback()
        typed.refused = _(_CONFLICTS.get(error.code, _CONFLICTS["stale"]))
        return match_page(match_id, typed), 409
    except ForbiddenError as error:
        db().rollback()
        typed.refused = _(_REFUSALS.get(error.code, _REFUSALS["interest"]))
        return match_page(match_id, typed), 403
    return told(done, url_for("introductions.introduction", match_id=match_id))
