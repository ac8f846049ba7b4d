"""Every mail as people get it: Dutch words, buttons, and nothing of others that runs."""

import re
from email.message import EmailMessage

import pytest

from models import OutboxMail
from tests.support.pages import parsed, text_of
from tests.web.news.telling import OTHER, Desk
from web.services import mail
from web.services.mail_samples import sample, samples
from web.services.mail_text import Writer, act, harmless, link

NAMES = mail.names()


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_subject_a_greeting_and_an_end(name: str) -> None:
    row = sample(name).row
    assert 5 < len(row.subject) <= 78
    assert row.body.startswith("Dag")
    assert row.body.endswith("Brug\n")
    assert "{{" not in row.body
    assert "None" not in row.body


@pytest.mark.parametrize("name", NAMES)
def test_each_says_the_same_as_text_and_as_html(name: str, desk: Desk) -> None:
    row = sample(name).row
    page = parsed(desk.letterhead.html(row), strict=True)
    shown = _words(text_of(page))
    for line in row.body.splitlines():
        words = _words(re.sub(r"brug:\S*\]?[^\n]*", "", line.removeprefix("- ")))
        assert words in shown, line
    assert "brug:" not in desk.letterhead.text(row)
    assert "brug:" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_each_button_says_what_it_does(name: str, desk: Desk) -> None:
    page = parsed(desk.letterhead.html(sample(name).row))
    buttons = [text_of(a) for a in page.iter("a") if "inline-block" in (a.get("style") or "")]
    assert "Openen in Brug" not in buttons
    assert all(len(words) <= 40 for words in buttons)
    for a in page.iter("a"):
        assert (a.get("href") or "").startswith("http://localhost")


def _parts(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_a_mail_goes_out_as_text_and_html_and_can_be_stopped_in_one_click(desk: Desk) -> None:
    desk.tell("ann")
    (row,) = desk.mails("ann")
    message = desk.letterhead.message(row)
    assert _parts(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://localhost/mail/afmelden/")
    assert desk.letterhead.message(row)["Message-ID"] == message["Message-ID"]


@pytest.mark.parametrize("name", sorted(mail.URGENT))
def test_what_nobody_can_do_without_cannot_be_stopped(name: str, desk: Desk) -> None:
    message = desk.letterhead.message(sample(name).row)
    assert message["List-Unsubscribe"] is None


def test_what_people_typed_is_text_in_html_and_no_link(desk: Desk) -> None:
    nasty = f'{OTHER} <img src=x onerror=alert(1)> brug://x brug:[Ja]!offer_current/1 "'
    desk.tell("ann", other=nasty)
    (row,) = desk.mails("ann")
    html = desk.letterhead.html(row)
    assert "<img" not in html
    assert "/mail/antwoord/" not in html + desk.letterhead.text(row)
    assert "http://localhost/x" not in html


def test_a_mark_becomes_an_address_in_words_and_a_button_in_html() -> None:
    writer = Writer("https://brug.test", lambda action, number: f"/{action}.{number}")
    body = f"Kijk hier:\n{link('/pad', 'Naar de pagina')}\n\n{act('ja', 3, 'Ja, klopt')}\n"
    assert writer.plain(body) == (
        "Kijk hier:\nhttps://brug.test/pad\n\nJa, klopt: https://brug.test/ja.3\n"
    )
    kinds = [kind for kind, _lines in writer.blocks(body)]
    assert kinds == ["p", "button", "button"]
    assert harmless("brug:[x]!ja/3") == "brug :[x]!ja/3"


def test_the_coordinator_can_look_at_each(desk: Desk) -> None:
    rita = desk.site.person("rita")
    listed = rita.get("/regie/mail/voorbeelden").text
    for one in samples():
        assert f"/regie/mail/voorbeelden/{one.name}" in listed
        assert rita.get(f"/regie/mail/voorbeelden/{one.name}").status_code == 200
        answer = rita.get(f"/regie/mail/voorbeelden/{one.name}/opmaak")
        assert answer.status_code == 200
        assert "script" not in answer.headers["Content-Security-Policy"]
    assert rita.get("/regie/mail/voorbeelden/bestaat-niet").status_code == 404


def test_what_waits_in_the_demo_is_read_with_its_links(desk: Desk) -> None:
    desk.tell("ann")
    page = desk.site.person("ann").get("/postbus?aan=ann").text
    assert 'href="/voorbeeld"' in page
    assert 'href="/mijn-gegevens/mail"' in page


def test_example_values_are_stored_nowhere(desk: Desk) -> None:
    with desk.site.sessions.reading() as session:
        before = session.query(OutboxMail).count()
        samples()
        assert session.query(OutboxMail).count() == before
