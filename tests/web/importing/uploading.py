"""Uploads a list as a coordinator does, or brings it in on the command line."""

import io
import re

from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from flask.testing import FlaskClient

from models import User
from web.cli.importing import import_

PAGE = "/regie/invoer"


def browser_of(app: Flask, person: User) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = person.session_token
        cookie["_fresh"] = True
    return client


def token(client: FlaskClient, page: str = PAGE) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def upload(client: FlaskClient, name: str, content: str | bytes, **values: str) -> str:
    """Upload a list and return the address of its preview."""
    raw = content.encode("cp1252") if isinstance(content, str) else content
    data = {
        "csrf_token": token(client),
        "kind": "need",
        "publish": "y",
        "file": (io.BytesIO(raw), name),
        **values,
    }
    answer = client.post(PAGE, data=data)
    assert answer.status_code == 303, answer.text
    return answer.location


def run_import(app: Flask, arguments: list[str]) -> Result:
    """Run `brug import` with these arguments."""
    return CliRunner().invoke(import_, arguments, obj=ScriptInfo(create_app=lambda: app))
