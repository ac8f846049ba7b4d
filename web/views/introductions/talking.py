"""Questions and answers between the two sides of a match, with files, and visits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from models import Question, Visit
from models.match_life import HOLDING, MET
from models.states import Side
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.forms.conversation import AnswerForm, AskForm, SeenForm, VisitForm, WordsForm, length_of
from web.i18n import N_, _
from web.login import current_actor
from web.services.conversation import questions, visits
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.introductions import introduction
from web.services.match_life.taking import may_coordinate, own_sides
from web.views.introductions.base import blueprint

_CONFLICTS = {
    "answered": N_("Somebody answered this question meanwhile: read the answer below."),
    "closed": N_("This match ended meanwhile, so nothing can be asked or planned any more."),
    "stale": N_("Somebody changed this meanwhile. Nothing was overwritten: look again."),
}
#: A file never runs as a page of this site, whatever is in it.
_SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@dataclass(slots=True)
class Typed:
    """A form that came back, with what it was for, and why it failed."""

    action: str = ""
    form: BrugForm | None = None
    refused: str = ""


def talk_page(match_id: int, typed: Typed | None = None) -> str:
    """Render what was said on a match; raises `NotFoundError` for whom it does not concern."""
    typed, actor = typed or Typed(), current_actor()
    match = introduction(db(), actor, match_id)
    own = own_sides(actor, match)
    open_now = match.status in HOLDING
    forms: dict[str, Any] = {"ask": AskForm(prefix="ask-"), "visit": VisitForm(prefix="visit-")}
    if typed.form is not None:
        forms[typed.action] = typed.form
    return render_template(
        "introductions/talk.html",
        match=match,
        own=own,
        met=match.status in MET,
        asks=bool(own) and open_now,
        plans=(bool(own) or may_coordinate(actor, match)) and open_now,
        questions=questions.questions_of(db(), match),
        shared=questions.public_questions(db(), match),
        visits=visits.visits_of(db(), match),
        typed=typed,
        forms=forms,
        answer_form=lambda one: forms.get(f"answer_{one.id}") or _answer_form(one),
        seen_form=_seen_form,
        length_of=length_of,
        Side=Side,
    )


def _answer_form(question: Question) -> AnswerForm:
    form = AnswerForm(formdata=None, prefix=f"answer_{question.id}-")
    form.seen.data = str(question.version)
    return form


def _seen_form(row: Question | Visit, action: str) -> SeenForm:
    form = SeenForm(formdata=None, prefix=f"{action}_{row.id}-")
    form.seen.data = str(row.version)
    return form


def _answered(
    match_id: int, typed: Typed, done: str, act: Callable[[], Any], anchor: str = ""
) -> ResponseReturnValue:
    form = typed.form
    assert form is not None
    if not form.validate():
        _look_over_words(match_id, form)
        return talk_page(match_id, typed), 422
    try:
        act()
    except InvalidError as error:
        db().rollback()
        form.add_problems(error.problems)
        return talk_page(match_id, typed), 422
    except ConflictError as error:
        db().rollback()
        typed.refused = _(_CONFLICTS.get(error.code, _CONFLICTS["stale"]))
        return talk_page(match_id, typed), 409
    except ForbiddenError:
        db().rollback()
        typed.refused = _("Only the two sides can do this here.")
        return talk_page(match_id, typed), 403
    return told(done, url_for("introductions.talk", match_id=match_id, _anchor=anchor))


def _look_over_words(match_id: int, form: BrugForm) -> None:
    """Say what is wrong with a text at once with what is wrong with its files."""
    if isinstance(form, WordsForm) and not form.words.errors:
        match = introduction(db(), current_actor(), match_id)
        problem = questions.problem_with(match, form.words.data or "")
        if problem:
            form.add_problems({"words": problem})


@blueprint.get("/<int:match_id>/overleg")
@access(Access.MEMBER, Access.COORDINATOR)
def talk(match_id: int) -> ResponseReturnValue:
    """Show the questions, answers and visits of a match."""
    return talk_page(match_id)


@blueprint.post("/<int:match_id>/overleg/vraag")
@access(Access.MEMBER)
def ask_other(match_id: int) -> ResponseReturnValue:
    """Ask the other side something."""
    form = AskForm(prefix="ask-")

    def act() -> None:
        actor = current_actor()
        own = own_sides(actor, introduction(db(), actor, match_id))
        if not own:
            raise ForbiddenError("not_your_side")
        chosen = next((side for side in own if side == form.side.data), own[0])
        questions.ask(db(), actor, match_id, chosen, form.typed)

    return _answered(match_id, Typed("ask", form), _("Your question was sent."), act)


@blueprint.post("/overleg/vragen/<int:question_id>/antwoord")
@access(Access.MEMBER)
def answer_question(question_id: int) -> ResponseReturnValue:
    """Answer a question of the other side."""
    question = questions.question_for(db(), current_actor(), question_id)
    match_id, action = question.match_id, f"answer_{question_id}"
    form = AnswerForm(prefix=f"{action}-")

    def act() -> None:
        questions.answer(
            db(),
            current_actor(),
            question_id,
            form.typed,
            public=form.public.data,
            seen_version=form.seen.version,
        )

    anchor = f"vraag-{question_id}"
    return _answered(match_id, Typed(action, form), _("Your answer was sent."), act, anchor)


@blueprint.post("/overleg/vragen/<int:question_id>/delen")
@access(Access.MEMBER)
def share_question(question_id: int) -> ResponseReturnValue:
    """Show a question with its answer to all who are invited."""
    return _share(question_id, "share", _("All who are invited can read it now."))


@blueprint.post("/overleg/vragen/<int:question_id>/niet-delen")
@access(Access.MEMBER)
def unshare_question(question_id: int) -> ResponseReturnValue:
    """Show a question to its own two sides only."""
    done = _("Only you and the other side can read it now.")
    return _share(question_id, "unshare", done)


def _share(question_id: int, action: str, done: str) -> ResponseReturnValue:
    question = questions.question_for(db(), current_actor(), question_id)
    match_id, form = question.match_id, SeenForm(prefix=f"{action}_{question_id}-")

    def act() -> None:
        seen, public = form.seen.version, action == "share"
        questions.set_public(db(), current_actor(), question_id, public=public, seen_version=seen)

    return _answered(match_id, Typed(action, form), done, act, f"vraag-{question_id}")


@blueprint.get("/overleg/bestanden/<int:attachment_id>")
@access(Access.MEMBER, Access.COORDINATOR)
def attachment(attachment_id: int) -> ResponseReturnValue:
    """Send a file, to be kept and not to be shown as a page."""
    found = questions.attachment_for(db(), current_actor(), attachment_id)
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    answer.headers.update(_SAFE_HEADERS)
    return answer


@blueprint.post("/<int:match_id>/overleg/bezoek")
@access(Access.MEMBER, Access.COORDINATOR)
def propose_visit(match_id: int) -> ResponseReturnValue:
    """Propose a visit."""
    form = VisitForm(prefix="visit-")

    def act() -> None:
        visits.propose(db(), current_actor(), match_id, form.proposal)

    done = _("The visit is proposed; the other side gets a message.")
    return _answered(match_id, Typed("visit", form), done, act, "bezoeken")


@blueprint.post("/overleg/bezoeken/<int:visit_id>/aanvaarden")
@access(Access.MEMBER, Access.COORDINATOR)
def accept_visit(visit_id: int) -> ResponseReturnValue:
    """Accept a visit that somebody else proposed."""
    return _visit_step(visit_id, "accept", visits.accept, _("The visit stands."))


@blueprint.post("/overleg/bezoeken/<int:visit_id>/afzeggen")
@access(Access.MEMBER, Access.COORDINATOR)
def cancel_visit(visit_id: int) -> ResponseReturnValue:
    """Call a visit off."""
    return _visit_step(visit_id, "cancel", visits.cancel, _("The visit is called off."))


def _visit_step(
    visit_id: int, action: str, step: Callable[..., Visit], done: str
) -> ResponseReturnValue:
    match_id = visits.visit_for(db(), current_actor(), visit_id).match_id
    form = SeenForm(prefix=f"{action}_{visit_id}-")

    def act() -> None:
        step(db(), current_actor(), visit_id, seen_version=form.seen.version)

    return _answered(match_id, Typed(action, form), done, act, "bezoeken")


@blueprint.get("/overleg/bezoeken/<int:visit_id>/agenda")
@access(Access.MEMBER, Access.COORDINATOR)
def visit_calendar(visit_id: int) -> ResponseReturnValue:
    """Send a visit for a calendar."""
    visit = visits.visit_for(db(), current_actor(), visit_id)
    match = introduction(db(), current_actor(), visit.match_id)
    base = current_app.config["BRUG_SETTINGS"].base_url
    page = base + url_for("introductions.talk", match_id=match.id)
    title = _("Visit: %(title)s", title=match.need.title)
    content = visits.calendar_of(visit, title, urlsplit(base).hostname or "brug", page)
    answer = Response(content, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename="bezoek.ics")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
