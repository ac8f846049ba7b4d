"""What became of agreed work is asked of both sides, once, and no longer when it is told."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from models import Agreement, Match, OutboxMail, now
from tests.support.world import email_of
from tests.web.news.telling import Desk
from tests.web.news.test_silence import _run
from web.services.quiet import BRUSSELS, is_quiet


def _at_work(day: date) -> datetime:
    """Return a moment on a day, or soon after, when mail may be sent."""
    moment = datetime(day.year, day.month, day.day, 11, tzinfo=BRUSSELS)
    while is_quiet(moment):
        moment += timedelta(hours=4)
    return moment


def _agree(desk: Desk, name: str, **days: date) -> int:
    """Move the days agreed on for a match; returns its number."""
    number = int(desk.site.numbers["match_id"][name])
    with desk.site.sessions.writing.begin() as session:
        chosen = select(Agreement).where(Agreement.match_id == number)
        agreement = session.scalars(chosen).one()
        for day, value in days.items():
            setattr(agreement, day, value)
    return number


def _asked(desk: Desk, template: str, number: int) -> list[str]:
    """Return who was asked about a match."""
    with desk.site.sessions.reading() as session:
        chosen = select(OutboxMail).where(OutboxMail.template == template)
        rows = session.scalars(chosen.order_by(OutboxMail.id)).all()
    return sorted(row.recipient for row in rows if f"/kennismakingen/{number}\n" in row.body)


BOTH = sorted([email_of("ann"), email_of("sam")])


def test_both_sides_are_asked_once_whether_agreed_work_began(desk: Desk) -> None:
    start = now().date() + timedelta(days=30)
    number = _agree(desk, "agreed", start_date=start, end_date=None)
    _run(desk, _at_work(start + timedelta(days=1)))
    assert _asked(desk, "begin_asked", number) == []
    # Nobody gets two reminders in three days, whatever else he is reminded of.
    for days in (3, 7, 11, 15, 19, 23):
        _run(desk, _at_work(start + timedelta(days=days)))
    assert _asked(desk, "begin_asked", number) == BOTH


def test_what_came_of_it_is_asked_after_the_agreed_end(desk: Desk) -> None:
    end = now().date() + timedelta(days=30)
    number = _agree(desk, "running", end_date=end)
    for days in (0, 3):
        _run(desk, _at_work(end + timedelta(days=days)))
    assert _asked(desk, "outcome_asked", number) == []
    for days in (8, 12, 16, 20, 24):
        _run(desk, _at_work(end + timedelta(days=days)))
    assert _asked(desk, "outcome_asked", number) == BOTH


def test_work_without_an_end_is_not_asked_about(desk: Desk) -> None:
    number = _agree(desk, "running", end_date=None)
    for days in (100, 104, 108):
        _run(desk, _at_work(now().date() + timedelta(days=days)))
    assert _asked(desk, "outcome_asked", number) == []


def test_whether_somebody_hired_is_still_there_is_asked_until_it_is_told(desk: Desk) -> None:
    number = int(desk.site.numbers["match_id"]["hired"])
    for days in (1, 5, 9, 13, 17, 21):
        _run(desk, _at_work(now().date() + timedelta(days=days)))
    # Begun forty days ago: the question of one month is due, that of six is not.
    assert _asked(desk, "retention_asked", number) == BOTH
    with desk.site.sessions.reading() as session:
        subjects = set(
            session.scalars(
                select(OutboxMail.subject).where(OutboxMail.template == "retention_asked")
            )
        )
        assert session.get_one(Match, number)
    assert {subject.split("?")[0] for subject in subjects} == {"Nog aan het werk na 1 maand"}


def test_what_was_told_is_not_asked(desk: Desk) -> None:
    number = int(desk.site.numbers["match_id"]["hired"])
    ann = desk.site.person("ann")
    page = f"/kennismakingen/{number}"
    form = next(f for f in ann.forms(page) if "nog" in f.path or "still" in f.path)
    assert ann.post(form.path, form.filled({"still_there": "yes"})).status_code == 303
    for days in (1, 5, 9, 13):
        _run(desk, _at_work(now().date() + timedelta(days=days)))
    assert _asked(desk, "retention_asked", number) == []
