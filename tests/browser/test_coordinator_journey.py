"""The coordinator decides: by keyboard, never on his own interests, never twice."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from models import now
from tests.browser.acting import (
    BUYER,
    COORDINATOR,
    OFFICER,
    SECOND_COORDINATOR,
    SUPPLIER,
    choose,
    has_focus,
    log_in,
    look_at,
    menu,
    open_menu_by_keyboard,
    press,
    tab_to,
    write,
)
from tests.browser.conftest import Visit

pytestmark = pytest.mark.parametrize("width", [1280, 390])

#: The demo buyer asks it; the best offer is the demo supplier's.
NEED = "Hulp aan de inpaklijn voor wafels"
BEST = "Inpakploeg van 4 tot 8 mensen"
#: Its best offer is of an organisation in which the first coordinator has an interest.
INTEREST = "Wie houdt mee toezicht in onze refter?"


@pytest.fixture
def server(own_server: str) -> str:
    """A server of each test's own: every one of them decides."""
    return own_server


def cards(page: Page) -> Locator:
    """Return the offers on the desk, the best first."""
    return page.locator("[data-card]")


def said(page: Page, words: str) -> None:
    """Wait until the page says what was done, and listens to keys again."""
    expect(page.get_by_role("status").first).to_contain_text(words)
    page.wait_for_load_state()


def open_need(page: Page, title: str) -> None:
    """Open a need from the queue."""
    menu(page, "Wachtrij")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    # The keys listen once the page has its scripts.
    page.wait_for_load_state()


def test_the_coordinator_decides_with_the_keyboard_alone(page: Page) -> None:
    log_in(page, COORDINATOR)
    open_menu_by_keyboard(page, "Wachtrij")
    rows = page.locator("[data-row] h2 a")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    wanted = page.get_by_role("link", name=NEED)
    for _ in range(rows.count()):
        if has_focus(wanted):
            break
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NEED)
    page.wait_for_load_state()

    page.keyboard.press("j")
    expect(cards(page).nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(cards(page).nth(1)).to_be_focused()
    page.keyboard.press("a")
    why = cards(page).nth(1).get_by_label("Waarom dit aanbod?")
    expect(why).to_be_focused()
    look_at(page)
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    page.keyboard.press("a")
    expect(why).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(why).to_be_focused()
    page.keyboard.type("Zij kennen onze lijn al. ")
    press(page, cards(page).nth(1).get_by_role("button", name="Goedkeuren"))
    said(page, "Goedgekeurd")
    look_at(page)

    page.keyboard.press("u")
    said(page, "Ongedaan gemaakt")
    page.keyboard.press("r")
    choose(page, cards(page).nth(1).get_by_label("Waarom past het niet?"), "Te ver")
    write(page, cards(page).nth(1).get_by_label("In enkele woorden"), "Geen bus om zes uur.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "Geweigerd")
    expect(cards(page).filter(has_text="Geen bus om zes uur.")).to_contain_text("Te ver")
    page.keyboard.press("u")
    said(page, "Ongedaan gemaakt")

    page.keyboard.press("k")
    expect(cards(page).nth(0)).to_be_focused()
    page.keyboard.press("a")
    said(page, "Goedgekeurd")
    expect(cards(page).nth(0)).to_contain_text("Naar de kennismaking")


def test_the_keys_put_off_and_explain_themselves(page: Page) -> None:
    log_in(page, COORDINATOR)
    open_need(page, NEED)
    page.keyboard.press("?")
    helped = page.locator("[data-keys-help]")
    expect(helped.get_by_role("checkbox")).to_be_visible()
    look_at(page)
    page.keyboard.press("?")
    expect(helped.get_by_role("checkbox")).to_be_hidden()
    page.keyboard.press("l")
    day = page.get_by_label("Terug in de wachtrij op")
    expect(day).to_be_focused()
    day.fill((now() + timedelta(days=14)).date().isoformat())
    press(page, page.get_by_role("button", name="Uitstellen"))
    expect(page.locator("main")).to_contain_text("Uitgesteld tot")
    menu(page, "Wachtrij")
    page.get_by_role("link", name=re.compile("^Later 1")).click()
    expect(page.locator("[data-row]")).to_contain_text([NEED])

    # In a field a letter is only a letter.
    tab_to(page, page.get_by_label("Tekst of organisatie"))
    page.keyboard.type("jaarmarkt")
    expect(page.get_by_label("Tekst of organisatie")).to_have_value("jaarmarkt")


def test_who_has_an_interest_hands_over_and_both_sides_meet(page: Page, visit: Visit) -> None:
    log_in(page, COORDINATOR)
    open_need(page, INTEREST)
    best = cards(page).first
    expect(best).to_contain_text("U hebt een belang")
    expect(best.get_by_role("button", name="Goedkeuren")).to_have_count(0)

    page.goto("/regie/belangen?q=Krokantje")
    page.get_by_role("button", name="Ik heb een belang").click()
    open_need(page, NEED)
    expect(page.locator("main")).to_contain_text("U hebt een belang bij de vrager")
    expect(page.get_by_role("button", name="Goedkeuren")).to_have_count(0)
    look_at(page)
    page.get_by_label("Een woordje voor uw collega").fill("Mijn broer werkt daar.")
    page.get_by_role("button", name="Aan Pieter Boogaerts").click()

    colleague = visit()
    log_in(colleague, SECOND_COORDINATOR)
    menu(colleague, "Wachtrij")
    expect(colleague.locator("[data-row]").first).to_contain_text(NEED)
    open_need(colleague, NEED)
    expect(colleague.locator("main")).to_contain_text("Lien Verbruggen")
    expect(cards(colleague).first).to_contain_text(BEST)
    cards(colleague).first.get_by_role("button", name="Goedkeuren").click()
    said(colleague, "Goedgekeurd")

    for email, other in ((BUYER, SUPPLIER), (SUPPLIER, BUYER)):
        side = visit()
        log_in(side, email)
        side.goto("/kennismakingen")
        side.get_by_role("link", name=NEED).click()
        expect(side.get_by_role("link", name=other)).to_have_count(0)
        expect(side.get_by_role("heading", name="Waarom het past")).to_be_visible()
        look_at(side)
        side.get_by_role("button", name="Ja, wij willen kennismaken").click()
        said(side, "Bedankt voor uw ja")
    expect(side.get_by_role("link", name=BUYER)).to_be_visible()


def test_the_second_of_two_sees_what_happened(page: Page, visit: Visit) -> None:
    first, second = page, visit()
    log_in(first, COORDINATOR)
    log_in(second, SECOND_COORDINATOR)
    open_need(first, NEED)
    open_need(second, NEED)
    cards(first).first.get_by_role("button", name="Goedkeuren").click()
    said(first, "Goedgekeurd")

    card = cards(second).first
    card.locator("summary", has_text="Weigeren").click()
    card.get_by_label("Waarom past het niet?").select_option("Te ver")
    card.get_by_role("button", name="Weigeren").click()
    said(second, "Lien Verbruggen was u voor")
    expect(second.get_by_role("status").first).to_be_in_viewport()
    expect(cards(second).first).to_contain_text("Goedgekeurd")
    expect(cards(second).first).not_to_contain_text("Te ver")
    look_at(second)


def test_the_policy_officer_sees_his_municipality_and_decides_nothing(page: Page) -> None:
    log_in(page, OFFICER)
    menu(page, "Mijn gemeente")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bekkevoort")
    look_at(page)
    page.goto("/gemeente/vragen")
    page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Goedkeuren")).to_have_count(0)
    answer = page.goto("/regie")
    assert answer is not None
    assert answer.status == 403
