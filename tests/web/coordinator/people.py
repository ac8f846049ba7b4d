"""People at a browser who are logged in: they open pages and send the forms they find there."""

from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import User
from web.database import Sessions

Fields = dict[str, str]


class _Forms(HTMLParser):
    """Every form of a page: its address and the fields with what they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((values.get("action", ""), {}))
        elif tag == "input" and self.forms and "name" in values:
            if values.get("type") not in ("checkbox", "radio") or "checked" in values:
                self.forms[-1][1][values["name"]] = values.get("value", "")
        elif tag == "textarea" and self.forms:
            self._area = values["name"]
            self.forms[-1][1][self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][1][self._area] += data.lstrip("\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None


class Person:
    """Somebody with a browser of his own."""

    def __init__(self, app: Flask, user_id: int | None) -> None:
        self.client: FlaskClient = app.test_client()
        if user_id is not None:
            stored: Sessions = app.extensions["brug_sessions"]
            with stored.reading() as session:
                token = session.get_one(User, user_id).session_token
            with self.client.session_transaction() as cookie:
                cookie["_user_id"] = token

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def form(self, path: str, action: str) -> tuple[str, Fields]:
        """Return the first form of a page whose address holds `action`, with its fields."""
        parser = _Forms()
        parser.feed(self.get(path).text)
        for address, fields in parser.forms:
            if action in (address or path):
                return address or path, fields
        raise AssertionError(f"{path} has no form for {action}")

    def send(self, path: str, action: str, **typed: Any) -> TestResponse:
        """Send a form of a page; a field is named by the end of its name."""
        address, fields = self.form(path, action)
        return self.post(address, fields, **typed)

    def post(self, address: str, fields: Fields, **typed: Any) -> TestResponse:
        for name, value in typed.items():
            known = next((field for field in fields if field.split("-")[-1] == name), name)
            prefix = next((f.rpartition("-")[0] for f in fields if "-" in f), "")
            fields[known if known in fields or not prefix else f"{prefix}-{name}"] = value
        return self.client.post(address, data=fields)
