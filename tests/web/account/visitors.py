"""People at a browser: they open pages, fill in the forms they find, and read their mail."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models import Organisation, OutboxMail, User
from web.database import Sessions
from web.services.actor import Actor, actor_of, load_user
from web.services.mail import addressed
from web.services.staff import add_region, appoint_coordinator

PASSWORD = "een zin om te onthouden"
SITE = "https://brug.test"
#: Enterprise numbers that add up, and that nobody has.
KBO = "0999109896"
OTHER_KBO = "0999123556"

BOTH_DATABASES = pytest.mark.parametrize(
    "database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

REGISTRATION = {
    "side": "vrager",
    "kbo": "BE 0999.109.896",
    "organisation_name": "Bakkerij De Korst",
    "type": "company",
    "place": "3460 Bekkevoort",
    "work_form": "",
    "name": "Ann Peeters",
    "email": "ann@korst.example",
    "password": PASSWORD,
}


class Visitor:
    """One browser with its cookies."""

    def __init__(self, app: Flask, address: str = "203.0.113.5") -> None:
        self.app = app
        self.client = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, base_url=SITE, environ_base=self.environ)

    def press(self, page: str, path: str | None = None, **values: Any) -> TestResponse:
        """Send a form of `page`, to its own address or to another `path`."""
        found = _TOKEN.search(self.get(page).text)
        assert found, f"{page} has no form"
        return self.send(path or page, csrf_token=found[1], **values)

    def send(self, path: str, **values: Any) -> TestResponse:
        """Send values to an address, with or without having seen a form."""
        return self.client.post(
            path,
            data=values,
            base_url=SITE,
            environ_base=self.environ,
            headers={"Referer": SITE + "/"},
        )

    def register(self, **changes: str) -> TestResponse:
        """Register, as Ann of a bakery unless told otherwise."""
        return self.press("/registreren", **{**REGISTRATION, **changes})

    def confirm(self, email: str = "ann@korst.example") -> TestResponse:
        """Press the button behind the newest link that was mailed to an address."""
        return self.press(link_to(self.app, email, "/bevestigen/"))

    def log_in(
        self, email: str = "ann@korst.example", password: str = PASSWORD, **more: str
    ) -> TestResponse:
        """Log in."""
        return self.press("/aanmelden", email=email, password=password, **more)

    def join(self, **changes: str) -> "Visitor":
        """Register, confirm and log in."""
        email = changes.get("email", "ann@korst.example")
        assert self.register(**changes).status_code == 303
        assert self.confirm(email).status_code == 303
        assert self.log_in(email).status_code == 303
        return self

    @property
    def is_logged_in(self) -> bool:
        """Tell whether the site knows him."""
        return self.get("/mijn-brug").status_code == 200


def read(answer: TestResponse) -> str:
    """Return the text of a page as a person reads it."""
    return " ".join(re.sub(r"<[^>]*>", "", answer.text).split())


def reading(app: Flask) -> Session:
    """Return a session to look in the database."""
    stored: Sessions = app.extensions["brug_sessions"]
    return stored.reading()


def writing(app: Flask) -> Any:
    """Return a transaction to change the database in."""
    stored: Sessions = app.extensions["brug_sessions"]
    return stored.writing.begin()


def mails_to(app: Flask, email: str) -> list[str]:
    """Return what was mailed to an address, the newest first, each with its subject."""
    with reading(app) as session:
        chosen = select(OutboxMail).where(OutboxMail.recipient == email)
        rows = session.scalars(chosen.order_by(OutboxMail.id.desc()))
        return [f"{row.subject}\n{addressed(row.body, SITE)}" for row in rows]


def link_to(app: Flask, email: str, start: str) -> str:
    """Return the path of the newest link with this start that was mailed to an address."""
    found = re.search(re.escape(SITE + start) + r"\S+", "\n".join(mails_to(app, email)))
    assert found, f"no {start} was mailed to {email}"
    return found[0].removeprefix(SITE)


def user(app: Flask, email: str) -> User:
    """Return a user by his address."""
    with reading(app) as session:
        return session.scalars(select(User).where(User.email == email)).one()


def organisation(app: Flask, kbo: str = KBO) -> Organisation:
    """Return an organisation by its number."""
    with reading(app) as session:
        return session.scalars(select(Organisation).where(Organisation.kbo == kbo)).one()


def coordinator(app: Flask, email: str = "regisseur@hageland.example") -> Visitor:
    """Return a logged-in coordinator of Bekkevoort and Diest."""
    with writing(app) as session:
        add_region(session, Actor(), "hageland", "Hageland", ["Bekkevoort", "Diest"])
        made = appoint_coordinator(session, Actor(), email, "hageland", "Rita Regisseur")
    visitor = Visitor(app, "203.0.113.99")
    visitor.press(f"/wachtwoord-kiezen/{made.secret}", password=PASSWORD)
    visitor.log_in(email)
    return visitor


def actor(session: Session, email: str) -> Actor:
    """Return somebody as services see him."""
    found = session.scalars(select(User.id).where(User.email == email)).one()
    loaded = load_user(session, found)
    assert loaded is not None
    return actor_of(loaded)
