"""Answering from a mail: one button, once, by whom the mail was for."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select, update

from models import Event, Offer, UsedLink, User, now
from models.states import OfferStatus
from tests.support.pages import forms_in, parsed
from tests.support.world import SECRET_KEY, email_of
from tests.web.news.telling import Desk
from web.services import mail_links
from web.services.mail_links import ANSWER, ANSWER_WITHIN, AnswerLink, MailLinks


def _address(
    desk: Desk, action: str = "offer_current", name: str = "sam", secret: str = SECRET_KEY
) -> str:
    offer = desk.site.numbers["offer_id"]["current"]
    with desk.site.sessions.reading() as session:
        user = session.scalars(select(User.id).where(User.email == email_of(name))).one()
    return MailLinks(secret).answer(AnswerLink(action, offer, user, 7))


def _state(desk: Desk) -> tuple[OfferStatus, int, int]:
    with desk.site.sessions.reading() as session:
        offer = session.get_one(Offer, desk.site.numbers["offer_id"]["current"])
        told = select(Event).where(Event.action == "confirmed")
        used = session.scalars(select(UsedLink)).all()
        return offer.status, len(session.scalars(told).all()), len(used)


def test_the_button_answers_once_without_logging_in(desk: Desk) -> None:
    address = _address(desk)
    reader = desk.site.person("nobody")
    page = reader.get(address)
    assert "Klopt dit aanbod nog?" in page.text
    assert "Gras maaien (current)" in page.text
    assert len([f for f in forms_in(parsed(page.text), address) if f.path == address]) == 1
    assert _state(desk) == (OfferStatus.PUBLISHED, 0, 0)
    assert "weer een half jaar" in reader.post(address).text
    assert _state(desk) == (OfferStatus.PUBLISHED, 1, 1)
    again = reader.post(address)
    assert (again.status_code, _state(desk)[1]) == (410, 1)
    assert "U hebt al geantwoord" in again.text
    assert reader.get(address).status_code == 410


def test_the_record_names_whose_mail_it_was(desk: Desk) -> None:
    desk.site.person("nobody").post(_address(desk))
    with desk.site.sessions.reading() as session:
        (event,) = session.scalars(select(Event).where(Event.action == "confirmed")).all()
        assert event.actor is not None
        assert event.actor.email == email_of("sam")


def test_scanners_change_nothing(desk: Desk) -> None:
    address = _address(desk)
    for method in ("get", "head", "options"):
        getattr(desk.site.app.test_client(), method)(address)
    # A scanner that sends the form without having the page's cookie is refused.
    assert desk.site.app.test_client().post(address).status_code == 400
    assert _state(desk) == (OfferStatus.PUBLISHED, 0, 0)


def test_an_old_link_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    address = _address(desk)
    monkeypatch.setattr("web.views.account.answering.now", lambda: now() + ANSWER_WITHIN * 1.01)
    answer = desk.site.person("nobody").post(address)
    assert answer.status_code == 410
    assert "Deze link is te oud" in answer.text
    assert _state(desk)[1] == 0


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=365)])
def test_a_clock_that_went_back_since_refuses_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, back: timedelta
) -> None:
    address = _address(desk)
    monkeypatch.setattr("web.views.account.answering.now", lambda: now() - back)
    assert desk.site.person("nobody").get(address).status_code == 200


def test_an_altered_link_says_so(desk: Desk) -> None:
    address = _address(desk)
    other = _address(desk, "offer_pause")
    mixed = address.rsplit(".", 1)[0] + "." + other.rsplit(".", 1)[1]
    unknown = MailLinks(SECRET_KEY).answer(AnswerLink("wipe", 1, 1, 1))
    odd = ANSWER + URLSafeTimedSerializer(SECRET_KEY, salt="brug.mail.answer").dumps(["x"])
    foreign = _address(desk, secret="t" * 40)
    purpose = address.replace(ANSWER, mail_links.UNSUBSCRIBE)
    reader = desk.site.person("nobody")
    for wrong in (address[:-1], address + "x", mixed, unknown, odd, foreign, ANSWER + "x"):
        answer = reader.get(wrong)
        assert answer.status_code == 410, wrong
        assert "niet volledig" in answer.text
    assert reader.post(purpose).status_code == 410
    assert _state(desk) == (OfferStatus.PUBLISHED, 0, 0)


def test_somebody_else_s_link_is_not_for_who_is_logged_in(desk: Desk) -> None:
    address = _address(desk)
    answer = desk.site.person("ann").post(address)
    assert answer.status_code == 403
    assert "voor iemand anders" in answer.text
    assert desk.site.person("sam").get(address).status_code == 200


def test_who_has_no_say_any_more_cannot_answer(desk: Desk) -> None:
    assert desk.site.person("nobody").get(_address(desk, name="ann")).status_code == 410
    address = _address(desk)
    with desk.site.sessions.writing.begin() as session:
        closed = update(User).where(User.email == email_of("sam")).values(is_active=False)
        session.execute(closed)
    answer = desk.site.person("nobody").post(address)
    assert "gaat u niet meer aan" in answer.text
    assert _state(desk)[1] == 0


def test_what_changed_meanwhile_needs_no_answer(desk: Desk) -> None:
    confirm, pause = _address(desk), _address(desk, "offer_pause")
    reader = desk.site.person("nobody")
    assert "gepauzeerd" in reader.post(pause).text
    answer = reader.post(confirm)
    assert answer.status_code == 410
    assert "Antwoorden hoeft niet meer" in answer.text
    assert _state(desk)[0] is OfferStatus.PAUSED
