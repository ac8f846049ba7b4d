"""What happened to a thing, for the page that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from models import Event
from web.database import db
from web.login import current_actor
from web.record_words import Line, worded
from web.services.record import Subject, history_of
from web.services.record_names import names_in

#: Events that a page shows of what it is about; a page of their own has them all.
MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """The newest events of a thing, and the page that has them all."""

    lines: Sequence[Line]
    address: str


def recent(about: Subject, key: int | str) -> Recent:
    """Return the newest events of a thing; raises `NotFoundError` for who may not read them."""
    history = history_of(db(), current_actor(), about, str(key))
    events = db().scalars(history.chosen.limit(MOST_RECENT)).all()
    return Recent(in_words(events, whole=history.whole), address_of(about, key))


def in_words(events: Sequence[Event], *, whole: bool) -> list[Line]:
    """Return events in words, with the names of all that they point to."""
    names = names_in(db(), current_actor(), events, whole=whole)
    return worded(events, names, whole=whole)


def address_of(about: Subject, key: int | str) -> str:
    """Return the address of the page that tells the whole history of a thing."""
    values: dict[str, Any] = {f"{about.value}_id": key}
    return url_for("record.history", **values)
