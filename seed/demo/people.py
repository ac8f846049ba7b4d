"""The demo region itself: its municipalities, organisations and people."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import (
    DeclaredInterest,
    Membership,
    Municipality,
    Organisation,
    Region,
    User,
    UserRole,
    now,
)
from models.states import OrganisationStatus, Role
from seed.files import read_yaml
from web.services.passwords import hash_password
from web.services.places import FoundPlace, resolve_place


def load_people(session: Session) -> int:
    """Add the missing region, organisations and users; returns the number of organisations."""
    region = _region(session)
    entries = read_yaml("demo/organisations.yaml")["organisations"]
    stored = set(session.scalars(select(Organisation.kbo)))
    added = {
        entry["key"]: _add_organisation(session, region, entry)
        for entry in entries
        if entry["kbo"] not in stored
    }
    _load_coordinators(session, region)
    session.flush()
    return len(added)


def place_of(session: Session, text: str) -> FoundPlace:
    """Return the place an entry names; raises `LookupError` for one that does not exist."""
    found = resolve_place(session, text)
    if found is None:
        raise LookupError(f"{text!r} is no place that the reference data know")
    return found


def _region(session: Session) -> Region:
    entry = read_yaml("demo/region.yaml")
    found = session.scalar(select(Region).where(Region.slug == entry["slug"]))
    if found is None:
        found = Region(slug=entry["slug"], name=entry["name"], is_demo=True)
        for nis in entry["municipalities"]:
            found.municipalities.append(session.get_one(Municipality, nis))
        session.add(found)
        session.flush()
    return found


def _add_organisation(session: Session, region: Region, entry: dict[str, Any]) -> Organisation:
    place = place_of(session, entry["place"])
    nace_code, nace_version = entry.get("nace", (None, None))
    organisation = Organisation(
        name=entry["name"],
        kbo=entry["kbo"],
        type=entry["type"],
        work_form=entry.get("work_form", "geen"),
        is_supplier=entry.get("supplier", False),
        status=OrganisationStatus(entry.get("status", OrganisationStatus.APPROVED)),
        nace_code=nace_code,
        nace_version=nace_version,
        joint_committee=entry.get("joint_committee"),
        recognition=entry.get("recognition"),
        description=entry["description"],
        website=entry.get("website"),
        municipality_nis=place.nis,
        postcode=place.postcode,
        region_id=region.id,
        is_demo=True,
    )
    session.add(organisation)
    contact = _user(session, **entry["contact"])
    contact.memberships.append(Membership(organisation=organisation))
    return organisation


def _user(session: Session, *, email: str, name: str, phone: str) -> User:
    found = session.scalar(select(User).where(User.email == email))
    if found is None:
        found = User(email=email, name=name, phone=phone, email_confirmed_at=now())
        logins = read_yaml("demo/users.yaml")
        if email in logins["demo_logins"]:
            found.password_hash = hash_password(logins["demo_password"])
        session.add(found)
    return found


def _load_coordinators(session: Session, region: Region) -> None:
    entries = read_yaml("demo/users.yaml")
    keys = {entry["key"]: entry for entry in read_yaml("demo/organisations.yaml")["organisations"]}
    for entry in entries["users"]:
        user = _user(session, email=entry["email"], name=entry["name"], phone=entry["phone"])
        if not user.roles:
            user.roles.append(UserRole(role=Role(entry["role"]), region_id=region.id))
            for interest in entry.get("interests", []):
                kbo = keys[interest["organisation"]]["kbo"]
                user.interests.append(_interest(session, kbo, interest["note"]))
    for entry in entries["officers"]:
        user = session.scalars(select(User).where(User.email == entry["email"])).one()
        if not user.roles:
            officer = UserRole(role=Role.POLICY_OFFICER, region_id=region.id)
            officer.municipality_nis = entry["municipality"]
            user.roles.append(officer)


def _interest(session: Session, kbo: str, note: str) -> DeclaredInterest:
    organisation = session.scalars(select(Organisation).where(Organisation.kbo == kbo)).one()
    return DeclaredInterest(organisation_id=organisation.id, note=note)
