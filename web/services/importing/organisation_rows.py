"""A row of a list of organisations, with the person to contact."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.vocabulary import WorkForm
from models import Membership, Organisation, User
from models.marker import N_
from models.states import OrganisationStatus
from web.services import events
from web.services.accounts import read_email, user_by_email
from web.services.errors import InvalidError
from web.services.importing.problems import UnreadableCellError
from web.services.importing.taking import CellError, Cells
from web.services.organisations import facts_of
from web.services.places import FoundPlace, region_of


def look_up_organisation(cells: Cells) -> bool:
    """Tell whether all that a row refers to is there; what is not is noted."""
    return cells.all_hold(
        lambda: _kbo(cells),
        lambda: _place(cells),
        lambda: _check_nace(cells),
        lambda: cells.read("website", _web_address),
        lambda: cells.values.get("contact") and cells.read("contact", _email),
    )


def _kbo(cells: Cells) -> str:
    return cells.read("organisation", cells.taking.context.kbo)


def _place(cells: Cells) -> tuple[FoundPlace, int | None]:
    """Return the place with its region, which is one of the coordinator's."""
    context, place = cells.taking.context, cells.place()
    region_id = region_of(cells.taking.session, place.nis)
    cells.read("municipality", lambda _text: context.check_region(region_id))
    return place, region_id


def store_organisation(cells: Cells) -> str:
    """Store an organisation, let in at once; returns its name, empty when its number is known.

    The contact gets an account without a password: it opens by "forgotten password".
    """
    taking, values = cells.taking, cells.values
    kbo, (place, region_id) = _kbo(cells), _place(cells)
    known = select(Organisation.id).where(Organisation.kbo == kbo)
    if taking.session.scalar(known) is not None:
        return ""
    organisation = _new(cells, kbo, place, region_id)
    taking.session.add(organisation)
    taking.session.flush()
    _record(cells, organisation, "imported", facts_of(organisation))
    if values.get("contact"):
        _add_contact(taking.session, cells, organisation)
    return organisation.name


def _record(cells: Cells, organisation: Organisation, action: str, after: dict[str, Any]) -> None:
    events.record(
        cells.taking.session,
        cells.taking.context.actor,
        "organisation",
        organisation.id,
        action,
        region_id=organisation.region_id,
        after=after,
    )


def _check_nace(cells: Cells) -> None:
    code, version = cells.values.get("nace_code"), cells.values.get("nace_version")
    if bool(code) != bool(version):
        cells.problem("nace_version", N_("expected a NACE code together with its version"))
        raise CellError


def _new(cells: Cells, kbo: str, place: FoundPlace, region_id: int | None) -> Organisation:
    values = cells.values
    supplier = bool(values.get("supplier"))
    return Organisation(
        kbo=kbo,
        name=values["name"],
        type=values["type"],
        is_supplier=supplier,
        work_form=(values.get("work_form") if supplier else None) or WorkForm.NONE,
        status=OrganisationStatus.APPROVED,
        municipality_nis=place.nis,
        postcode=place.postcode,
        region_id=region_id,
        nace_code=values.get("nace_code") or None,
        nace_version=values.get("nace_version"),
        joint_committee=values.get("joint_committee") or None,
        recognition=values.get("recognition") or None,
        description=values.get("description") or None,
        website=cells.read("website", _web_address),
    )


def _web_address(text: str) -> str | None:
    if not text:
        return None
    # Anything else could become a link that runs a script.
    if not text.startswith(("https://", "http://")):
        raise UnreadableCellError(N_("expected an address that starts with https://"))
    return text


def _add_contact(session: Session, cells: Cells, organisation: Organisation) -> None:
    email = cells.read("contact", _email)
    user = user_by_email(session, email)
    if user is None:
        name = cells.values.get("contact_name") or email.split("@")[0]
        phone = cells.values.get("contact_phone") or None
        user = User(email=email, name=name, phone=phone)
        session.add(user)
        session.flush()
    session.add(Membership(user_id=user.id, organisation_id=organisation.id))
    session.flush()
    _record(cells, organisation, "member_joined", {"user": user.id})


def _email(text: str) -> str:
    try:
        return read_email(text)
    except InvalidError as error:
        raise UnreadableCellError(N_("expected an e-mail address")) from error
