"""Nobody is forgotten, and nobody is nagged: what is asked, paused and told, and when."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from models import Match, Need, Notice, Offer, OutboxMail, Reminder, User, now
from models.states import Delay, NewsTopic, OfferStatus, Rhythm
from tests.support.world import email_of
from tests.web.news.telling import Desk
from web.jobs.reminding import remind_all
from web.services.catalogue import stamp
from web.services.quiet import is_quiet
from web.services.reminding.delays import default_of

ASK, PAUSE = (default_of(delay).days for delay in (Delay.ASK_OFFER, Delay.PAUSE_OFFER))


def _day(days: float = 0) -> datetime:
    """Return a moment at least so many days from now at which Brug does not keep quiet."""
    moment = now() + timedelta(days=days)
    while is_quiet(moment):
        moment += timedelta(hours=1)
    return moment


def _run(desk: Desk, moment: datetime) -> None:
    remind_all(desk.site.sessions, desk.site.app.extensions["brug_catalogue"], moment)


def _mails(desk: Desk, template: str, name: str | None = None) -> list[OutboxMail]:
    chosen = select(OutboxMail).where(OutboxMail.template == template)
    if name:
        chosen = chosen.where(OutboxMail.recipient == email_of(name))
    with desk.site.sessions.reading() as session:
        return list(session.scalars(chosen.order_by(OutboxMail.id)))


def _published(desk: Desk) -> int:
    with desk.site.sessions.reading() as session:
        counted = select(func.count()).where(Offer.status == OfferStatus.PUBLISHED)
        return session.scalar(counted.select_from(Offer)) or 0


def test_after_four_months_one_mail_asks_about_all_offers_once(desk: Desk) -> None:
    number = _published(desk)
    _run(desk, _day(ASK - 2))
    assert _mails(desk, "offers_current") == []
    for _again in range(2):
        _run(desk, _day(ASK + 1))
    (mail,) = _mails(desk, "offers_current", "sam")
    assert mail.body.count("Ja, dit klopt nog") == number
    _run(desk, _day(ASK + 20))
    assert len(_mails(desk, "offers_current")) == 1


def test_a_click_in_that_mail_keeps_the_offer(desk: Desk) -> None:
    _run(desk, _day(ASK + 1))
    (mail,) = _mails(desk, "offers_current", "sam")
    text = desk.letterhead.text(mail)
    links = re.findall(r"Ja, dit klopt nog: http://localhost(\S+)", text)
    assert len(links) == _published(desk)
    assert desk.site.person("nobody").post(links[0]).status_code == 200
    with desk.site.sessions.reading() as session:
        confirmed = select(Offer).where(Offer.confirmed_at > now() - timedelta(minutes=5))
        (offer,) = session.scalars(confirmed.where(Offer.status == OfferStatus.PUBLISHED)).all()
    kept = offer.id
    _run(desk, _day(ASK + 1 + PAUSE + 1))
    with desk.site.sessions.reading() as session:
        assert session.get_one(Offer, kept).status is OfferStatus.PUBLISHED


def test_after_a_month_of_silence_the_offers_are_paused_and_that_is_told(desk: Desk) -> None:
    number = _published(desk)
    _run(desk, _day(ASK + 1))
    _run(desk, _day(ASK + PAUSE - 2))
    assert _published(desk) == number
    for _again in range(2):
        _run(desk, _day(ASK + PAUSE + 5))
    assert _published(desk) == 0
    assert len(_mails(desk, "offer_paused", "sam")) == number


def test_nobody_gets_two_reminders_within_three_days(desk: Desk) -> None:
    with desk.site.sessions.writing.begin() as session:
        sam = session.scalars(select(User.id).where(User.email == email_of("sam"))).one()
        session.add(Reminder(key="another", user_id=sam, at=_day(ASK + 1)))
    _run(desk, _day(ASK + 2))
    assert _mails(desk, "offers_current") == []
    _run(desk, _day(ASK + 6))
    assert len(_mails(desk, "offers_current")) == 1


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=365)])
def test_a_clock_that_goes_back_asks_nothing_twice(desk: Desk, back: timedelta) -> None:
    _run(desk, _day(ASK + 1))
    moment = _day(ASK + 1) - back
    _run(desk, moment)
    _run(desk, _day(ASK + 2))
    assert len(_mails(desk, "offers_current")) == 1


def test_a_region_chooses_its_own_delays(desk: Desk) -> None:
    region = desk.site.numbers["region_id"]["igo"]
    rita = desk.site.person("rita")
    prefix = f"region-{region}-"
    shown = next(f for f in rita.forms("/regie/termijnen") if f.path.endswith(f"/{region}"))
    form = shown.filled({"ask_offer_days": "10", "pause_offer_days": "5"})
    assert rita.post(f"/regie/termijnen/{region}", form).status_code == 303
    _run(desk, _day(11))
    assert len(_mails(desk, "offers_current")) == 1
    wrong = rita.post(f"/regie/termijnen/{region}", form | {f"{prefix}ask_offer_days": "0"})
    assert wrong.status_code == 422
    assert 'value="0"' in wrong.text


def test_who_wants_no_reminders_by_mail_finds_them_in_brug(desk: Desk) -> None:
    desk.choose("sam", NewsTopic.REMINDERS, Rhythm.OFF)
    _run(desk, _day(ASK + 1))
    assert _mails(desk, "offers_current") == []
    with desk.site.sessions.reading() as session:
        told = select(Notice).where(Notice.title.startswith("Klopt uw aanbod"))
        assert len(session.scalars(told).all()) == 1


def test_a_need_without_offers_is_told_to_its_coordinators_once_with_the_reason(
    desk: Desk,
) -> None:
    with desk.site.sessions.writing.begin() as session:
        need = session.scalars(select(Need).where(Need.external_id == "world:open")).one()
        for match in session.scalars(select(Match).where(Match.need_id == need.id)):
            session.delete(match)
        away = update(Offer).values(status=OfferStatus.PAUSED)
        session.execute(away.where(Offer.status == OfferStatus.PUBLISHED))
        stamp(session, *session.scalars(select(Offer)).all())
        session.execute(update(Need).where(Need.id == need.id).values(ranked_on=now().date()))
    for _again in range(2):
        _run(desk, _day(1))
    mails = _mails(desk, "need_without")
    assert {mail.recipient for mail in mails} == {email_of("rita"), email_of("karel")}
    assert len(mails) == 2
    assert "geen gepubliceerd aanbod" in mails[0].body


def test_at_night_and_on_holidays_nobody_is_reminded(desk: Desk) -> None:
    night = _day(ASK + 3).replace(hour=2)
    _run(desk, night)
    assert _mails(desk, "offers_current") == []
