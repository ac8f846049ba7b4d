"""The blueprint of the account, and how its pages answer a form that cannot be granted."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from web.database import lasting
from web.forms.base import BrugForm
from web.i18n import N_, _
from web.services import throttle
from web.services.errors import ConflictError, ForbiddenError, InvalidError, ServiceError
from web.services.throttle import TooManyError, Tried

blueprint = Blueprint("account", __name__)
#: Far more than the work takes, and too little to annoy.
STEP_SECONDS = 0.1

_REFUSALS = {
    "wrong": N_("The e-mail address or the password is not right."),
    "unconfirmed": N_("First confirm your e-mail address with the link that we mailed you."),
    "closed": N_("This account is closed. Ask the coordinator of your region."),
    "demo": N_("The demo logins only work in the demo."),
    "already_supplier": N_("Your organisation is a supplier already."),
}


def shown(template: str, form: BrugForm, **values: Any) -> ResponseReturnValue:
    """Show a form: empty, or with what is wrong about what was sent."""
    status = 422 if request.method == "POST" else 200
    return render_template(f"account/{template}.html", form=form, **values), status


def refused(
    template: str, form: BrugForm, error: ServiceError, **values: Any
) -> ResponseReturnValue:
    """Show a form again with why it was not granted; all that was typed is kept."""
    status, headers, code = 422, {}, ""
    match error:
        case InvalidError():
            form.add_problems(error.problems)
        case TooManyError():
            status, headers = 429, {"Retry-After": str(_seconds_until(error.until))}
            form.form_errors.append(_too_many(error.until))
        case ForbiddenError() | ConflictError() if error.code in _REFUSALS:
            code = error.code
            form.form_errors.append(_(_REFUSALS[code]))
        case _:
            raise error
    page = render_template(f"account/{template}.html", form=form, code=code, **values)
    return page, status, headers


def gone(what: str) -> ResponseReturnValue:
    """Say that a mailed link no longer works, and where to get another."""
    return render_template("account/gone.html", what=what), 410


def count(tried: Tried, account: str | None) -> None:
    """Count an attempt, for good; raises `TooManyError`."""
    with lasting() as session:
        throttle.count(session, tried, account, request.remote_addr)


@contextmanager
def evenly() -> Iterator[None]:
    """Let what is inside take a whole number of steps of time, whatever it finds.

    Writing a mail takes a millisecond longer than writing none, and the patient can measure that.
    """
    step = current_app.config.get("BRUG_STEP_SECONDS", STEP_SECONDS)
    start = time.monotonic()
    try:
        yield
    finally:
        time.sleep(step - (time.monotonic() - start) % step)


def own_path(target: str | None) -> str | None:
    """Return a path of this site that somebody may be sent on to; None for anything else.

    Browsers read a backslash as a slash and skip tabs, so neither may be in it.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(c) < 33 or ord(c) == 127 for c in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def _seconds_until(until: datetime) -> int:
    return max(1, int((until - datetime.now(UTC)).total_seconds()) + 1)


def _too_many(until: datetime) -> str:
    shown = format_datetime(until + timedelta(minutes=1), "d MMMM, H:mm")  # never too early
    return _("Too many attempts. Try again after %(time)s.", time=shown)
