"""What the pages of the buyer share."""

from collections.abc import Callable
from datetime import date
from typing import cast
from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from models import Need, now
from models.states import NeedStatus
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.i18n import _
from web.login import current_actor
from web.services import visibility
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, InvalidError

blueprint = Blueprint("buyer", __name__)

#: Needs that their asker may still change.
OPEN = (NeedStatus.DRAFT, NeedStatus.PUBLISHED)


def catalogue() -> Catalogue:
    """Return the catalogue of this process."""
    return cast(Catalogue, current_app.extensions["brug_catalogue"])


def today() -> date:
    """Return the day that dates are compared with."""
    return now().date()


def own_need(need_id: int) -> Need:
    """Return a need of the person's own organisations, or answer that it is not found."""
    return visibility.own_need(db(), current_actor(), need_id)


def version_in(sent: object) -> int:
    """Return the version that a form was made from; anything odd counts as an old one.

    A form without the field holds the stored version, a number: nobody saw that, so it is odd too.
    """
    known = isinstance(sent, str) and sent.isascii() and sent.isdecimal() and len(sent) < 10
    return int(str(sent)) if known else 0


def sent_key() -> str | None:
    """Return the key of the sent form, which makes a second submit land on the first's result."""
    try:
        return str(UUID(request.form.get("submission_key", "")))
    except ValueError:
        return None


def attempt(
    form: BrugForm, work: Callable[[], Response], page: Callable[[int], ResponseReturnValue]
) -> ResponseReturnValue:
    """Do the work of a sent form; a refusal shows the page again with what was typed."""
    if not form.validate():
        return page(422)
    try:
        return work()
    except InvalidError as error:
        form.add_problems(error.problems)
        return page(422)
    except ConflictError:
        return page(409)


def closed(need: Need) -> Response:
    """Explain that a need cannot be changed any more."""
    message = _("This need is closed. Copy it to start from what it says.")
    return told(message, url_for("buyer.need", need_id=need.id), "warning")
