"""Stopping mail from the mail itself, without logging in, and not by looking."""

import pytest

from models.states import NewsTopic, Rhythm
from tests.web.news.telling import Desk
from web.services.mail_links import MailLinks
from web.services.preferences import rhythms_of


def _address(desk: Desk, name: str = "ann", what: NewsTopic | Rhythm = NewsTopic.MATCHES) -> str:
    desk.tell(name)
    (row,) = desk.mails(name)
    assert row.user_id is not None
    return desk.letterhead.links.unsubscribe(row.user_id, what)


def _rhythms(desk: Desk, name: str = "ann") -> dict[NewsTopic, Rhythm]:
    (row,) = desk.notices(name)
    with desk.site.sessions.reading() as session:
        return rhythms_of(session, row.user_id)


def test_a_mail_program_stops_it_with_one_post_and_no_cookie(desk: Desk) -> None:
    address = _address(desk)
    client = desk.site.app.test_client()
    answer = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "stopgezet" in answer.text
    assert _rhythms(desk)[NewsTopic.MATCHES] is Rhythm.OFF
    assert _rhythms(desk)[NewsTopic.ORGANISATION] is Rhythm.AT_ONCE
    assert client.post(address).status_code == 200


def test_looking_at_the_page_changes_nothing(desk: Desk) -> None:
    address = _address(desk)
    for method in ("get", "head", "options"):
        getattr(desk.site.app.test_client(), method)(address)
    assert _rhythms(desk)[NewsTopic.MATCHES] is Rhythm.AT_ONCE
    page = desk.site.person("nobody").get(address).text
    assert "Kennismakingen en vragen" in page
    assert page.count("<button") == 2  # the one of the menu on a phone, and ours


def test_a_bundle_is_stopped_as_a_whole(desk: Desk) -> None:
    desk.choose("ann", NewsTopic.REMINDERS, Rhythm.DAILY)
    address = _address(desk, what=Rhythm.DAILY)
    desk.site.app.test_client().post(address)
    assert _rhythms(desk)[NewsTopic.REMINDERS] is Rhythm.OFF
    assert _rhythms(desk)[NewsTopic.MATCHES] is Rhythm.AT_ONCE


@pytest.mark.parametrize(("cut", "added"), [(-2, ""), (None, "x"), (20, "WWWW")])
def test_an_altered_address_stops_nothing_and_says_so(
    desk: Desk, cut: int | None, added: str
) -> None:
    address = _address(desk)[:cut] + added
    answer = desk.site.app.test_client().post(address)
    assert answer.status_code == 410
    assert "Deze link werkt niet meer" in answer.text
    assert _rhythms(desk)[NewsTopic.MATCHES] is Rhythm.AT_ONCE


def test_another_installation_s_address_stops_nothing(desk: Desk) -> None:
    _address(desk)
    foreign = MailLinks("t" * 40).unsubscribe(1, NewsTopic.MATCHES)
    assert desk.site.app.test_client().post(foreign).status_code == 410
    gone = desk.letterhead.links.unsubscribe(999_999, NewsTopic.MATCHES)
    assert desk.site.app.test_client().post(gone).status_code == 410
