"""The region: suppliers that wait, colleagues, municipalities and numbers."""

from collections.abc import Callable

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.forms.coordinator import RefuseOrganisationForm
from web.i18n import _
from web.login import current_actor
from web.seen import saw
from web.services.encoding import engine_of
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.need_care import colleagues
from web.services.organisations import (
    approve_organisation,
    pending_organisations,
    refuse_organisation,
)
from web.services.region_overview import numbers_of, regions_of
from web.services.sightings import SeenAt
from web.views.coordinator.base import blueprint, catalogue, conflict_words, refusal_words


@blueprint.get("/werkingsgebied")
@access(Access.COORDINATOR)
def region() -> ResponseReturnValue:
    """Show the coordinator's region."""
    return _page()


@blueprint.post("/aanbieders/<int:organisation_id>/toelaten")
@access(Access.COORDINATOR)
def admit(organisation_id: int) -> ResponseReturnValue:
    """Let a supplier in."""
    form = BrugForm()
    done = _("Let in. Its people got a mail and may publish offers.")
    act = lambda: approve_organisation(db(), current_actor(), organisation_id)  # noqa: E731
    return _answered(organisation_id, form, done, act)


@blueprint.post("/aanbieders/<int:organisation_id>/weigeren")
@access(Access.COORDINATOR)
def turn_down(organisation_id: int) -> ResponseReturnValue:
    """Keep a supplier out, with the reason."""
    form = RefuseOrganisationForm(prefix=_prefix(organisation_id))
    if not form.validate():
        return _page(organisation_id, form), 422
    reason = form.reason.data or ""
    done = _("Kept out. Its people got a mail with the reason.")
    act = lambda: refuse_organisation(db(), current_actor(), organisation_id, reason)  # noqa: E731
    return _answered(organisation_id, form, done, act)


def _prefix(organisation_id: int) -> str:
    return f"refuse-{organisation_id}"


def _answered(
    organisation_id: int, form: BrugForm, done: str, act: Callable[[], object]
) -> ResponseReturnValue:
    here = url_for("coordinator.region")
    try:
        act()
    except InvalidError as error:
        db().rollback()
        form.add_problems(error.problems)
        return _page(organisation_id, form), 422
    except ConflictError as error:
        db().rollback()
        return told(conflict_words(error.code), here, "warning")
    except ForbiddenError as error:
        db().rollback()
        return told(refusal_words(error.code), here, "warning")
    return told(done, here)


def _page(organisation_id: int | None = None, form: BrugForm | None = None) -> str:
    session, actor = db(), current_actor()
    waiting = pending_organisations(session, actor)
    forms: dict[int, BrugForm] = {
        organisation.id: RefuseOrganisationForm(formdata=None, prefix=_prefix(organisation.id))
        for organisation in waiting
    }
    if organisation_id is not None and isinstance(form, RefuseOrganisationForm):
        forms[organisation_id] = form
    others = colleagues(session, actor, actor.coordinator_regions)
    saw((person.id for person in others), SeenAt.REGION)
    with catalogue().open(session) as shelf:
        engine = engine_of(shelf)
    return render_template(
        "coordinator/region.html",
        engine=engine,
        regions=regions_of(session, actor),
        numbers=numbers_of(session, actor),
        waiting=waiting,
        forms=forms,
        came_back=organisation_id,
        colleagues=others,
    )
