"""`brug mail send`: against a real mail server, which is sometimes not there."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import func, select, update

from models import OutboxMail, now
from tests.support.mailserver import MailServer
from tests.web.account.visitors import reading, writing
from web.cli.mail import mail
from web.settings import Mode, Settings

# The server warns of a default that only concerns mail with other than ASCII in its commands.
pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning:aiosmtpd.*")


@pytest.fixture
def box() -> Iterator[MailServer]:
    with MailServer().listening() as server:
        yield server


@pytest.fixture
def smtp_url(box: MailServer) -> str:
    return box.url


def _write(app: Flask, *recipients: str, **values: Any) -> None:
    with writing(app) as session:
        for recipient in recipients:
            body = "Dag Zoë 🙂\n\nbrug://bevestigen/abc\n.\n"
            mail = {"subject": "Één vraag", "body": body, "urgent": True, **values}
            session.add(OutboxMail(recipient=recipient, **mail))
            session.flush()


def _send(app: Flask, url: str | None) -> Result:
    settings: Settings = app.config["BRUG_SETTINGS"]
    app.config["BRUG_SETTINGS"] = Settings(
        mode=Mode.DEVELOPMENT,
        secret_key=settings.secret_key,
        database_url=settings.database_url,
        base_url=settings.base_url,
        smtp_url=url,
        mail_from="Brug <brug@hageland.example>",
    )
    return CliRunner().invoke(mail, ["send"], obj=ScriptInfo(create_app=lambda: app))


def _told(*, sent: int = 0, later: int = 0, dead: int = 0) -> str:
    return f"{sent} mails sent, {later} wait for a later try, {dead} given up\n"


def _unsent(app: Flask) -> int:
    with reading(app) as session:
        chosen = select(func.count()).where(OutboxMail.sent_at.is_(None))
        return session.scalar(chosen.select_from(OutboxMail)) or 0


def test_every_mail_leaves_once_with_links_that_work(
    app: Flask, box: MailServer, smtp_url: str
) -> None:
    _write(app, "een@x.example", "twee@x.example")
    assert _send(app, smtp_url).output == _told(sent=2)
    assert _send(app, smtp_url).output == _told()
    first, second = box.received
    assert (first["To"], second["To"]) == ("een@x.example", "twee@x.example")
    assert (first["From"], first["Subject"]) == ("Brug <brug@hageland.example>", "Één vraag")
    words = first.get_body(("plain",))
    assert words is not None
    text = words.get_content().replace("\r\n", "\n")
    assert text == "Dag Zoë 🙂\n\nhttps://brug.test/bevestigen/abc\n.\n"
    assert first["Auto-Submitted"] == "auto-generated"
    assert "hageland.example" in first["Message-ID"]
    assert _unsent(app) == 0


def test_a_refused_mail_is_given_up_and_the_others_leave(
    app: Flask, box: MailServer, smtp_url: str
) -> None:
    box.refused = {"een@x.example"}
    _write(app, "een@x.example", "twee@x.example")
    result = _send(app, smtp_url)
    assert result.exit_code == 1
    assert _told(sent=1, dead=1).strip() in result.output
    assert "een@x.example" not in result.output
    assert result.output.count("\n") == 1
    assert [message["To"] for message in box.received] == ["twee@x.example"]
    assert _send(app, smtp_url).output == _told()


def test_a_mail_that_may_come_later_waits(app: Flask, box: MailServer, smtp_url: str) -> None:
    box.later = {"een@x.example"}
    _write(app, "een@x.example")
    result = _send(app, smtp_url)
    assert result.exit_code == 1
    assert _told(later=1).strip() in result.output
    box.later = set()
    assert _send(app, smtp_url).output == _told()  # it rests for a minute
    assert _unsent(app) == 1


def test_without_a_server_everything_waits_and_one_line_says_so(app: Flask) -> None:
    _write(app, "een@x.example")
    result = _send(app, "smtp://geheim:wachtwoord@127.0.0.1:1")
    assert result.exit_code == 1
    assert "no mail server at 127.0.0.1:1" in result.output
    assert "wachtwoord" not in result.output
    assert result.output.count("\n") == 1
    assert _unsent(app) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1", "127.0.0.1:25", "smtp://"])
def test_an_address_of_another_kind_is_told(app: Flask, url: str) -> None:
    _write(app, "een@x.example")
    result = _send(app, url)
    assert result.exit_code == 1
    assert "BRUG_SMTP_URL should look like" in result.output


def test_without_a_setting_the_command_says_which(app: Flask) -> None:
    result = _send(app, None)
    assert result.exit_code == 1
    assert "BRUG_SMTP_URL is not set" in result.output


def test_a_password_never_travels_in_the_clear(app: Flask, box: MailServer) -> None:
    _write(app, "een@x.example")
    result = _send(app, f"smtp://brug:geheim@127.0.0.1:{box.port}")
    assert result.exit_code == 1
    assert "only in the clear" in result.output
    assert box.received == []


def test_an_old_mail_is_not_sent_any_more(app: Flask, box: MailServer, smtp_url: str) -> None:
    _write(app, "een@x.example")
    with writing(app) as session:
        session.execute(update(OutboxMail).values(created_at=now() - timedelta(days=8)))
    assert _send(app, smtp_url).output == _told()
    assert box.received == []


def test_a_subject_cannot_add_a_header(app: Flask, box: MailServer, smtp_url: str) -> None:
    _write(app, "een@x.example", subject="Dag\r\nBcc: iedereen@x.example")
    _write(app, "twee@x.example")
    result = _send(app, smtp_url)
    assert result.exit_code == 1
    assert [message["To"] for message in box.received] == ["twee@x.example"]
