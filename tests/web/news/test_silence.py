"""A side that does not answer is reminded once, and then its coordinators hear of it."""

import re
from datetime import datetime, timedelta

from sqlalchemy import select

from models import Match, OutboxMail, now
from models.states import MatchStatus
from tests.support.world import email_of
from tests.web.news.telling import Desk
from web.jobs.reminding import remind_all
from web.services.quiet import BRUSSELS, is_quiet, is_working_day


def _working_day(number: int) -> datetime:
    """Return a moment in the hours of the working day that comes so many after today."""
    moment = now()
    while number:
        moment += timedelta(days=1)
        number -= is_working_day(moment.astimezone(BRUSSELS).date())
    while is_quiet(moment):
        moment += timedelta(hours=1)
    return moment


def _run(desk: Desk, moment: datetime) -> None:
    remind_all(desk.site.sessions, desk.site.app.extensions["brug_catalogue"], moment)


def _mails(desk: Desk, template: str) -> list[OutboxMail]:
    """Return the mail from this template about the one match that waits for both sides."""
    number = desk.site.numbers["match_id"]["introduced"]
    with desk.site.sessions.reading() as session:
        need_id = session.get_one(Match, number).need_id
        chosen = select(OutboxMail).where(OutboxMail.template == template)
        rows = session.scalars(chosen.order_by(OutboxMail.id)).all()
    about = (f"/kennismakingen/{number}\n", f"/regie/vragen/{need_id}\n")
    return [row for row in rows if any(path in row.body for path in about)]


def test_after_three_working_days_each_silent_side_is_reminded_once(desk: Desk) -> None:
    _run(desk, _working_day(2))
    assert _mails(desk, "asked_again") == []
    for day in (3, 3, 6):
        _run(desk, _working_day(day))
    recipients = [mail.recipient for mail in _mails(desk, "asked_again")]
    assert sorted(recipients) == [email_of("ann"), email_of("sam")]


def test_the_reminder_can_be_answered_from_the_mail(desk: Desk) -> None:
    _run(desk, _working_day(3))
    for mail in _mails(desk, "asked_again"):
        text = desk.letterhead.text(mail)
        (yes,) = re.findall(r"^Ja, ik maak graag kennis: http://localhost(\S+)$", text, re.M)
        assert desk.site.person("nobody").post(yes).status_code == 200
    with desk.site.sessions.reading() as session:
        match = session.get_one(Match, desk.site.numbers["match_id"]["introduced"])
        assert match.status is MatchStatus.INTRODUCED


def test_who_answered_is_left_in_peace(desk: Desk) -> None:
    asked = [row for row in _mails(desk, "asked") if row.recipient == email_of("ann")]
    text = desk.letterhead.text(asked[0])
    yes = re.findall(r"^Ja, .*: http://localhost(\S+)$", text, re.M)[0]
    assert desk.site.person("nobody").post(yes).status_code == 200
    _run(desk, _working_day(3))
    _run(desk, _working_day(7))
    assert [mail.recipient for mail in _mails(desk, "asked_again")] == [email_of("sam")]
    about = {mail.subject for mail in _mails(desk, "silent_side")}
    assert about == {"Geen antwoord van Maatwerk De Es"}


def test_after_seven_working_days_the_coordinators_hear_of_it_once(desk: Desk) -> None:
    _run(desk, _working_day(6))
    assert _mails(desk, "silent_side") == []
    for day in (7, 7, 9):
        _run(desk, _working_day(day))
    told = sorted((mail.recipient, mail.subject) for mail in _mails(desk, "silent_side"))
    assert len(told) == len(set(told)) == 4
    assert {recipient for recipient, _subject in told} == {email_of("rita"), email_of("karel")}


def test_a_region_may_wait_longer(desk: Desk) -> None:
    region, rita = desk.site.numbers["region_id"]["igo"], desk.site.person("rita")
    page = next(form for form in rita.forms("/regie/termijnen") if form.path.endswith(f"/{region}"))
    sent = page.filled({"remind_side_days": "5"})
    assert rita.post(f"/regie/termijnen/{region}", sent).status_code == 303
    _run(desk, _working_day(4))
    assert _mails(desk, "asked_again") == []


def test_words_where_days_are_asked_are_told_to_be_no_number(desk: Desk) -> None:
    region, rita = desk.site.numbers["region_id"]["igo"], desk.site.person("rita")
    page = next(form for form in rita.forms("/regie/termijnen") if form.path.endswith(f"/{region}"))
    answer = rita.post(page.path, page.filled({"pause_offer_days": "veel"}))
    assert answer.status_code == 422
    assert "Dit is geen getal" in answer.text
    assert 'value="veel"' in answer.text
    assert "Vul dit in" not in answer.text
