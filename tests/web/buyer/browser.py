"""A browser without JavaScript: it opens pages, fills in the forms it finds and sends them."""

from html.parser import HTMLParser
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models import User
from web.database import Sessions

SITE = "https://brug.test"


class _Form(HTMLParser):
    """The values that a form of a page would send as it stands."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.values: dict[str, list[str]] = {}
        self.found = self._inside = False
        self._text: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        if tag == "form" and given.get("id") == self.form_id:
            self.found = self._inside = True
        if not self._inside or "disabled" in given:
            return
        if tag == "input" and name and (_is_plain(given) or "checked" in given):
            self.values.setdefault(name, []).append(value or "")
        elif tag == "textarea":
            self._text = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.values):
            # With nothing selected a browser takes the first.
            self.values[self._select] = [value or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][0] += data.removeprefix("\r\n")


def _is_plain(given: dict[str, str | None]) -> bool:
    return given.get("type") not in ("checkbox", "radio")


class Browser:
    """One person with his cookies."""

    def __init__(self, app: Flask, user_id: int | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self._csrf = ""
        if user_id is not None:
            stored: Sessions = app.extensions["brug_sessions"]
            with (
                stored.reading() as session,
                self.client.session_transaction(base_url=SITE) as cookie,
            ):
                cookie["_user_id"] = _token(session, user_id)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, base_url=SITE)

    def form(self, path: str, form_id: str) -> dict[str, list[str]]:
        """Return what a form of a page would send, untouched."""
        return form_in(self.get(path), form_id)

    def post(self, path: str, values: dict[str, Any]) -> TestResponse:
        """Send values, with the token that every page carries in its log-out form."""
        return self.client.post(
            path,
            base_url=SITE,
            # A browser tells where a form stood; behind https its absence is refused.
            headers={"Referer": f"{SITE}{path}"},
            data={**self._token(), **values},
        )

    def send(self, path: str, form_id: str, button: str, **changes: Any) -> TestResponse:
        """Fill in a form of a page and press one of its buttons."""
        return self.post(path, {**self.form(path, form_id), **changes, "action": button})

    def _token(self) -> dict[str, str]:
        if not self._csrf:
            page = self.get("/vragen").text
            marker = 'name="csrf_token" value="'
            start = page.index(marker) + len(marker)
            self._csrf = page[start : page.index('"', start)]
        return {"csrf_token": self._csrf}


def _token(session: Session, user_id: int) -> str:
    return session.get_one(User, user_id).session_token


def form_in(page: TestResponse, form_id: str) -> dict[str, list[str]]:
    """Return what a form of an answer would send, untouched."""
    parser = _Form(form_id)
    parser.feed(page.text)
    assert parser.found, f"no form {form_id}: {page.status}"
    return parser.values
