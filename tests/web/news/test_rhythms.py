"""At once, daily, weekly or off: each person chooses by topic, and nothing is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from models import Notice, OutboxMail, now
from models.states import NewsTopic, Rhythm
from tests.web.news.telling import OTHER, Desk
from web.services import outbox
from web.services.quiet import BRUSSELS, is_quiet, working_days_between

MATCHES = NewsTopic.MATCHES
#: A Wednesday on which everybody works.
WEDNESDAY = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)


def _age(desk: Desk, moment: datetime) -> None:
    with desk.site.sessions.writing.begin() as session:
        told = Notice.title.contains(OTHER)
        session.execute(update(Notice).where(told).values(created_at=moment))


def test_who_chose_nothing_gets_it_at_once_and_in_brug(desk: Desk) -> None:
    desk.tell("ann")
    assert len(desk.mails("ann")) == len(desk.notices("ann")) == 1
    assert desk.notices("ann")[0].path == "/voorbeeld"
    assert desk.notices("ann")[0].read_at is None


def test_daily_news_comes_in_one_mail_the_next_morning(desk: Desk) -> None:
    desk.choose("ann", MATCHES, Rhythm.DAILY)
    for number in range(3):
        desk.tell("ann", other=f"{OTHER} {number}")
    _age(desk, WEDNESDAY)
    assert desk.mails("ann") == []
    assert desk.bundle(WEDNESDAY + timedelta(hours=2)) == 0
    assert desk.bundle(WEDNESDAY + timedelta(days=1)) == 3
    assert desk.bundle(WEDNESDAY + timedelta(days=1, minutes=10)) == 0
    (mail,) = desk.mails("ann")
    assert mail.subject == "Brug: 3 berichten"
    text = desk.letterhead.text(mail)
    for number in range(3):
        assert f"- Kennismaking: {OTHER} {number}\n  http://localhost/voorbeeld" in text


def test_weekly_news_comes_on_monday(desk: Desk) -> None:
    desk.choose("ann", MATCHES, Rhythm.WEEKLY)
    desk.tell("ann")
    _age(desk, WEDNESDAY)
    assert desk.bundle(WEDNESDAY + timedelta(days=2)) == 0
    monday = datetime(2026, 12, 7, 7, 30, tzinfo=BRUSSELS)
    assert desk.bundle(monday) == 1
    assert desk.mails("ann")[0].subject == "Brug, uw week: 1 bericht"


def test_a_clock_that_goes_back_bundles_once_and_loses_nothing(desk: Desk) -> None:
    desk.choose("ann", MATCHES, Rhythm.DAILY)
    desk.tell("ann")
    _age(desk, WEDNESDAY)
    for moment in (WEDNESDAY - timedelta(days=365), WEDNESDAY, WEDNESDAY + timedelta(days=1)):
        desk.bundle(moment)
    assert len(desk.mails("ann")) == 1


def test_who_wants_no_mail_finds_it_as_read(desk: Desk) -> None:
    desk.choose("ann", MATCHES, Rhythm.OFF)
    desk.tell("ann")
    assert desk.mails("ann") == []
    assert desk.notices("ann")[0].read_at is not None
    assert desk.bundle(WEDNESDAY) == 0


def test_another_topic_keeps_its_own_rhythm(desk: Desk) -> None:
    desk.choose("ann", NewsTopic.ORGANISATION, Rhythm.OFF)
    desk.tell("ann")
    assert len(desk.mails("ann")) == 1


def test_who_goes_back_to_at_once_gets_what_still_waited(desk: Desk) -> None:
    desk.choose("ann", MATCHES, Rhythm.WEEKLY)
    desk.tell("ann")
    _age(desk, WEDNESDAY)
    desk.choose("ann", MATCHES, Rhythm.AT_ONCE)
    assert desk.bundle(WEDNESDAY) == 1


def test_a_bundle_tells_at_most_thirty_things_and_counts_the_rest(desk: Desk) -> None:
    desk.choose("ann", MATCHES, Rhythm.DAILY)
    for number in range(33):
        desk.tell("ann", other=f"{OTHER} {number}")
    _age(desk, WEDNESDAY - timedelta(days=1))
    assert desk.bundle(WEDNESDAY) == 33
    (mail,) = desk.mails("ann")
    assert mail.subject == "Brug: 33 berichten"
    assert "- en nog 3 andere" in mail.body


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (datetime(2026, 12, 2, 6, 59, tzinfo=BRUSSELS), True),
        (datetime(2026, 12, 2, 7, 0, tzinfo=BRUSSELS), False),
        (datetime(2026, 12, 2, 18, 59, tzinfo=BRUSSELS), False),
        (datetime(2026, 12, 2, 19, 0, tzinfo=BRUSSELS), True),
        # Summer time: the clock of Brussels counts.
        (datetime(2026, 7, 1, 5, 30, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 5, 30, tzinfo=UTC), True),
        (datetime(2026, 12, 25, 10, tzinfo=BRUSSELS), True),
        (datetime(2026, 7, 21, 10, tzinfo=BRUSSELS), True),
        (datetime(2026, 4, 6, 10, tzinfo=BRUSSELS), True),  # Easter Monday
        (datetime(2026, 7, 11, 10, tzinfo=BRUSSELS), False),  # Flemish, not official
    ],
)
def test_quiet_hours_and_holidays(moment: datetime, quiet: bool) -> None:
    assert is_quiet(moment) is quiet


def test_working_days_skip_weekends_and_holidays() -> None:
    # Thursday 24 December to Monday 28 December 2026, with Christmas on Friday.
    assert working_days_between(date(2026, 12, 24), date(2026, 12, 28)) == 1


def test_in_a_quiet_hour_only_what_is_urgent_is_due(desk: Desk) -> None:
    desk.tell("ann")
    desk.tell("ann", template="reset")
    with desk.site.sessions.reading() as session:
        urgent = outbox.due(session, now(), only_urgent=True)
        every = outbox.due(session, now())
        assert {session.get_one(OutboxMail, n).template for n in urgent} == {"reset"}
        # Somebody waits for it, so it goes first.
        assert every[0] == urgent[0]
        assert len(every) > 1


def test_a_coordinator_chooses_for_his_region_too(desk: Desk) -> None:
    assert "Uw werkingsgebied" in desk.site.person("rita").get("/mijn-gegevens/mail").text
    assert "Uw werkingsgebied" not in desk.site.person("ann").get("/mijn-gegevens/mail").text
    answer = desk.site.person("ann").post("/mijn-gegevens/mail", {"news-matches": "elk uur"})
    assert answer.status_code == 422
