"""Who acts for an organisation: asking in, inviting, accepting, leaving."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from models import Membership, Organisation, Token, User, now
from models.marker import N_
from models.states import OrganisationStatus, TokenPurpose
from web.services import events, mail, tokens
from web.services.actor import BRUG, Actor, load_user
from web.services.errors import ForbiddenError, InvalidError, NotFoundError
from web.services.organisations import managed_organisation
from web.services.passwords import hash_password, problem_of
from web.services.people import people_of, tell_coordinators

#: The same invitation again within this time is a double click.
DOUBLE_CLICK = timedelta(minutes=1)


class Arrival(StrEnum):
    """What came of somebody who named an organisation as his."""

    MEMBER = "member"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation; `user` has the account with its address, if there is one."""

    token: Token
    organisation: Organisation
    user: User | None

    @property
    def email(self) -> str:
        """Return the address that was invited."""
        return self.token.email or ""

    @property
    def needs_account(self) -> bool:
        """Tell whether whoever accepts has to choose a password first."""
        return self.user is None or self.user.email_confirmed_at is None


def arrive(session: Session, user: User, organisation: Organisation) -> Arrival:
    """Make a person with a confirmed address a member, or ask those who may invite him.

    Naming a number proves nothing: with members they decide, without any the coordinator does.
    Only a registration of which nobody ever confirmed his address stands in nobody's way.
    """
    rows = session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation.id)
        .options(joinedload(Membership.user))
    ).all()
    if any(row.user_id == user.id for row in rows):
        return Arrival.MEMBER
    members = people_of(session, organisation.id)
    if not rows:
        tell_coordinators(session, organisation, "asks_coordinator", person=user)
        return Arrival.ASKED
    if members:
        for member in members:
            values = {"organisation": organisation, "person": user}
            mail.write_to(session, "asks_to_join", member, **values)
        return Arrival.ASKED
    unconfirmed = [row.id for row in rows if row.user.email_confirmed_at is None]
    if len(unconfirmed) < len(rows):
        # Members there were, but their accounts are closed: not for a stranger to take over.
        tell_coordinators(session, organisation, "asks_coordinator", person=user)
        return Arrival.ASKED
    session.execute(delete(Membership).where(Membership.id.in_(unconfirmed)))
    for row in rows:
        if row.id in unconfirmed:
            _record(session, BRUG, organisation, "member_left", {"user": row.user_id})
    _join(session, Actor(user_id=user.id), user, organisation)
    return Arrival.MEMBER


def announce_if_pending(session: Session, organisation: Organisation) -> None:
    """Tell the coordinators of a new supplier that waits, once its person is confirmed."""
    if organisation.is_supplier and organisation.status is OrganisationStatus.PENDING:
        tell_coordinators(session, organisation, "supplier_waits")


def _join(session: Session, actor: Actor, user: User, organisation: Organisation) -> None:
    try:
        with session.begin_nested():
            session.add(Membership(user_id=user.id, organisation_id=organisation.id))
    except IntegrityError:
        return  # a double click: he is in already
    _record(session, actor, organisation, "member_joined", {"user": user.id})


def invite(session: Session, actor: Actor, organisation_id: int, email: str) -> None:
    """Mail an invitation to act for an organisation; an open one is replaced.

    Raises `InvalidError` when that person is a member already.
    """
    organisation = managed_organisation(session, actor, organisation_id)
    if any(person.email == email for person in people_of(session, organisation.id)):
        raise InvalidError({"email": N_("This person is a member already.")})
    open_ones = [row for row in open_invitations(session, organisation_id) if row.email == email]
    if any(row.created_at > now() - DOUBLE_CLICK for row in open_ones):
        return
    for row in open_ones:
        session.delete(row)
    secret = tokens.issue(
        session, TokenPurpose.INVITE, email=email, organisation_id=organisation.id
    )
    values = {"organisation": organisation, "by": actor.name, "secret": secret}
    mail.write(session, "invite", email, **values)
    _record(session, actor, organisation, "member_invited", {})


def open_invitations(session: Session, organisation_id: int) -> list[Token]:
    """Return the invitations that can still be accepted, newest first."""
    chosen = select(Token).where(
        Token.purpose == TokenPurpose.INVITE,
        Token.organisation_id == organisation_id,
        Token.used_at.is_(None),
        Token.expires_at > now(),
    )
    return list(session.scalars(chosen.order_by(Token.id.desc())))


def withdraw_invitation(
    session: Session, actor: Actor, organisation_id: int, invitation_id: int
) -> None:
    """Make an invitation worthless; withdrawing twice, or one accepted meanwhile, does nothing."""
    organisation = managed_organisation(session, actor, organisation_id)
    for row in open_invitations(session, organisation_id):
        if row.id == invitation_id:
            session.delete(row)
            _record(session, actor, organisation, "invitation_withdrawn", {})


def invitation_of(session: Session, secret: str) -> Invitation | None:
    """Return the invitation that a mailed link opens, while it lasts."""
    token = tokens.find(session, TokenPurpose.INVITE, secret)
    if token is None or token.organisation_id is None or token.email is None:
        return None
    user = session.scalar(select(User).where(User.email == token.email))
    if user is not None and not user.is_active:
        return None
    return Invitation(token, session.get_one(Organisation, token.organisation_id), user)


def accept(session: Session, actor: Actor, secret: str) -> Organisation:
    """Join an organisation; raises `ForbiddenError` for whom the invitation was not meant."""
    invitation = _invitation(session, secret)
    if invitation.user is None or invitation.user.id != actor.user_id:
        raise ForbiddenError("invited_another")
    if not tokens.spend(session, invitation.token):
        raise NotFoundError
    _join(session, actor, invitation.user, invitation.organisation)
    return invitation.organisation


def accept_with_new_account(session: Session, secret: str, name: str, password: str) -> User:
    """Make an account for whom was invited, and let him join.

    The link came by mail, so the address is confirmed. An account that never was is taken over,
    password and all. Raises `InvalidError` for the password.
    """
    invitation = _invitation(session, secret)
    if not invitation.needs_account:
        raise ForbiddenError("has_account")
    problem = problem_of(password, invitation.email)
    if problem:
        raise InvalidError({"password": problem})
    if not tokens.spend(session, invitation.token):
        raise NotFoundError
    user = invitation.user or User(email=invitation.email, name=name)
    user.name, user.password_hash, user.email_confirmed_at = name, hash_password(password), now()
    session.add(user)
    session.flush()
    tokens.revoke(session, TokenPurpose.CONFIRM_EMAIL, user)
    events.record(session, Actor(user_id=user.id), "user", user.id, "registered")
    _join(session, Actor(user_id=user.id), user, invitation.organisation)
    found = load_user(session, user.id)
    assert found is not None
    return found


def _invitation(session: Session, secret: str) -> Invitation:
    invitation = invitation_of(session, secret)
    if invitation is None:
        raise NotFoundError
    return invitation


def _record(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    action: str,
    after: dict[str, object],
) -> None:
    events.record(
        session,
        actor,
        "organisation",
        organisation.id,
        action,
        region_id=organisation.region_id,
        after=after,
    )
