"""From refusals to pages, once for the whole application."""

import logging

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from web.i18n import N_, _
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError

log = logging.getLogger(__name__)

_PAGES: dict[int, tuple[str, str]] = {
    400: (N_("That did not arrive well"), N_("Go back, reload the page and try again.")),
    403: (N_("This is not for you"), N_("You are logged in, but may not see or do this.")),
    404: (N_("This page does not exist"), N_("It may have moved, or the link is wrong.")),
    405: (N_("This page does not exist"), N_("It may have moved, or the link is wrong.")),
    409: (N_("Somebody was just ahead of you"), N_("Reload the page to see what changed.")),
    413: (N_("That is too large"), N_("Send at most 10 MB at once.")),
    429: (N_("Too many attempts"), N_("Wait a quarter of an hour and try again.")),
    500: (N_("Something broke on our side"), N_("Nothing was changed. Try again in a moment.")),
}


def init_errors(app: Flask) -> None:
    """Register a page for each kind of failure."""
    app.register_error_handler(NotFoundError, lambda error: _page(404))
    app.register_error_handler(ForbiddenError, lambda error: _page(403))
    app.register_error_handler(InvalidError, lambda error: _page(400))
    app.register_error_handler(ConflictError, lambda error: _page(409))
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, *, detail: str | None = None) -> ResponseReturnValue:
    title, advice = _PAGES.get(status, _PAGES[500 if status >= 500 else 400])
    page = render_template(
        "errors/error.html", status=status, title=_(title), advice=_(advice), detail=detail
    )
    return page, status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code)


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, detail=_("The form was open too long, or cookies are off."))


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("request to %s failed", request.endpoint, exc_info=error)
    return _page(500)


def told(message: str, location: str, category: str = "success") -> Response:
    """Show a message on the next page and go there."""
    flash(message, category)
    return redirect(location, 303)
