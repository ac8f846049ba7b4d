"""Accounts: registering, confirming and logging in.

Nobody learns here whether an address has an account: whoever asks gets the same answer, and the
difference is in the mail, which only the owner of the address reads.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Organisation, Token, User, new_session_token, now
from models.marker import N_
from models.states import TokenPurpose
from web.services import events, mail, throttle, tokens
from web.services.actor import Actor, load_user
from web.services.errors import ForbiddenError, InvalidError, NotFoundError
from web.services.memberships import Arrival, announce_if_pending, arrive
from web.services.organisations import OrganisationDraft, find_or_create, find_place
from web.services.passwords import hash_password, is_outdated, problem_of, verify_password
from web.services.texts import clean_line

DEMO_DOMAIN = "@brug.example"
#: A second submit of the same registration within this time is a double click.
DOUBLE_CLICK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What somebody tells of himself when he registers; `email` as `read_email` gives it."""

    name: str
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a mailed link confirms: an address of a person, and the organisation he named."""

    token: Token
    user: User
    organisation: Organisation | None

    @property
    def is_change(self) -> bool:
        """Tell whether somebody who is known changes his address."""
        return self.user.email_confirmed_at is not None


def read_email(text: str) -> str:
    """Return an address as it is stored; raises `InvalidError` when it is none."""
    try:
        found = validate_email(
            clean_line(text), check_deliverability=False, allow_smtputf8=False
        ).ascii_email
    except EmailNotValidError as error:
        message = N_("This is no e-mail address: it looks like name@example.be.")
        raise InvalidError({"email": message}) from error
    assert found is not None
    return found.lower()


def user_by_email(session: Session, email: str) -> User | None:
    """Return the user with an address, in whatever case it is written."""
    return session.scalar(select(User).where(User.email == clean_line(email).lower()))


def register(session: Session, person: NewPerson, draft: OrganisationDraft) -> None:
    """Make an account that waits for its confirmation, and its organisation when that is new.

    An address that has an account already only gets a mail that says so. Raises `InvalidError`.
    """
    check_password(person.password, person.email)
    place = find_place(session, draft.place)
    # By far the slowest part, so it is done whether there is an account or not.
    stored = hash_password(person.password)
    known = user_by_email(session, person.email)
    if known is not None:
        _tell_known(session, known)
        return
    user = User(name=person.name, email=person.email, password_hash=stored)
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        return  # On PostgreSQL a double click gets here; the first submit wrote the mail.
    organisation = find_or_create(session, user, draft, place)
    _ask_confirmation(session, user, organisation.id)
    events.record(session, Actor(user_id=user.id), "user", user.id, "registered")


def check_password(password: str, email: str, field_name: str = "password") -> None:
    """Raise `InvalidError` for a password that will not do."""
    problem = problem_of(password, email)
    if problem:
        raise InvalidError({field_name: problem})


def _tell_known(session: Session, user: User) -> None:
    if not user.is_active:
        return
    if user.email_confirmed_at is not None:
        mail.write_to(session, "already_known", user)
    elif user.created_at < now() - DOUBLE_CLICK:
        # Who registered first may not be who reads this mail. So the address's owner chooses the
        # password himself, which also confirms; what the other one typed is worth nothing then.
        request_reset(session, user.email)


def _ask_confirmation(session: Session, user: User, organisation_id: int | None) -> None:
    secret = tokens.issue(
        session,
        TokenPurpose.CONFIRM_EMAIL,
        user=user,
        email=user.email,
        organisation_id=organisation_id,
    )
    mail.write_to(session, "confirm", user, secret=secret)


def resend_confirmation(session: Session, email: str) -> None:
    """Mail a new confirmation link to whom waits for one; to anybody else nothing happens."""
    user = user_by_email(session, email)
    if user is not None and user.is_active and user.email_confirmed_at is None:
        _ask_confirmation(session, user, _named_organisation_id(session, user))


def _named_organisation_id(session: Session, user: User) -> int | None:
    chosen = select(Token.organisation_id).where(
        Token.user_id == user.id, Token.purpose == TokenPurpose.CONFIRM_EMAIL
    )
    return session.scalar(chosen.order_by(Token.id.desc()).limit(1))


def confirmation_of(session: Session, secret: str) -> Confirmation | None:
    """Return what a mailed link would confirm, while it lasts."""
    token = tokens.find(session, TokenPurpose.CONFIRM_EMAIL, secret)
    user = session.get(User, token.user_id) if token and token.user_id else None
    if token is None or user is None or not user.is_active:
        return None
    named = token.organisation_id
    return Confirmation(token, user, session.get(Organisation, named) if named else None)


def confirm(session: Session, secret: str) -> Arrival | None:
    """Confirm an address by its mailed link; returns what came of the organisation, if any.

    Raises `NotFoundError` when the link no longer works.
    """
    found = confirmation_of(session, secret)
    if found is None or not tokens.spend(session, found.token):
        raise NotFoundError
    if found.is_change:
        _change_address(session, found.user, found.token.email or "")
        return None
    return mark_confirmed(session, found.user, found.organisation)


def mark_confirmed(
    session: Session, user: User, organisation: Organisation | None
) -> Arrival | None:
    """Note that an address is its user's, and bring him to the organisation he named."""
    user.email_confirmed_at = now()
    session.flush()
    tokens.revoke(session, TokenPurpose.CONFIRM_EMAIL, user)
    events.record(session, Actor(user_id=user.id), "user", user.id, "confirmed")
    if organisation is None:
        return None
    arrival = arrive(session, user, organisation)
    if arrival is Arrival.MEMBER:
        announce_if_pending(session, organisation)
    return arrival


def _change_address(session: Session, user: User, email: str) -> None:
    old = user.email
    try:
        with session.begin_nested():
            user.email, user.email_confirmed_at = email, now()
    except IntegrityError as error:
        raise NotFoundError from error  # somebody else registered with it meanwhile
    for purpose in (TokenPurpose.CONFIRM_EMAIL, TokenPurpose.RESET_PASSWORD):
        tokens.revoke(session, purpose, user)
    mail.write(session, "email_changed", old, name=user.name)
    events.record(session, Actor(user_id=user.id), "user", user.id, "email_changed")


def check_login(session: Session, email: str, password: str, *, demo: bool) -> User:
    """Return the user that an address and a password belong to, with all his rights.

    Raises `ForbiddenError`: "wrong", whichever of the two is; or, for whom knows the password,
    "unconfirmed", "closed", or "demo" for a demo login outside the demo.
    """
    user = user_by_email(session, email)
    if not verify_password(user.password_hash if user else None, password) or user is None:
        raise ForbiddenError("wrong")
    if not may_enter(user, demo=demo):
        raise ForbiddenError("demo")
    if not user.is_active:
        raise ForbiddenError("closed")
    if user.email_confirmed_at is None:
        raise ForbiddenError("unconfirmed")
    found = load_user(session, user.id)
    assert found is not None
    return found


def may_enter(user: User, *, demo: bool) -> bool:
    """Tell whether an account may be used here: those with the known password only in the demo."""
    return demo or not user.email.endswith(DEMO_DOMAIN)


def note_login(session: Session, user_id: int, password: str) -> None:
    """After a login: start counting anew, and store the password by today's parameters."""
    user = session.get_one(User, user_id)
    throttle.forget(session, throttle.Tried.LOGIN, user.email)
    user.last_login_on = now().date()
    if user.password_hash and is_outdated(user.password_hash):
        user.password_hash = hash_password(password)


def request_reset(session: Session, email: str) -> None:
    """Mail a link to choose a new password, if there is an account; older links end."""
    user = user_by_email(session, email)
    if user is not None and user.is_active:
        tokens.revoke(session, TokenPurpose.RESET_PASSWORD, user)
        secret = tokens.issue(session, TokenPurpose.RESET_PASSWORD, user=user)
        mail.write_to(session, "reset", user, secret=secret)


def user_to_reset(session: Session, secret: str) -> User | None:
    """Return the user whose password a mailed link may change, while it lasts."""
    token = tokens.find(session, TokenPurpose.RESET_PASSWORD, secret)
    user = session.get(User, token.user_id) if token and token.user_id else None
    return user if user is not None and user.is_active else None


def reset_password(session: Session, secret: str, password: str) -> None:
    """Store a new password by a mailed link and end every session of its user.

    An address that was never confirmed is now. Raises `InvalidError` and `NotFoundError`.
    """
    user = user_to_reset(session, secret)
    token = tokens.find(session, TokenPurpose.RESET_PASSWORD, secret)
    if user is None or token is None:
        raise NotFoundError
    check_password(password, user.email)
    if not tokens.spend(session, token):
        raise NotFoundError
    replace_password(session, user, password)
    throttle.forget(session, throttle.Tried.LOGIN, user.email)
    if user.email_confirmed_at is None:
        named = _named_organisation_id(session, user)
        mark_confirmed(session, user, session.get(Organisation, named) if named else None)


def replace_password(session: Session, user: User, password: str) -> None:
    """Store a new password, end every session and reset link of its user, and tell him by mail."""
    user.password_hash = hash_password(password)
    user.session_token = new_session_token()
    tokens.revoke(session, TokenPurpose.RESET_PASSWORD, user)
    mail.write_to(session, "password_changed", user)
    events.record(session, Actor(user_id=user.id), "user", user.id, "password_changed")
