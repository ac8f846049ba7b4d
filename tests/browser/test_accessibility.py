"""Whoever comes, whatever he opens: readable, reachable, on every screen."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.acting import (
    BUYER,
    COORDINATOR,
    OFFICER,
    SUPPLIER,
    check_focus,
    fits,
    log_in,
    newest_link,
)
from tests.browser.conftest import Visit
from tests.support.once import run_folder
from tests.support.watch import check_axe
from web.app import create_app
from web.settings import Mode, Settings

EMAILS = {"buyer": BUYER, "supplier": SUPPLIER, "coordinator": COORDINATOR, "officer": OFFICER}
#: Addresses that answer with something else than a page.
NO_PAGES = {
    "static",
    "bootstrap.static",
    "visitor.places",
    "visitor.robots",
    "buyer.activities",
    "coordinator.mail_sample_html",
    "importing.template",
    "introductions.attachment",
    "introductions.visit_calendar",
    "account.my_data",
    "record.history_file",
    "record.log_file",
}
#: Pages behind a mailed link or a sent file; tests of their own open them below.
ELSEWHERE = {
    "account.accept",
    "account.answer",
    "account.confirm",
    "account.reset",
    "account.unsubscribe",
    "importing.batch",
}


@dataclass(frozen=True)
class Line:
    """Somebody who opens a page."""

    endpoint: str
    who: str
    address: str


def _lines() -> list[Line]:
    text = Path(__file__).with_name("pages.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines()]
    return [Line(*row) for row in rows if row and row[0] != "#"]


LINES = _lines()

_NEED = """select min(need.id) from need join membership using (organisation_id)
    join user on user.id = user_id where email = ? and status = ?"""
_OFFER = """select min(offer.id) from offer join membership using (organisation_id)
    join user on user.id = user_id where email = ? and status = 'published'"""
_ORGANISATION = """select min(organisation_id) from membership
    join user on user.id = user_id where email = ?"""
_NUMBERS = {
    "draft": (_NEED, BUYER, "draft"),
    "published": (_NEED, BUYER, "published"),
    "approved": (_NEED, BUYER, "approved"),
    "municipal": (_NEED, OFFICER, "published"),
    "own_interest": (
        """select need_id from match join offer on offer.id = offer_id
        join declared_interest using (organisation_id) join user on user.id = user_id
        join need on need.id = need_id
        where email = ? and need.status = 'published' and match.status = 'suggested'
        order by score desc""",
        COORDINATOR,
    ),
    "fitting": (
        """select need_id from match join offer on offer.id = offer_id
        join membership using (organisation_id) join user on user.id = user_id
        join need on need.id = need_id
        where email = ? and need.status = 'published' and match.status = 'suggested'
        order by score desc""",
        SUPPLIER,
    ),
    "buyer": (_ORGANISATION, BUYER),
    "supplier": (_ORGANISATION, SUPPLIER),
    "offered": (_OFFER, SUPPLIER),
    "service": ("select min(id) from offer where kind = 'service' and status = 'published'",),
    "profile": ("select min(id) from offer where kind = 'profile' and status = 'published'",),
    "match": (
        """select min(match.id) from match join need on need.id = need_id
        join membership using (organisation_id) join user on user.id = user_id
        where email = ? and match.status = 'agreed'""",
        BUYER,
    ),
    "asked": (
        """select min(match.id) from match join offer on offer.id = offer_id
        join membership using (organisation_id) join user on user.id = user_id
        where email = ? and match.status = 'approved'""",
        SUPPLIER,
    ),
    "ended": ("select min(id) from match where status = 'done'",),
    "activity": ("select min(id) from activity",),
    "rule": ("select min(id) from rule",),
}


@pytest.fixture(scope="module")
def numbers(server: str) -> dict[str, object]:
    """What the words in braces in pages.txt stand for."""
    with closing(sqlite3.connect(run_folder() / "demo.sqlite3")) as demo:
        found = {
            name: demo.execute(query, values).fetchone()
            for name, (query, *values) in _NUMBERS.items()
        }
    missing = [name for name, row in found.items() if row is None or row[0] is None]
    assert not missing, f"the demo region has no {', '.join(missing)}"
    return {name: row[0] for name, row in found.items()}


@pytest.fixture(scope="module")
def states(browser: Browser, server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the cookies of every person, who logged in once."""
    folder = tmp_path_factory.mktemp("states")
    for who, email in EMAILS.items():
        context = browser.new_context(base_url=server)
        log_in(context.new_page(), email)
        context.storage_state(path=folder / who)
        context.close()
    return folder


@pytest.fixture
def person(visit: Visit, states: Path, who: str) -> Page:
    """A page of somebody who is logged in, or of a visitor."""
    return visit(state=states / who if who in EMAILS else None)


def check_page(page: Page) -> None:
    """Look at all there is on the page, on a wide screen, a phone and one zoomed in far."""
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    expect(page.locator("h1")).to_have_count(1)
    check_axe(page)
    for wide in (320, 390):
        page.set_viewport_size({"width": wide, "height": 844})
        fits(page)
    page.get_by_role("button", name="Open het menu").click()
    check_axe(page)


@pytest.mark.parametrize(
    ("who", "line"),
    [pytest.param(line.who, line, id=f"{line.who} {line.address}") for line in LINES],
)
def test_a_page_is_accessible_and_fits_every_screen(
    person: Page, numbers: dict[str, object], line: Line
) -> None:
    address = line.address.format(**numbers)
    answer = person.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert answer.url.endswith(address)
    check_page(person)


def test_every_page_has_a_line() -> None:
    app = create_app(
        Settings(
            mode=Mode.DEMO,
            secret_key="s" * 40,
            database_url="sqlite://",
            base_url="http://localhost",
        )
    )
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - NO_PAGES - ELSEWHERE == {line.endpoint for line in LINES}


@pytest.mark.parametrize("who", ["visitor"])
def test_an_address_that_leads_nowhere_has_an_accessible_page(person: Page) -> None:
    person.goto("/dit-bestaat-niet")
    check_page(person)


@pytest.mark.parametrize("who", ["visitor"])
def test_choosing_a_password_again_is_accessible(person: Page) -> None:
    person.goto("/wachtwoord-vergeten")
    person.get_by_label("E-mailadres").fill(BUYER)
    person.get_by_label("E-mailadres").press("Enter")
    person.wait_for_url("**/mail")
    person.goto(newest_link(person, BUYER))
    check_page(person)


@pytest.mark.parametrize("who", ["buyer"])
def test_an_invitation_is_accessible_for_a_new_colleague(
    person: Page, visit: Visit, numbers: dict[str, object]
) -> None:
    person.goto(f"/mijn-organisaties/{numbers['buyer']}")
    person.get_by_label("E-mailadres").fill("nieuw@krokantje.example")
    person.get_by_label("E-mailadres").press("Enter")
    expect(person.get_by_text("nieuw@krokantje.example").first).to_be_visible()
    newcomer = visit()
    newcomer.goto(newest_link(newcomer, "nieuw@krokantje.example"))
    check_page(newcomer)


@pytest.mark.parametrize("who", ["coordinator"])
def test_a_mail_and_stopping_it_are_accessible(person: Page, visit: Visit) -> None:
    person.goto("/regie/mail/voorbeelden/introduction/opmaak")
    check_axe(person)
    for wide in (320, 390):
        person.set_viewport_size({"width": wide, "height": 844})
        fits(person)
    stop = person.get_by_role("link", name="Geen mail meer hierover").get_attribute("href")
    person.goto("/regie/mail/voorbeelden/offers_current/opmaak")
    check_axe(person)
    answering = person.get_by_role("link", name="Ja, dit klopt nog").first.get_attribute("href")
    person.goto(answering or "")
    expect(person.get_by_role("heading", name="Deze link is voor iemand anders")).to_be_visible()
    check_page(person)
    reader = visit()
    reader.goto(stop or "")
    expect(reader.get_by_role("button", name="Ja, stop deze mail")).to_be_visible()
    check_page(reader)


@pytest.mark.parametrize("who", ["coordinator"])
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_a_list_that_is_brought_in_is_accessible(person: Page, right: bool) -> None:
    person.goto("/regie/invoer")
    example = person.request.get("/regie/invoer/sjabloon/organisation.csv").body()
    rows = example if right else example.replace(b"0", b"x")
    file = FilePayload(name="proef.csv", mimeType="text/csv", buffer=rows)
    person.set_input_files("input[type=file]", file)
    person.get_by_label("Organisaties").check()
    person.get_by_role("button", name="Eerst bekijken").click()
    person.wait_for_url("**/regie/invoer/*")
    check_page(person)


@pytest.mark.parametrize(
    ("who", "address", "button"),
    [
        ("visitor", "/aanmelden", "Aanmelden"),
        ("visitor", "/registreren", "Maak mijn account"),
        ("buyer", "/vragen/nieuw", "Verder naar de vragen"),
        ("buyer", "/vragen/{draft}/antwoorden", "Publiceer"),
        ("supplier", "/mijn-aanbod/nieuw/profiel", "Publiceer"),
        ("coordinator", "/regie/activiteiten/nieuw", "Bewaren"),
    ],
)
def test_a_form_with_mistakes_is_accessible(
    person: Page, numbers: dict[str, object], address: str, button: str
) -> None:
    person.goto(address.format(**numbers))
    person.locator("main").get_by_role("button", name=button, exact=True).first.click()
    expect(person.locator("main .is-invalid").first).to_be_visible()
    check_page(person)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("visitor", "/"),
        ("visitor", "/zoeken?q=tuin"),
        ("buyer", "/vragen/{draft}/antwoorden"),
        ("buyer", "/vragen/{published}"),
        ("supplier", "/mijn-aanbod"),
        ("coordinator", "/regie"),
        ("coordinator", "/regie/vragen/{published}"),
        ("officer", "/gemeente"),
    ],
)
def test_the_keyboard_shows_where_it_is_all_through_the_page(
    person: Page, numbers: dict[str, object], address: str
) -> None:
    person.goto(address.format(**numbers))
    expect(person.locator("main")).to_be_visible()
    stops = 0
    person.keyboard.press("Tab")
    while not person.evaluate("document.activeElement === document.body"):
        check_focus(person)
        stops += 1
        assert stops < 400, "the keyboard does not get out of the page"
        person.keyboard.press("Tab")
    assert stops > 10


@pytest.mark.parametrize("who", ["visitor"])
def test_the_skip_link_leads_past_the_menu(person: Page) -> None:
    person.goto("/zoeken")
    person.keyboard.press("Tab")
    expect(person.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    check_focus(person)
    person.keyboard.press("Enter")
    person.keyboard.press("Tab")
    expect(person.get_by_label("Wat zoekt u?")).to_be_focused()
