"""The list of introductions, one of them, and every step on it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from models import now
from models.states import AnswerKind, CheckItem, Side, StillThere
from web.access import Access, access
from web.database import db
from web.filters import EnumT
from web.forms.introductions import (
    AgreementForm,
    BeginForm,
    CheckForm,
    ForSideForm,
    GiveUpForm,
    NoForm,
    OutcomeForm,
    StepForm,
    StillThereForm,
    YesForm,
)
from web.i18n import _
from web.login import current_actor
from web.paging import paged
from web.services import introductions as service
from web.services.errors import ConflictError
from web.services.match_life import agreements, answers, checklist, retention, undoing
from web.services.match_life.overview import FOR_SIDES, next_asks
from web.views.introductions.base import Typed, answered, blueprint, catalogue, match_page
from web.views.introductions.listing import asked_filter, choices
from web.views.introductions.words import short_ask


@blueprint.get("")
@access(Access.MEMBER, Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the introductions that concern the actor, the newest first."""
    wanted, actor, on = asked_filter(), current_actor(), now().date()
    chosen = service.narrowed(service.introductions_of(actor), wanted, actor, on)
    page = paged(db(), chosen)
    return render_template(
        "introductions/index.html",
        page=page,
        asks=next_asks(db(), actor, page.items, on),
        for_sides=FOR_SIDES,
        short_ask=short_ask,
        wanted=wanted,
        choices=choices(wanted, with_turn=bool(actor.organisation_ids)),
    )


@blueprint.get("/<int:match_id>")
@access(Access.MEMBER, Access.COORDINATOR)
def introduction(match_id: int) -> ResponseReturnValue:
    """Show where a match stands, what is asked of this person, and what the others did."""
    return match_page(match_id)


@blueprint.post("/<int:match_id>/ja")
@access(Access.MEMBER, Access.COORDINATOR)
def say_yes(match_id: int) -> ResponseReturnValue:
    """Say yes for one's own side."""
    return _said(
        match_id, "yes", YesForm(prefix="yes-"), AnswerKind.YES, _("Thank you for your yes.")
    )


@blueprint.post("/<int:match_id>/nee")
@access(Access.MEMBER, Access.COORDINATOR)
def say_no(match_id: int) -> ResponseReturnValue:
    """Say no for one's own side, with a reason."""
    done = _("Noted. The coordinator looks for another.")
    return _said(match_id, "no", NoForm(prefix="no-"), AnswerKind.NO, done)


@blueprint.post("/<int:match_id>/namens")
@access(Access.COORDINATOR)
def say_for(match_id: int) -> ResponseReturnValue:
    """Write down what a side told the coordinator."""
    form = ForSideForm(prefix="for-")
    return _said(match_id, "for", form, None, _("Noted, in your name."))


def _said(
    match_id: int, action: str, form: YesForm, kind: AnswerKind | None, done: str
) -> ResponseReturnValue:
    """Write an answer down; without a kind the form says which."""

    def act() -> None:
        chosen = _known(Side, form.side.data or "")
        reason = form.why if isinstance(form, (NoForm, ForSideForm)) else None
        words = form.words.data if "words" in form else None
        told = kind or _known(AnswerKind, form.said.data or "")
        said = answers.Said(chosen, told, reason, words)
        answers.answer(
            db(),
            catalogue(),
            current_actor(),
            match_id,
            said,
            seen_approval=form.approval.version,
            on=now().date(),
        )

    return answered(match_id, Typed(action, form), done, act)


@blueprint.post("/<int:match_id>/afspraak")
@access(Access.MEMBER, Access.COORDINATOR)
def agree(match_id: int) -> ResponseReturnValue:
    """Write down what was agreed."""
    kind = service.introduction(db(), current_actor(), match_id).need.kind
    form = AgreementForm(kind, prefix="agree-")

    def act() -> None:
        agreements.agree(
            db(),
            catalogue(),
            current_actor(),
            match_id,
            form.terms,
            seen_version=form.seen.version,
            seen_agreement=form.agreement.version,
            on=now().date(),
        )

    return answered(match_id, Typed("agree", form), _("The agreement is written down."), act)


@blueprint.post("/<int:match_id>/begonnen")
@access(Access.MEMBER, Access.COORDINATOR)
def begin(match_id: int) -> ResponseReturnValue:
    """Say that the work began."""
    form = BeginForm(prefix="begin-")

    def act() -> None:
        seen, on = form.seen.version, now().date()
        actor, started = current_actor(), form.started.data
        agreements.start_work(db(), actor, match_id, started, seen_version=seen, on=on)

    return answered(match_id, Typed("begin", form), _("Noted: the work has begun."), act)


@blueprint.post("/<int:match_id>/klaar")
@access(Access.MEMBER, Access.COORDINATOR)
def finish(match_id: int) -> ResponseReturnValue:
    """Tell what came of the work."""
    kind = service.introduction(db(), current_actor(), match_id).need.kind
    form = OutcomeForm(kind, prefix="finish-")

    def act() -> None:
        agreements.finish(
            db(),
            current_actor(),
            match_id,
            form.outcome,
            seen_version=form.seen.version,
            seen_agreement=form.agreement.version,
            on=now().date(),
        )

    return answered(match_id, Typed("finish", form), _("Thank you: the outcome is kept."), act)


@blueprint.post("/<int:match_id>/niet-doorgegaan")
@access(Access.MEMBER, Access.COORDINATOR)
def give_up(match_id: int) -> ResponseReturnValue:
    """Tell that it came to nothing."""
    form = GiveUpForm(prefix="give_up-")

    def act() -> None:
        agreements.give_up(
            db(),
            catalogue(),
            current_actor(),
            match_id,
            form.why,
            form.words.data,
            seen_version=form.seen.version,
            on=now().date(),
        )

    done = _("Noted. The coordinator looks for another.")
    return answered(match_id, Typed("give_up", form), done, act)


@blueprint.post("/<int:match_id>/ongedaan")
@access(Access.MEMBER, Access.COORDINATOR)
def undo(match_id: int) -> ResponseReturnValue:
    """Take the last step back."""
    form = StepForm(prefix="undo-")

    def act() -> None:
        seen, moment = form.seen.version, now()
        actor = current_actor()
        undoing.undo_step(db(), catalogue(), actor, match_id, seen_version=seen, moment=moment)

    return answered(match_id, Typed("undo", form), _("The last step is taken back."), act)


@blueprint.post("/<int:match_id>/in-orde")
@access(Access.MEMBER, Access.COORDINATOR)
def check(match_id: int) -> ResponseReturnValue:
    """Tick an item of an enclave's checklist."""
    item, form = _item()

    def act() -> None:
        on = now().date()
        chosen = _known(CheckItem, item)
        checklist.tick(db(), current_actor(), match_id, chosen, form.done_on.data, on)

    return answered(match_id, Typed(f"check_{item}", form), _("Ticked."), act)


@blueprint.post("/<int:match_id>/niet-in-orde")
@access(Access.MEMBER, Access.COORDINATOR)
def uncheck(match_id: int) -> ResponseReturnValue:
    """Take the tick of an item away."""
    item, form = _item()

    def act() -> None:
        checklist.untick(db(), current_actor(), match_id, _known(CheckItem, item))

    return answered(match_id, Typed(f"check_{item}", form), _("No longer ticked."), act)


def _item() -> tuple[str, CheckForm]:
    """Return what a form of the checklist says that it is about, and that form."""
    code = request.form.get("item", "")
    return code, CheckForm(prefix=f"check_{code}-" if code in set(CheckItem) else "check-")


def _known(enum: type[EnumT], code: str) -> EnumT:
    """Return a code that a page of ours sent; for another it is as if the page was old."""
    if code not in set(enum):
        raise ConflictError("stale")
    return enum(code)


@blueprint.post("/<int:match_id>/nog-in-dienst")
@access(Access.MEMBER, Access.COORDINATOR)
def still_there(match_id: int) -> ResponseReturnValue:
    """Tell whether who was hired is still there."""
    form, months = StillThereForm(prefix="retention-"), request.form.get("months", "")
    code = request.form.get("still_there", "")

    def act() -> None:
        said, on = _known(StillThere, code), now().date()
        asked = {str(number): number for number in retention.MONTHS}.get(months, 0)
        retention.record_retention(db(), current_actor(), match_id, asked, said, on)

    return answered(match_id, Typed("retention", form), _("Thank you, that is noted."), act)
