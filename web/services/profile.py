"""What a person changes about his own account."""

from sqlalchemy.orm import Session

from models import Organisation, User, new_session_token
from models.marker import N_
from models.states import TokenPurpose
from web.services import events, mail, tokens
from web.services.accounts import check_password, replace_password, user_by_email
from web.services.actor import Actor, load_user
from web.services.errors import InvalidError, NotFoundError
from web.services.memberships import Arrival, announce_if_pending, arrive
from web.services.organisations import OrganisationDraft, find_or_create, find_place
from web.services.passwords import verify_password


def myself(session: Session, actor: Actor) -> User:
    """Return the actor's own user, to read or to change."""
    user = load_user(session, actor.user_id) if actor.user_id is not None else None
    if user is None:
        raise NotFoundError
    return user


def change_person(session: Session, actor: Actor, *, name: str, phone: str | None) -> None:
    """Store another name or phone number."""
    user = myself(session, actor)
    # The record keeps what was changed, not the values: those are personal.
    asked = {"name": name, "phone": phone}
    changed = [column for column, value in asked.items() if getattr(user, column) != value]
    user.name, user.phone = name, phone
    if changed:
        events.record(session, actor, "user", user.id, "changed", after={"changed": changed})


def change_password(session: Session, actor: Actor, current: str, new: str) -> User:
    """Replace the password, which ends every session; returns the user, to begin a new one.

    Raises `InvalidError` for a wrong current password and for a new one that will not do.
    """
    user = myself(session, actor)
    _prove(user, current)
    check_password(new, user.email, "new_password")
    replace_password(session, user, new)
    session.flush()
    return user


def ask_new_address(session: Session, actor: Actor, email: str, current: str) -> None:
    """Mail a link to a new address; only following it makes the change.

    An address that has an account already gets a mail that says so. Raises `InvalidError` for a
    wrong password.
    """
    user = myself(session, actor)
    _prove(user, current)
    if email == user.email:
        raise InvalidError({"email": N_("This is your address already.")})
    known = user_by_email(session, email)
    if known is not None:
        mail.write_to(session, "already_known", known)
        return
    tokens.revoke(session, TokenPurpose.CONFIRM_EMAIL, user)
    secret = tokens.issue(session, TokenPurpose.CONFIRM_EMAIL, user=user, email=email)
    mail.write(session, "confirm_change", email, name=user.name, secret=secret)


def _prove(user: User, password: str) -> None:
    if not verify_password(user.password_hash, password):
        raise InvalidError({"current_password": N_("This is not your password.")})


def end_sessions(session: Session, actor: Actor) -> None:
    """Log a person out everywhere, here too."""
    user = myself(session, actor)
    user.session_token = new_session_token()
    events.record(session, actor, "user", user.id, "sessions_ended")


def add_organisation(
    session: Session, actor: Actor, draft: OrganisationDraft
) -> tuple[Organisation, Arrival]:
    """Name an organisation as one's own: a new one is, for a known one somebody is asked."""
    user = myself(session, actor)
    place = find_place(session, draft.place)
    organisation = find_or_create(session, user, draft, place)
    arrival = arrive(session, user, organisation)
    # A second submit finds the organisation of the first; then there is nothing new to tell.
    if arrival is Arrival.MEMBER and organisation.id not in actor.organisation_ids:
        announce_if_pending(session, organisation)
    return organisation, arrival
