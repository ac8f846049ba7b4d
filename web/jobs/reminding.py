"""Asking, reminding and telling, each person in a transaction of its own, in no quiet hour."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from web.database import Sessions
from web.services.catalogue import Catalogue
from web.services.quiet import is_quiet
from web.services.reminding import matches, needs, offers, outcomes

logger = logging.getLogger(__name__)
ItemT = TypeVar("ItemT")


def remind_all(sessions: Sessions, catalogue: Catalogue, moment: datetime) -> None:
    """Do all that is due; what fails keeps nobody from the rest."""
    if is_quiet(moment):
        return
    with sessions.reading() as session:
        asked = offers.people_to_ask(session, moment)
        silent = offers.offers_to_pause(session, moment)
        without = needs.needs_without(session, moment)
        untold = outcomes.untold(session, moment)
        quiet_sides = matches.silent_sides(session, moment)
    _each(sessions, asked.items(), lambda s, item: offers.ask(s, *item, moment))
    _each(sessions, silent, lambda s, number: offers.pause(s, catalogue, number, moment))
    _each(
        sessions,
        (one for one in quiet_sides if one.remind),
        lambda s, one: matches.remind(s, one, moment),
    )
    _each(sessions, (one for one in quiet_sides if one.tell), matches.tell)
    _each(sessions, untold, lambda s, one: outcomes.ask(s, one, moment))
    _each(sessions, without, lambda s, number: needs.tell(s, catalogue, number, moment))


def _each(
    sessions: Sessions, items: Iterable[ItemT], work: Callable[[Session, ItemT], object]
) -> None:
    for item in items:
        try:
            with sessions.writing.begin() as session:
                work(session, item)
        except Exception:  # whatever failed, the next round may go well
            logger.exception("Reminding failed")
