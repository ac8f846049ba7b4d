"""The scripts of a page come late on a slow line; what was done before them must count."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.acting import BUYER, COORDINATOR, SUPPLIER, log_in

WORDS = "Elke week moet het gras rond onze bakkerij gemaaid worden, ongeveer 1500 m²."
GIVEAWAY = "Werkte drie jaar in onze keuken, is 52 jaar en heeft last van epilepsie."
OWN_WORDS = re.compile("in uw eigen woorden$|in uw eigen woorden .verplicht.$")


@contextmanager
def scripts_late(page: Page, name: str = "*") -> Iterator[None]:
    """Hold back the scripts of that name until the end of the block."""
    held: list[Route] = []
    late = True

    def hold(route: Route) -> None:
        if late:
            held.append(route)
        else:
            route.continue_()

    page.route(f"**/static/js/{name}.js*", hold)
    yield
    late = False
    for route in held:
        route.continue_()


def own_words(page: Page) -> Locator:
    return page.get_by_role("textbox", name=OWN_WORDS)


def test_words_of_a_need_typed_before_the_script_are_recognised(page: Page) -> None:
    log_in(page, BUYER)
    with scripts_late(page):
        page.goto("/vragen/nieuw", wait_until="commit")
        own_words(page).fill(WORDS)
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()
    expect(page.get_by_role("radio", name="Een taak laten uitvoeren")).to_be_checked()


def test_a_kind_picked_before_the_script_stays_picked(page: Page) -> None:
    log_in(page, BUYER)
    with scripts_late(page):
        page.goto("/vragen/nieuw", wait_until="commit")
        own_words(page).fill(WORDS)
        page.locator("label", has_text="Een vacature").click()
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()
    expect(page.get_by_role("radio", name="Een vacature")).to_be_checked()


def test_words_of_an_offer_typed_before_the_script_are_looked_over(page: Page) -> None:
    log_in(page, SUPPLIER)
    with scripts_late(page):
        page.goto("/mijn-aanbod/nieuw/profiel", wait_until="commit")
        own_words(page).fill(GIVEAWAY)
    warned = page.get_by_role("region", name="Dit kan verraden om wie het gaat")
    expect(warned).to_contain_text("52 jaar")


@pytest.mark.parametrize(
    ("email", "address"), [(BUYER, "/vragen/nieuw"), (SUPPLIER, "/mijn-aanbod/nieuw/dienst")]
)
def test_words_the_browser_puts_back_are_recognised_again(
    page: Page, email: str, address: str
) -> None:
    log_in(page, email)
    page.goto(address)
    own_words(page).fill(WORDS)
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()
    page.goto("/werkvormen")
    page.go_back()
    expect(own_words(page)).to_have_value(WORDS)
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()


def test_a_place_begun_before_the_script_is_completed_and_keeps_the_focus(page: Page) -> None:
    with scripts_late(page):
        page.goto("/zoeken", wait_until="commit")
        place = page.get_by_role("textbox", name="In de buurt van")
        place.press_sequentially("bekk")
    place = page.get_by_role("combobox", name="In de buurt van")
    expect(place).to_be_focused()
    expect(page.get_by_role("option", name=re.compile("Bekkevoort")).first).to_be_visible()
    page.keyboard.type("evoort")
    expect(place).to_have_value("bekkevoort")


def test_an_answer_chosen_before_the_script_shows_what_follows_from_it(page: Page) -> None:
    log_in(page, BUYER)
    page.goto("/vragen/nieuw")
    own_words(page).fill(WORDS)
    page.locator("label", has_text="Een ploeg bij ons aan het werk").click()
    with scripts_late(page, "need-form"):
        page.get_by_role("button", name="Verder naar de vragen").click(no_wait_after=True)
        page.get_by_role("group", name="Is dit uw kernactiviteit?").get_by_label("Nee").check()
    expect(page.get_by_text("Dan past een dienst beter bij u.")).to_be_visible()


def test_a_side_chosen_before_the_script_asks_its_own_questions(page: Page) -> None:
    with scripts_late(page):
        page.goto("/registreren", wait_until="commit")
        page.get_by_label("Wij zijn een organisatie uit de sociale economie").check()
    expect(page.get_by_role("button", name="Tonen")).to_be_visible()
    expect(page.get_by_label("Werkvorm")).to_be_visible()


@pytest.mark.parametrize(
    ("email", "address", "button"),
    [
        (SUPPLIER, "/mijn-aanbod/nieuw/dienst", "Publiceer"),
        (COORDINATOR, "/regie/activiteiten/nieuw", "Bewaren"),
    ],
)
def test_a_late_script_leaves_the_focus_with_who_types(
    page: Page, email: str, address: str, button: str
) -> None:
    log_in(page, email)
    page.goto(address)
    with scripts_late(page):
        page.get_by_role("button", name=button, exact=True).click(no_wait_after=True)
        expect(page.locator("#form-errors")).to_be_visible()
        field = page.locator("main").get_by_role("textbox").first
        field.fill("gras")
        field.focus()
    page.wait_for_load_state()
    expect(field).to_be_focused()


@pytest.mark.parametrize(
    ("email", "address"),
    [(BUYER, "/vragen/nieuw?tekst=Gras+maaien"), (SUPPLIER, "/mijn-aanbod/nieuw/dienst")],
)
def test_what_the_server_looked_at_already_is_not_asked_again(
    page: Page, email: str, address: str
) -> None:
    log_in(page, email)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if "herken" in url] == []
