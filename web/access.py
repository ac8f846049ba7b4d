"""Who may use a route: stated at the view, checked before it runs, listed by the tests."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, current_app, redirect, request, url_for

from web.login import current_actor
from web.services.actor import Actor
from web.services.errors import ForbiddenError, NotFoundError

ViewT = TypeVar("ViewT", bound=Callable[..., Any])


class Access(StrEnum):
    """Groups of people that a route may be for."""

    PUBLIC = "public"
    VISITOR = "visitor"
    LOGGED_IN = "logged_in"
    MEMBER = "member"
    SUPPLIER = "supplier"
    COORDINATOR = "coordinator"
    POLICY_OFFICER = "policy_officer"
    DEMO = "demo"


_MAY: dict[Access, Callable[[Actor], bool]] = {
    Access.PUBLIC: lambda actor: True,
    Access.DEMO: lambda actor: True,
    Access.VISITOR: lambda actor: not actor.is_known,
    Access.LOGGED_IN: lambda actor: actor.is_known,
    Access.MEMBER: lambda actor: bool(actor.organisation_ids),
    Access.SUPPLIER: lambda actor: bool(actor.supplier_ids | actor.pending_ids),
    Access.COORDINATOR: lambda actor: bool(actor.coordinator_regions),
    Access.POLICY_OFFICER: lambda actor: bool(actor.policy_municipalities),
}


def access(*groups: Access) -> Callable[[ViewT], ViewT]:
    """State who may use a view; one of the groups is enough."""

    def mark(view: ViewT) -> ViewT:
        view.brug_access = groups  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def groups_of(app: Flask, endpoint: str) -> tuple[Access, ...] | None:
    """Return who may use an endpoint; None when its view does not say."""
    return getattr(app.view_functions[endpoint], "brug_access", None)


def init_access(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(_check)


#: Endpoints that others define: the files of Flask and of Bootstrap-Flask, for everybody.
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})


def _check() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in STATIC_ENDPOINTS:
        return None
    groups = groups_of(current_app, endpoint)
    if groups is None:
        raise RuntimeError(f"{endpoint} does not state who may use it")
    if Access.DEMO in groups and not current_app.config["BRUG_DEMO"]:
        raise NotFoundError
    actor = current_actor()
    if any(_MAY[group](actor) for group in groups):
        return None
    if groups == (Access.VISITOR,):
        return _redirect("account.home")
    if not actor.is_known:
        return _redirect("account.login", next=_here())
    raise ForbiddenError("not_for_you")


def _redirect(endpoint: str, **values: Any) -> Response:
    response = redirect(url_for(endpoint, **values), 303)
    assert isinstance(response, Response)
    return response


def _here() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
