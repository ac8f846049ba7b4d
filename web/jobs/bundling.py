"""Bundling the news that waits, person by person, each in a transaction of its own."""

from datetime import datetime

from web.database import Sessions
from web.services.digests import waiting_people, write_bundles
from web.services.quiet import is_quiet


def write_all_bundles(sessions: Sessions, moment: datetime) -> int:
    """Write every bundle that is due, unless it is a quiet hour; returns how much they tell."""
    if is_quiet(moment):
        return 0
    with sessions.reading() as session:
        people = waiting_people(session)
    told = 0
    for user_id in people:
        with sessions.writing.begin() as session:
            told += write_bundles(session, user_id, moment)
    return told
