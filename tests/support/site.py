"""The whole site on one small world, put back as it was whenever a test asks."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask, session, url_for
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select
from werkzeug.test import TestResponse

from models import User
from tests.support.contents import FILLS
from tests.support.databases import sqlite_copy
from tests.support.numbers import numbers
from tests.support.once import run_folder
from tests.support.pages import Form, forms_in, parsed
from tests.support.world import SECRET_KEY, email_of
from web.app import create_app
from web.database import Sessions
from web.services.catalogue import Catalogue
from web.settings import Mode, Settings

#: Somebody without an account.
NOBODY = "nobody"


class Person:
    """Somebody of the world at his own browser, logged in unless he is nobody."""

    def __init__(self, site: "Site", name: str) -> None:
        self.name = name
        self.client: FlaskClient = site.app.test_client()
        #: A token that is good for all his forms; made here, as fetching a page takes longer.
        self.token, secret = _token_of(site.app)
        with self.client.session_transaction() as cookie:
            cookie["csrf_token"] = secret
            if name != NOBODY:
                cookie["_user_id"], cookie["_fresh"] = _session_token(site, name), True

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self.client.get(address)

    def post(self, address: str, values: dict[str, Any] | None = None) -> TestResponse:
        """Send a form with a token of his own."""
        return self.client.post(address, data={**(values or {}), "csrf_token": self.token})

    def forms(self, address: str) -> list[Form]:
        """Return the forms of a page."""
        return forms_in(parsed(self.get(address).text), address)


def _token_of(app: Flask) -> tuple[str, str]:
    """Return a token as a form holds it, and what a session keeps of it."""
    with app.test_request_context():
        token = generate_csrf()
        return token, session["csrf_token"]


def _session_token(site: "Site", name: str) -> str:
    with site.sessions.reading() as reading:
        chosen = select(User.session_token).where(User.email == email_of(name))
        return reading.scalars(chosen).one()


class Site:
    """The app on a database with the world in it."""

    def __init__(self, folder: Path, mode: Mode = Mode.DEMO) -> None:
        self._live, self._kept = folder / "live.sqlite3", folder / "kept.sqlite3"
        address = sqlite_copy("world", FILLS["world"], self._live)
        sqlite_copy("world", FILLS["world"], self._kept)
        self.app: Flask = create_app(
            Settings(
                mode=mode,
                secret_key=SECRET_KEY,
                database_url=address,
                base_url="http://localhost",
                encoder="none",
            )
        )
        self.app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(run_folder()))
        self.sessions: Sessions = self.app.extensions["brug_sessions"]
        self._watch = sqlite3.connect(self._live)
        with self.sessions.reading() as reading:
            self.numbers = numbers(reading)
        self._clean = self.changes()

    def close(self) -> None:
        """Let go of the database."""
        self._watch.close()
        self.sessions.engine.dispose()

    def reset(self) -> None:
        """Put everything back as it was."""
        if self.changes() == self._clean:
            return
        self.sessions.engine.dispose()
        with (
            closing(sqlite3.connect(self._kept)) as kept,
            closing(sqlite3.connect(self._live)) as live,
        ):
            kept.backup(live)
        self.app.extensions["brug_catalogue"] = Catalogue()
        self._clean = self.changes()

    def changes(self) -> int:
        """Return a number that differs once anything was committed."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def person(self, name: str) -> Person:
        """Return somebody at a browser of his own."""
        return Person(self, name)

    def address(self, endpoint: str, **names: str) -> str:
        """Return an address; objects are named as in the world, other arguments as they are."""
        values = {key: self.numbers.get(key, {}).get(name, name) for key, name in names.items()}
        with self.app.test_request_context():
            return url_for(endpoint, **values)
