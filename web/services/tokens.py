"""Links that are mailed: a secret for one purpose, once, for a while; only its digest is kept."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models import Token, User, now
from models.states import TokenPurpose

LIFETIMES = {
    TokenPurpose.CONFIRM_EMAIL: timedelta(days=3),
    TokenPurpose.RESET_PASSWORD: timedelta(hours=2),
    TokenPurpose.INVITE: timedelta(days=14),
}


def issue(
    session: Session,
    purpose: TokenPurpose,
    *,
    user: User | None = None,
    email: str | None = None,
    organisation_id: int | None = None,
) -> str:
    """Store a new link and return its secret, which exists nowhere else."""
    secret = secrets.token_urlsafe(32)
    token = Token(
        digest=_digest(secret),
        purpose=purpose,
        user_id=user.id if user else None,
        email=email,
        organisation_id=organisation_id,
        expires_at=now() + LIFETIMES[purpose],
    )
    session.add(token)
    session.flush()
    return secret


def find(session: Session, purpose: TokenPurpose, secret: str) -> Token | None:
    """Return the link that a secret opens, unless it was used, withdrawn or is too old."""
    return session.scalar(
        select(Token).where(
            Token.digest == _digest(secret),
            Token.purpose == purpose,
            Token.used_at.is_(None),
            Token.expires_at > now(),
        )
    )


def spend(session: Session, token: Token) -> bool:
    """Use a link up; False when somebody did so at the same moment."""
    used = (
        update(Token)
        .where(Token.id == token.id, Token.used_at.is_(None))
        .values(used_at=now())
        .returning(Token.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(used) is not None


def revoke(session: Session, purpose: TokenPurpose, user: User) -> None:
    """Make a user's older links for a purpose worthless."""
    session.execute(
        delete(Token).where(
            Token.user_id == user.id, Token.purpose == purpose, Token.used_at.is_(None)
        )
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
