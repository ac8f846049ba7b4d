"""One session a request: reading ones cannot write, writing ones commit at the very end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from models import session_factory

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_ERROR_STATUS = 400
ViewT = TypeVar("ViewT", bound=Callable[..., Any])


class Sessions:
    """The two session makers of an application."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.reading = session_factory(engine, read_only=True)
        self.writing = session_factory(engine)


def init_database(app: Flask, engine: Engine) -> None:
    """Give every request its session, and commit it when the answer is no error."""
    app.extensions["brug_sessions"] = Sessions(engine)
    #: Set after every request that stored something, for who waits for work.
    app.extensions["brug_saved"] = threading.Event()
    app.after_request(_finish)
    app.teardown_request(_close)


def sessions() -> Sessions:
    """Return the session makers of the running application."""
    return cast(Sessions, current_app.extensions["brug_sessions"])


def db() -> Session:
    """Return the session of this request, opened at first use."""
    if "session" not in g:
        g.session = _maker()()
    return cast(Session, g.session)


def reads_only(view: ViewT) -> ViewT:
    """Mark a view that stores nothing even on POST, so that it never waits for the write lock."""
    view.brug_reads_only = True  # type: ignore[attr-defined]  # functions take attributes
    return view


def _writes() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in SAFE_METHODS and not getattr(view, "brug_reads_only", False)


@contextmanager
def lasting() -> Iterator[Session]:
    """Give a short transaction of its own, kept even when the answer is an error.

    The request's session is ended first, unsaved: it may hold SQLite's only write lock.
    """
    _close(None)
    with sessions().writing.begin() as session:
        yield session


@contextmanager
def beside() -> Iterator[Session]:
    """Give a short transaction beside the request's own, which must only read."""
    with sessions().writing.begin() as session:
        yield session


def _maker() -> sessionmaker[Session]:
    return sessions().writing if _writes() else sessions().reading


def _finish(response: Response) -> Response:
    # Committing here, before the answer leaves, lets a failing commit become an error page;
    # teardown would be too late for that.
    session: Session | None = g.get("session")
    if session is not None:
        if response.status_code < FIRST_ERROR_STATUS and _writes():
            session.commit()
            current_app.extensions["brug_saved"].set()
        else:
            session.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()
