"""What a running site does once a night: learn from the decisions, and propose words.

The process that is first claims the night in the database, so that no other does it too; one that
is cut off in the middle leaves it to the next night.
"""

import logging
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models import CatalogueState
from web.database import Sessions
from web.i18n import TIME_ZONE
from web.services.actor import BRUG
from web.services.catalogue import Catalogue
from web.services.learning import study
from web.services.learning.study import TooFewDecisionsError
from web.services.learning.words import propose_words
from web.services.retention import clean

logger = logging.getLogger(__name__)

#: When a night begins to count, by the clock of Brussels.
NIGHT = time(2)


def night_of(moment: datetime) -> date:
    """Return the day on which the last night began that began before this moment."""
    local = moment.astimezone(ZoneInfo(TIME_ZONE))
    return local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)


def learn_nightly(app: Flask, moment: datetime) -> bool:
    """Learn, unless somebody did for this night already; tell whether this process did."""
    sessions = cast(Sessions, app.extensions["brug_sessions"])
    night = night_of(moment)
    # Looked at often and claimed once: reading takes no lock.
    with sessions.reading() as session:
        if session.scalar(select(CatalogueState.id).where(_open(night))) is None:
            return False
    with sessions.writing.begin() as session:
        if not _claim(session, night):
            return False
    _learn(sessions, cast(Catalogue, app.extensions["brug_catalogue"]), night)
    return True


#: Mails tell people what will go, so this waits for the day.
MORNING = time(9)


def clean_daily(app: Flask, moment: datetime) -> bool:
    """Let go what is too old, unless somebody did today; tell whether this process did."""
    local = moment.astimezone(ZoneInfo(TIME_ZONE))
    if local.time() < MORNING:
        return False
    sessions = cast(Sessions, app.extensions["brug_sessions"])
    catalogue = cast(Catalogue, app.extensions["brug_catalogue"])
    today, periods = local.date(), app.config["BRUG_SETTINGS"].retention
    fresh = or_(CatalogueState.cleaned_for.is_(None), CatalogueState.cleaned_for < today)
    with sessions.reading() as session:
        if session.scalar(select(CatalogueState.id).where(fresh)) is None:
            return False
    # In one transaction with the claim: who is cut off leaves all of it to the next round.
    with sessions.writing.begin() as session:
        claimed = update(CatalogueState).where(fresh).values(cleaned_for=today)
        if not session.execute(claimed.returning(CatalogueState.id)).all():
            return False
        gone = clean(session, catalogue, periods, today)
    told = ", ".join(f"{kind.value} {number}" for kind, number in gone.items() if number)
    logger.info("Let go of what is too old: %s", told or "nothing")
    return True


def _open(night: date) -> ColumnElement[bool]:
    return or_(CatalogueState.learned_for.is_(None), CatalogueState.learned_for < night)


def _claim(session: Session, night: date) -> bool:
    claimed = update(CatalogueState).where(_open(night)).values(learned_for=night)
    return bool(session.execute(claimed.returning(CatalogueState.id)).all())


def _learn(sessions: Sessions, catalogue: Catalogue, night: date) -> None:
    with suppress(TooFewDecisionsError), sessions.writing.begin() as session:
        _, version = study.learn(session, catalogue, BRUG, night)
        if version is not None:
            logger.info("Learned %s, which %s", version.name, "won" if version.won else "lost")
    with sessions.writing.begin() as session, catalogue.open(session) as shelf:
        propose_words(session, shelf)
