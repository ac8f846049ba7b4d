"""Notes that somebody saw contact data, beside the page that shows them."""

import logging
from collections.abc import Iterable

from flask import Response, after_this_request, request
from sqlalchemy.exc import OperationalError

from models import now
from web.database import SAFE_METHODS, beside, db
from web.login import current_actor
from web.services.sightings import SeenAt, note, unnoted

logger = logging.getLogger(__name__)


def saw(people: Iterable[int | None], place: SeenAt) -> None:
    """Note that the actor sees the contact data of people on this page.

    A page that is read again on the same day writes nothing. A form that comes back is not noted:
    whoever sent it saw the page it stands on.
    """
    if request.method not in SAFE_METHODS:
        return
    actor, moment = current_actor(), now()
    shown = {number for number in people if number is not None}
    fresh = unnoted(db(), actor, shown, moment.date())
    if not fresh:
        return

    # In a transaction of its own once the page is made: that of the page only reads.
    @after_this_request
    def _write(response: Response) -> Response:
        try:
            with beside() as session:
                note(session, actor, fresh, moment, place)
        except OperationalError:
            logger.exception("Could not note who saw contact data")
        return response
