"""Sessions of people: Flask-Login keeps who, the database says what he may do."""

from datetime import timedelta
from typing import cast

from flask import Flask, current_app, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from models import User
from web.database import db
from web.services.accounts import may_enter
from web.services.actor import VISITOR, Actor, actor_of, load_user_by_session_token

#: How long a browser that was told to stays logged in.
REMEMBERED = timedelta(days=30)


class Visit(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The logged-in user of this request."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.actor = actor_of(user)

    def get_id(self) -> str:
        """Identify by the session token, so that a new token ends every older session."""
        return self.user.session_token


def init_login(app: Flask) -> None:
    """Let Flask-Login load users by their session token."""
    manager = LoginManager()
    manager.session_protection = None  # addresses change on the road; the token is what counts
    manager.user_loader(_load)
    manager.init_app(app)


def _load(token: str) -> Visit | None:
    user = load_user_by_session_token(db(), token)
    if user is None or not may_enter(user, demo=current_app.config["BRUG_DEMO"]):
        return None
    return Visit(user)


def current_actor() -> Actor:
    """Return who acts in this request."""
    if "actor" not in g:
        visit = current_user
        g.actor = visit.actor if visit.is_authenticated else VISITOR
    return cast(Actor, g.actor)


def current_person() -> User:
    """Return the logged-in user; only for views behind a login."""
    return cast(User, current_user.user)


def enter(user: User, *, remember: bool = False) -> None:
    """Start a session for a user, keeping nothing of the one before it."""
    session.clear()
    login_user(Visit(user), remember=remember, duration=REMEMBERED)
    g.pop("actor", None)


def leave() -> None:
    """End the session."""
    session.clear()
    logout_user()  # last: it notes in the session that the remembering cookie has to go
    g.pop("actor", None)
