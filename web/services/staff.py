"""What the operator of an installation arranges: regions, roles, and who may no longer enter.

Problems are told in English, for they are read on the command line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from models import (
    Membership,
    Municipality,
    Need,
    Organisation,
    Region,
    RegionMunicipality,
    User,
    UserRole,
    new_session_token,
)
from models.states import Role, TokenPurpose
from web.services import events, mail, tokens
from web.services.accounts import read_email, user_by_email
from web.services.actor import Actor
from web.services.errors import InvalidError, NotFoundError
from web.services.places import resolve_place
from web.services.texts import clean_line


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who got a role; `secret` opens the page to choose a password, for a new account only."""

    user: User
    secret: str | None


def add_region(
    session: Session, actor: Actor, slug: str, name: str, municipalities: Iterable[str]
) -> Region:
    """Make a region of municipalities (by NIS code, name or postcode).

    Organisations and needs there that had no region get this one. Raises `InvalidError`.
    """
    if not slug.isascii() or not slug.replace("-", "").isalnum() or slug != slug.lower():
        raise InvalidError({"slug": f"{slug!r} should be lower-case letters, digits and hyphens"})
    if session.scalar(select(Region.id).where(Region.slug == slug)) is not None:
        raise InvalidError({"slug": f"there is a region {slug!r} already"})
    found = {m.nis: m for m in (_municipality(session, text) for text in municipalities)}
    if not found:
        raise InvalidError({"municipality": "name at least one municipality"})
    _refuse_taken(session, found)
    region = Region(slug=slug, name=clean_line(name), municipalities=list(found.values()))
    session.add(region)
    session.flush()
    for table in (Organisation, Need):
        here = table.municipality_nis.in_(found), table.region_id.is_(None)
        session.execute(update(table).where(*here).values(region_id=region.id))
    after = {"name": region.name, "municipalities": sorted(found)}
    events.record(session, actor, "region", region.id, "created", region_id=region.id, after=after)
    return region


def _refuse_taken(session: Session, found: dict[str, Municipality]) -> None:
    chosen = select(RegionMunicipality.municipality_nis, Region.slug)
    chosen = chosen.join(Region, Region.id == RegionMunicipality.region_id)
    for nis, slug in session.execute(
        chosen.where(RegionMunicipality.municipality_nis.in_(found)).order_by(Region.slug)
    ):
        message = f"{found[nis].name} belongs to the region {slug!r} already"
        raise InvalidError({"municipality": message})


def _municipality(session: Session, text: str) -> Municipality:
    found = session.get(Municipality, text.strip())
    if found is None and (place := resolve_place(session, text)):
        found = session.get(Municipality, place.nis)
    if found is None or found.merged_into_nis is not None:
        message = f"there is no municipality {text!r} (or several; then give its NIS code)"
        raise InvalidError({"municipality": message})
    return found


def appoint_coordinator(
    session: Session, actor: Actor, email: str, region_slug: str, name: str | None = None
) -> Appointment:
    """Make somebody coordinator of a region, with an account when he has none yet."""
    region = _region(session, region_slug)
    return _appoint(session, actor, email, name, Role.COORDINATOR, region, None)


def appoint_policy_officer(
    session: Session,
    actor: Actor,
    email: str,
    region_slug: str,
    municipality: str,
    name: str | None = None,
) -> Appointment:
    """Make somebody policy officer of a municipality in a region."""
    region = _region(session, region_slug)
    found = _municipality(session, municipality)
    if found.nis not in {m.nis for m in region.municipalities}:
        message = f"{found.name} does not belong to the region {region_slug!r}"
        raise InvalidError({"municipality": message})
    return _appoint(session, actor, email, name, Role.POLICY_OFFICER, region, found.nis)


def _region(session: Session, slug: str) -> Region:
    region = session.scalar(select(Region).where(Region.slug == slug))
    if region is None:
        known = ", ".join(session.scalars(select(Region.slug).order_by(Region.slug))) or "none"
        raise InvalidError({"region": f"there is no region {slug!r}; there are: {known}"})
    return region


def _appoint(
    session: Session,
    actor: Actor,
    email: str,
    name: str | None,
    role: Role,
    region: Region,
    nis: str | None,
) -> Appointment:
    made = _find_or_make(session, read_email(email), name)
    wanted = (role, region.id, nis)
    if wanted not in {(r.role, r.region_id, r.municipality_nis) for r in made.user.roles}:
        made.user.roles.append(UserRole(role=role, region_id=region.id, municipality_nis=nis))
        after = {"role": role.value, "municipality": nis}
        events.record(
            session, actor, "user", made.user.id, "appointed", region_id=region.id, after=after
        )
    return made


def keep_reference(session: Session, actor: Actor, email: str, *, keeps: bool) -> None:
    """Let a coordinator edit what all regions share, or no longer; raises `InvalidError`."""
    user = user_by_email(session, email)
    roles = [role for role in user.roles if role.role is Role.COORDINATOR] if user else []
    if user is None or not roles:
        raise InvalidError({"email": f"{email} coordinates no region"})
    if any(role.keeps_reference != keeps for role in roles):
        for role in roles:
            before = {"keeps_reference": role.keeps_reference}
            role.keeps_reference = keeps
            events.record(
                session,
                actor,
                "user",
                user.id,
                "appointed",
                region_id=role.region_id,
                before=before,
                after={"keeps_reference": keeps},
            )


def _find_or_make(session: Session, email: str, name: str | None) -> Appointment:
    user = user_by_email(session, email)
    if user is not None:
        return Appointment(user, None)
    user = User(email=email, name=clean_line(name) or email.split("@")[0])
    session.add(user)
    session.flush()
    secret = tokens.issue(session, TokenPurpose.RESET_PASSWORD, user=user)
    mail.write_to(session, "welcome", user, secret=secret)
    return Appointment(user, secret)


def set_active(session: Session, actor: Actor, email: str, *, active: bool) -> User:
    """Close an account, which ends its sessions at once, or open it again."""
    user = user_by_email(session, email)
    if user is None:
        raise NotFoundError
    if user.is_active != active:
        user.is_active, user.session_token = active, new_session_token()
        action = "opened" if active else "closed"
        told = {"active": not active}, {"active": active}
        events.record(session, actor, "user", user.id, action, before=told[0], after=told[1])
    return user


def everybody(session: Session) -> Sequence[User]:
    """Return every user with his roles and organisations, by address."""
    parts = (
        selectinload(User.roles),
        selectinload(User.memberships).joinedload(Membership.organisation),
    )
    return session.scalars(select(User).options(*parts).order_by(User.email)).all()


def regions(session: Session) -> Sequence[Region]:
    """Return every region with its municipalities, by slug."""
    chosen = select(Region).options(selectinload(Region.municipalities)).order_by(Region.slug)
    return session.scalars(chosen).all()
