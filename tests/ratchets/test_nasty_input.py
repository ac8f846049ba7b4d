"""Whatever is typed in any field of any form: a message or a harmless text, never a failure."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import Table, select, update
from werkzeug.test import TestResponse

from models import (
    Activity,
    ActivitySynonym,
    Base,
    Decision,
    DeclaredInterest,
    ImportBatch,
    Need,
    Notice,
    Offer,
    Organisation,
    OutboxMail,
    Region,
    Rule,
    User,
)
from tests.support.pages import Control, Form, forms_in, parsed
from tests.support.routes import MORE_PAGES, PAGES, ROWS, Row, found_forms, values_of
from tests.support.site import Site

SCRIPT = "<script>alert('x')</script>"
NASTY = {
    "html": f'"><h1>Kop</h1><img src=x onerror=alert(1)>{SCRIPT}</textarea></form>',
    "words": "'; DROP TABLE need; -- {{ 991*997 }} {% raw %} "
    "%(name)s %s %% {0} ${x} 🌉👩‍🦽 ﷽ \u202eom",
    "control": "a\x00b\x01c\x08d\x1be\x7ff\r\n\tg\u2028h\ud7ff",
    "number": "9" * 400,
    "infinite": "1e999",
    "negative": "-1",
    "date": "0000-13-99",
    "spaces": " \t\r\n ",
}
#: Those that could break a page; reading one strictly takes longer than making it.
PARSED = (NASTY["html"], NASTY["control"])
#: All of it at once, short enough for most fields.
MIXED = f"'; DROP--{SCRIPT}{{{{991*997}}}}%s\x00\x08🌉"
HUGE = "x" * 1024 * 1024
#: What a person may be answered; 413 where all of it together is more than anybody types.
ANSWERS = frozenset({200, 303, 403, 409, 410, 413, 422, 429})
SENDING = [row for row in ROWS if row.method == "POST"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def found(site: Site) -> dict[tuple[str, str], Form]:
    return found_forms(site)


def _endpoint(site: Site, path: str) -> str:
    return str(site.app.url_map.bind("localhost").match(path, "POST")[0])


def _forms_of(site: Site, found: dict[tuple[str, str], Form], row: Row) -> list[Form]:
    """Return the different forms that lead to a route; most have one."""
    different: dict[tuple[str, ...], Form] = {}
    for (name, path), form in found.items():
        if name == row.right and _endpoint(site, path) == row.endpoint:
            fields = tuple(sorted(re.sub(r"\d+", "", control.name) for control in form.controls))
            different.setdefault(fields, form)
    return list(different.values())


def _send(site: Site, row: Row, form: Form, changes: dict[str, Any]) -> TestResponse:
    site.reset()
    person = site.person(row.right)
    values = {**values_of(site, row, form), **changes, "csrf_token": person.token}
    answer = person.client.post(form.action, data=values, follow_redirects=False)
    assert answer.status_code in ANSWERS, f"{answer.status_code} for {list(changes)}"
    # Werkzeug puts a large form in a file and leaves that open.
    answer.request.input_stream.close()
    while answer.status_code == 303:
        answer = person.get(answer.headers["Location"])
    return answer


def _is_harmless(page: Element) -> bool:
    """Tell whether what was typed is nothing but text on this page."""
    runs = [e for e in page.iter("script") if not e.get("src") or e.text]
    acts = [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)]
    strange = [e for e in page.iter("img") if e.get("src") == "x"]
    return not runs and not acts and not strange and "javascript:" not in _addresses(page)


def _addresses(page: Element) -> str:
    return " ".join(e.get("href", "") for e in page.iter() if "://" not in e.get("href", ""))


def _typed(form: Form) -> list[Control]:
    return [control for control in form.controls if control.is_typed]


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("row", SENDING, ids=lambda row: row.id)
def test_all_fields_at_once_hold_the_same_nasty_text(
    site: Site, found: dict[tuple[str, str], Form], row: Row, nasty: str
) -> None:
    for form in _forms_of(site, found, row):
        if fields := _typed(form):
            answer = _send(site, row, form, {field.name: nasty for field in fields})
            assert SCRIPT not in answer.text
            if nasty in PARSED and answer.mimetype == "text/html":
                assert _is_harmless(parsed(answer.text, strict=True))


def _kept(answer: TestResponse, form: Form, field: Control) -> bool:
    """Tell whether a field still holds what was typed; a password never does."""
    again = [
        control.values[0]
        for other in forms_in(parsed(answer.text), form.action)
        if other.path == form.path
        for control in other.controls
        if control.name == field.name and control.values
    ]
    if field.type == "password":
        return not any("DROP" in value for value in again)
    return any(SCRIPT in value and "DROP--" in value for value in again)


@pytest.mark.parametrize("row", SENDING, ids=lambda row: row.id)
def test_each_field_alone_is_escaped_and_kept_or_stored_as_text(
    site: Site, found: dict[tuple[str, str], Form], row: Row
) -> None:
    lost = []
    for form in _forms_of(site, found, row):
        for field in _typed(form):
            answer = _send(site, row, form, {field.name: MIXED})
            if answer.mimetype == "text/html":
                assert _is_harmless(parsed(answer.text, strict=True)), field.name
            if answer.status_code == 422 and not _kept(answer, form, field):
                lost.append(field.name)
    assert lost == []


@pytest.mark.parametrize("row", SENDING, ids=lambda row: row.id)
def test_a_megabyte_in_any_field_gets_a_message_and_is_kept(
    site: Site, found: dict[tuple[str, str], Form], row: Row
) -> None:
    for form in _forms_of(site, found, row):
        for field in _typed(form):
            answer = _send(site, row, form, {field.name: HUGE})
            assert answer.status_code in (200, 422, 429), field.name
            if answer.status_code == 422 and field.type != "password":
                assert HUGE in answer.text, f"{field.name} is not kept"


@pytest.mark.parametrize("row", SENDING, ids=lambda row: row.id)
def test_fields_that_nobody_types_in_may_hold_anything(
    site: Site, found: dict[tuple[str, str], Form], row: Row
) -> None:
    for form in _forms_of(site, found, row):
        fields = [c.name for c in form.controls if not c.is_typed and "csrf" not in c.name]
        for name in fields:
            answer = _send(site, row, form, {name: MIXED})
            assert SCRIPT not in answer.text, name
        for garbage in ("", "-1", "9" * 30, "٣"):
            _send(site, row, form, dict.fromkeys(fields, garbage))


@pytest.mark.parametrize("row", SENDING, ids=lambda row: row.id)
def test_an_empty_a_doubled_and_an_unreadable_form_fail_nowhere(site: Site, row: Row) -> None:
    address = row.address(site)
    for body in ("", "text=a&text=b&kind=x&kind=y&version=", "text=%ff%fe&title=%00&kind=%c3%28"):
        site.reset()
        person = site.person(row.right)
        data = f"csrf_token={person.token}&{body}"
        kind = "application/x-www-form-urlencoded"
        answer = person.client.post(address, data=data, content_type=kind)
        assert answer.status_code in {*ANSWERS, 404}


@pytest.mark.parametrize("row", [*PAGES, *MORE_PAGES], ids=lambda row: row.id)
def test_filters_and_pages_in_the_address_take_anything(site: Site, row: Row) -> None:
    site.reset()
    person, address = site.person(row.right), row.address(site)
    names = {
        c.name for form in person.forms(address) for c in form.controls if form.method == "get"
    }
    names |= {"page", "q", "next"}
    path, _, asked = address.partition("?")
    # What says which thing a page is about stays: without it there is no such page.
    about = {name: value for name, value in parse_qsl(asked) if name.endswith("_id")}
    for value in (*NASTY.values(), MIXED, "x" * 5000):
        query = dict.fromkeys(sorted(names), value) | about
        answer = person.client.get(path, query_string=query)
        assert answer.status_code == 200, value[:20]
        assert SCRIPT not in answer.text


#: Where people's own words are stored; codes, numbers and addresses of the site are not.
FREE_TEXTS: dict[type[Base], tuple[str, ...]] = {
    Activity: ("label", "cluster"),
    ActivitySynonym: ("text",),
    DeclaredInterest: ("note",),
    Decision: ("words",),
    ImportBatch: ("filename",),
    Need: ("title", "text", "duration", "budget"),
    Notice: ("title", "body"),
    Offer: ("title", "text"),
    Organisation: ("name", "description", "recognition", "status_reason"),
    OutboxMail: ("subject", "body"),
    Region: ("name",),
    Rule: ("title", "explanation", "source"),
    User: ("name", "phone"),
}


@pytest.fixture(scope="module")
def poisoned(site: Site) -> Site:
    """The site with nasty text wherever people's words are stored."""
    site.reset()
    with site.sessions.writing.begin() as session:
        for model, names in FREE_TEXTS.items():
            table = model.__table__
            assert isinstance(table, Table)
            for name in names:
                column = table.c[name]
                for key in session.scalars(select(table.c.id)).all():
                    text = f"{NASTY['html']}{NASTY['words']}{key}"
                    row = update(table).where(table.c.id == key)
                    session.execute(row.values({column: text}))
        session.execute(update(Organisation).values(website="javascript:alert(1)"))
        nasty = {"quality": NASTY["html"], "safety": NASTY["words"]}
        for need in session.scalars(select(Need)):
            need.details = {**need.details, **nasty}
    return site


@pytest.mark.parametrize("row", [*PAGES, *MORE_PAGES], ids=lambda row: row.id)
def test_whatever_is_stored_is_shown_as_text(poisoned: Site, row: Row) -> None:
    answer = poisoned.person(row.right).get(row.address(poisoned))
    assert answer.status_code == 200
    page = parsed(answer.text, strict=True)
    assert _is_harmless(page)
    # No clock shows the product, as it did 49.
    assert "988027" not in html.unescape(answer.text), "a template ran"
