"""What keeps people and their data safe, over the whole site at once."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.pages import Form, parsed, text_of
from tests.support.routes import ROWS, Row, found_forms, values_of
from tests.support.site import NOBODY, Site
from tests.support.world import PASSWORD, email_of
from web.app import MEGABYTE, create_app
from web.security import CONTENT_SECURITY_POLICY
from web.settings import Mode, Settings, SettingsError

SITE = "https://brug.test"
#: Takes no token: mail programs send it by themselves, and its signed address is the proof.
SIGNED = frozenset({"account.unsubscribe"})
SENDING = [row for row in ROWS if row.method == "POST" and row.endpoint not in SIGNED]
#: Words of a program that went wrong; none belongs on a page for people.
DETAILS = ("Traceback", "Error", "Exception", "werkzeug", "sqlalchemy", "File &#34;", ".py")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def forms(site: Site) -> dict[tuple[str, str], Form]:
    return found_forms(site)


@pytest.mark.parametrize("row", SENDING, ids=lambda row: row.id)
def test_nothing_is_sent_without_a_token_of_ones_own(
    site: Site, forms: dict[tuple[str, str], Form], row: Row
) -> None:
    site.reset()
    address = row.address(site)
    form = forms.get((row.right, address))
    person, other = site.person(row.right), site.person("xavier")
    token, before = person.token, site.changes()
    for wrong in (None, "", "x", token[:-1], token[::-1], other.token):
        values = values_of(site, row, form)
        kept = {name: v for name, v in values.items() if not name.endswith("csrf_token")}
        answer = person.client.post(address, data=kept | ({"csrf_token": wrong} if wrong else {}))
        assert answer.status_code == 400, f"token {wrong!r}"
        assert "te lang open" in answer.text
    assert site.changes() == before


def _log_in(client: FlaskClient, site: str = "http://localhost", **more: str) -> TestResponse:
    page = parsed(client.get("/aanmelden", base_url=site, query_string=more).text)
    fields = {i.get("name", ""): i.get("value", "") for i in page.iter("input")}
    values = {**fields, "email": email_of("ann"), "password": PASSWORD}
    return client.post(
        "/aanmelden", data=values, base_url=site, headers={"Referer": f"{site}/aanmelden"}
    )


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example/vragen",
        "https:evil.example",
        "http:///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "data:text/html,hoi",
        "//evil.example\\@localhost",
        "evil.example",
        "/vragen\r\nSet-Cookie: a=b",
        "//evil.example/%2f..",
    ],
)
def test_whoever_logs_in_stays_on_this_site(site: Site, target: str) -> None:
    site.reset()
    answer = _log_in(site.app.test_client(), next=target)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mijn-brug")
    assert "a=b" not in str(answer.headers)


@pytest.mark.parametrize("target", ["/vragen", "/vragen?q=a%20b&page=2", "/%2f%2fevil.example"])
def test_whoever_logs_in_goes_on_to_where_he_was_going(site: Site, target: str) -> None:
    site.reset()
    answer = _log_in(site.app.test_client(), next=target)
    assert (answer.status_code, answer.headers["Location"]) == (303, target)


@pytest.fixture(scope="module")
def public(site: Site) -> Iterator[Flask]:
    """The site as it is outside, behind https."""
    settings = site.app.config["BRUG_SETTINGS"]
    app = create_app(
        Settings(
            mode=Mode.PRODUCTION,
            secret_key="t" * 40,
            database_url=settings.database_url,
            base_url=SITE,
            encoder="none",
        )
    )
    yield app
    app.extensions["brug_sessions"].engine.dispose()


def test_cookies_stay_with_this_site_and_away_from_scripts(site: Site, public: Flask) -> None:
    site.reset()
    client = public.test_client()
    client.get("/aanmelden", base_url=SITE)
    answer = _log_in(client, SITE)
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        flags = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= flags, cookie


def test_a_cookie_that_somebody_else_signed_opens_nothing(site: Site, public: Flask) -> None:
    foreign = site.person("ann").client.get_cookie("brug")
    assert foreign is not None
    client = public.test_client()
    client.set_cookie("brug", foreign.value)
    assert client.get("/mijn-brug").status_code == 303


def _failing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise ValueError("geheim in a Traceback")

    fail.brug_access = site.app.view_functions["visitor.glossary"].brug_access  # type: ignore[attr-defined]
    monkeypatch.setitem(site.app.view_functions, "visitor.glossary", fail)


def _refused(site: Site, status: int, monkeypatch: pytest.MonkeyPatch) -> TestResponse:
    """Return an answer with this status, as a person could get it."""
    person = site.person("xavier")
    if status == 400:
        return person.client.post("/afmelden")
    if status == 403:
        return person.get("/regie")
    if status == 405:
        return person.client.put("/zoeken", headers={"X-CSRFToken": person.token})
    if status == 413:
        return person.post("/vragen/nieuw", {"text": "x" * 13 * MEGABYTE})
    if status == 500:
        _failing(site, monkeypatch)
        return person.get("/woordenlijst")
    return person.get("/bestaat-niet")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 500])
def test_a_refusal_is_a_dutch_page_that_tells_no_details(
    site: Site, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = _refused(site, status, monkeypatch)
    assert answer.status_code == status
    page = parsed(answer.text, strict=True)
    assert page.get("lang") == "nl"
    assert [text_of(h) for h in page.iter("h1") if text_of(h)]
    assert [detail for detail in (*DETAILS, "geheim") if detail in answer.text] == []
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [
        "/static/brug.css",
        "/static/bestaat-niet.css",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/bootstrap/static/css/bootstrap.min.css",
        "/plaatsen.json?q=bek",
        "/robots.txt",
        "/mijn-brug",
        "/regie/invoer/sjabloon/need.csv",
    ],
)
def test_every_answer_carries_the_headers(site: Site, address: str) -> None:
    with site.person(NOBODY).get(address) as answer:
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "def create_app" not in answer.text


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    allowed = {source for rule in rules.values() for source in rule.split()}
    assert allowed == {"'none'", "'self'", "data:"}


COMPLETE = {"BRUG_SECRET_KEY": "k" * 32, "BRUG_BASE_URL": "https://brug.test"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"BRUG_SECRET_KEY": ""}, "BRUG_SECRET_KEY"),
        ({"BRUG_SECRET_KEY": "k" * 31}, "BRUG_SECRET_KEY"),
        ({"BRUG_BASE_URL": ""}, "BRUG_BASE_URL"),
        ({"BRUG_BASE_URL": "http://brug.test"}, "BRUG_BASE_URL"),
        ({"BRUG_MODE": "prodution"}, "BRUG_MODE"),
        ({"BRUG_TRUSTED_PROXIES": "-1"}, "BRUG_TRUSTED_PROXIES"),
    ],
)
def test_production_does_not_start_on_a_guess(changes: dict[str, str], named: str) -> None:
    assert Settings.from_environment(COMPLETE).mode is Mode.PRODUCTION
    with pytest.raises(SettingsError, match=named):
        Settings.from_environment({**COMPLETE, **changes})


def test_outside_production_every_start_signs_with_another_secret() -> None:
    first, second = (Settings.from_environment({"BRUG_MODE": "demo"}) for _ in range(2))
    assert len(first.secret_key) >= 32
    assert first.secret_key != second.secret_key
