"""One's organisation: who acts for it, what it tells of itself, becoming a supplier, leaving."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import Organisation
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.account import AddressForm, ApplyForm, OrganisationFields, OrganisationForm, said
from web.forms.base import BrugForm
from web.histories import recent
from web.i18n import _
from web.login import current_actor, current_person
from web.seen import saw
from web.services import leaving, memberships, organisations, profile
from web.services.errors import ConflictError, InvalidError
from web.services.memberships import Arrival
from web.services.organisation_changes import OrganisationChange, update_organisation
from web.services.people import people_of
from web.services.record import Subject
from web.services.sightings import SeenAt
from web.services.throttle import TooManyError, Tried
from web.views.account.base import blueprint, count, refused, shown


def page_values(organisation_id: int) -> dict[str, Any]:
    """Return what the page of an organisation shows."""
    organisation = organisations.managed_organisation(db(), current_actor(), organisation_id)
    people = people_of(db(), organisation_id)
    saw((person.id for person in people), SeenAt.ORGANISATION)
    return {
        "organisation": organisation,
        "people": people,
        "invitations": memberships.open_invitations(db(), organisation_id),
        "apply_form": ApplyForm(work_form=organisation.work_form),
        "is_mine": organisation_id in current_actor().organisation_ids,
        "recent": recent(Subject.ORGANISATION, organisation_id),
    }


@blueprint.get("/mijn-organisaties/<int:organisation_id>")
@access(Access.MEMBER, Access.COORDINATOR)
def organisation(organisation_id: int) -> ResponseReturnValue:
    """Show an organisation to whom acts for it, or may invite its first people."""
    form = AddressForm(email=request.args.get("uitnodigen", ""))
    return shown("organisation", form, **page_values(organisation_id))


@blueprint.route("/mijn-organisaties/toevoegen", methods=["GET", "POST"])
@access(Access.LOGGED_IN)
def add_organisation() -> ResponseReturnValue:
    """Name an organisation that one works for."""
    form, actor = OrganisationFields(side=request.args.get("als", "vrager")), current_actor()
    if not form.validate_on_submit():
        return shown("add_organisation", form)
    try:
        count(Tried.REGISTER, current_person().email)
        added, arrival = profile.add_organisation(db(), actor, form.draft())
    except (TooManyError, InvalidError) as error:
        return refused("add_organisation", form, error)
    if arrival is Arrival.ASKED:
        message = _("This organisation is known here already; we asked its people to invite you.")
        return told(message, url_for("account.home"), "info")
    return told(_("Your organisation is kept."), _page(added.id))


@blueprint.route("/mijn-organisaties/<int:organisation_id>/wijzigen", methods=["GET", "POST"])
@access(Access.MEMBER)
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    """Change what an organisation tells of itself."""
    kept = organisations.own_organisation(db(), current_actor(), organisation_id)
    form = OrganisationForm(obj=kept, place=_place(kept))
    if not form.validate_on_submit():
        return shown("edit_organisation", form, organisation=kept)
    try:
        update_organisation(
            db(),
            current_app.extensions["brug_catalogue"],
            current_actor(),
            organisation_id,
            _change(form),
            version=form.version.data or 0,
            on=_today(),
        )
    except InvalidError as error:
        return refused("edit_organisation", form, error, organisation=kept)
    except ConflictError:
        return _overtaken(form, organisation_id)
    return told(_("Your organisation is kept."), _page(organisation_id))


def _change(form: OrganisationForm) -> OrganisationChange:
    return OrganisationChange(
        name=said(form.name),
        type=form.type.chosen,
        work_form=form.work_form.chosen,
        place=said(form.place),
        description=said(form.description) or None,
        website=said(form.website) or None,
        recognition=said(form.recognition) or None,
    )


def _overtaken(form: OrganisationForm, organisation_id: int) -> ResponseReturnValue:
    """Show what was typed beside what a colleague kept meanwhile; sending again replaces that."""
    db().rollback()
    kept = organisations.own_organisation(db(), current_actor(), organisation_id)
    theirs = OrganisationForm(formdata=None, obj=kept, place=_place(kept))
    differing = [
        (mine.label.text, _shown_value(other))
        for mine, other in zip(form, theirs, strict=True)
        if mine.name not in ("version", "csrf_token") and (mine.data or "") != (other.data or "")
    ]
    form.version.raw_data, form.version.data = None, kept.version
    page = render_template(
        "account/edit_organisation.html", form=form, organisation=kept, theirs=differing
    )
    return page, 409


def _shown_value(field: Any) -> str:
    words: dict[str, str] = getattr(field, "choices", None) or {}
    return words.get(field.data, field.data or "")


@blueprint.post("/mijn-organisaties/<int:organisation_id>/aanbieder")
@access(Access.MEMBER)
def apply_as_supplier(organisation_id: int) -> ResponseReturnValue:
    """Ask the coordinator to let the organisation in as supplier."""
    form = ApplyForm()
    if not form.validate_on_submit():
        values = page_values(organisation_id) | {"apply_form": form}
        return shown("organisation", AddressForm(formdata=None), **values)
    try:
        organisations.apply_as_supplier(
            db(), current_actor(), organisation_id, form.work_form.chosen
        )
    except ConflictError as error:
        return refused("organisation", form, error, **page_values(organisation_id))
    message = _("Your application is with the coordinator. You can prepare your offers meanwhile.")
    return told(message, _page(organisation_id))


@blueprint.route("/mijn-organisaties/<int:organisation_id>/verlaten", methods=["GET", "POST"])
@access(Access.MEMBER)
def leave_organisation(organisation_id: int) -> ResponseReturnValue:
    """Leave an organisation, after seeing what that means."""
    form, actor = BrugForm(), current_actor()
    if not form.validate_on_submit():
        parting = leaving.parting(db(), actor, organisation_id)
        return render_template("account/leave.html", form=form, parting=parting)
    catalogue = current_app.extensions["brug_catalogue"]
    left = leaving.leave(db(), catalogue, actor, organisation_id, _today()).organisation
    message = _("You no longer act for %(organisation)s.", organisation=left.name)
    return told(message, url_for("account.home"))


def _place(organisation: Organisation) -> str:
    name = organisation.municipality.name if organisation.municipality else ""
    return f"{organisation.postcode or ''} {name}".strip()


def _today() -> Any:
    return datetime.now(UTC).date()


def _page(organisation_id: int) -> str:
    return url_for("account.organisation", organisation_id=organisation_id)
