"""What Brug reads in somebody's words is taken over, or called wrong, at once on the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import BUYER, COORDINATOR, SUPPLIER, log_in, look_at
from tests.browser.conftest import Visit

pytestmark = pytest.mark.parametrize("width", [1280, 390])

NEED = (
    "Wij zoeken 6 à 8 mensen om dozen te plooien in ons magazijn, enkel in de dag. "
    "VCA is een plus. Niet tillen boven 15 kg, geen hoogtewerk."
)
OFFER = "Wij plooien dozen in ons atelier, enkel binnen, vanaf 500 stuks. Geen particulieren."


def words(page: Page) -> None:
    """Write the words of a need and confirm how many people it takes."""
    log_in(page, BUYER)
    page.goto("/vragen/nieuw")
    page.get_by_label("Uw vraag, in uw eigen woorden").fill(NEED)
    people = page.get_by_role("checkbox", name="Mensen: 6–8")
    people.check()
    look_at(page)
    page.get_by_role("button", name="Verder naar de vragen").click()
    expect(page.get_by_label("Aantal mensen, minstens")).to_have_value("6")
    expect(page.get_by_label("Aantal mensen, hoogstens")).to_have_value("8")


def test_a_buyer_takes_over_what_is_right_and_says_what_is_not(page: Page) -> None:
    words(page)
    page.get_by_role("button", name="Overnemen (Werktijden)").click()
    expect(page.get_by_role("checkbox", name="Overdag")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Overdag")).to_be_focused()
    page.get_by_role("button", name="Klopt niet (Tillen)").click()
    again = page.get_by_role("button", name="Toch gebruiken (Tillen)")
    expect(again).to_be_focused()
    look_at(page)
    again.click()
    expect(page.get_by_role("button", name="Overnemen (Tillen)")).to_be_visible()
    page.get_by_role("button", name="Klopt niet (Tillen)").click()
    page.get_by_role("button", name="Alles overnemen").click()
    expect(page.get_by_label("Werk tot een hoogte van")).to_have_value("2")
    expect(page.get_by_label("Tillen tot")).to_have_value("")
    expect(page.get_by_role("checkbox", name="VCA basis").last).to_be_checked()
    page.get_by_role("button", name="Bewaar als concept").click()
    page.goto(page.url.rsplit("?", 1)[0] + "/antwoorden")
    expect(page.get_by_role("button", name="Toch gebruiken (Tillen)")).to_be_visible()
    expect(page.get_by_label("Werk tot een hoogte van")).to_have_value("2")


def test_a_supplier_sees_it_while_he_types(page: Page) -> None:
    log_in(page, SUPPLIER)
    page.goto("/mijn-aanbod/nieuw/dienst")
    page.get_by_label("Wat u kunt doen, in uw eigen woorden").fill(OFFER)
    seen = page.locator("#seen")
    expect(seen).to_contain_text("Geen particulieren")
    look_at(page)
    seen.get_by_role("button", name="Overnemen (Voor wie)").click()
    expect(page.get_by_role("checkbox", name="Scholen")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Particulieren")).not_to_be_checked()
    site = page.locator('[data-reading-slot="site"]')
    site.get_by_role("button", name="Overnemen (Waar)").click()
    expect(page.get_by_label("Waar gebeurt het werk?")).to_have_value("workshop")
    expect(seen).not_to_contain_text("in ons atelier")


def test_the_coordinator_sees_the_words_and_what_would_help_most(page: Page) -> None:
    log_in(page, COORDINATOR)
    page.goto("/regie/vragen/9")
    expect(page.locator(".reason-read").first).to_contain_text("gelezen")
    page.goto("/regie/vragen/13")
    change = page.locator(".best-change").first
    expect(change).to_contain_text("Eén wijziging helpt het meest (kans")
    expect(change).to_contain_text("→")


def test_without_a_script_the_page_comes_back_filled_in(visit: Visit) -> None:
    page = visit(javascript=False)
    log_in(page, BUYER)
    page.goto("/vragen/nieuw")
    page.get_by_label("Uw vraag, in uw eigen woorden").fill(NEED)
    page.get_by_role("button", name="Bekijk wat Brug herkent").click()
    page.get_by_role("checkbox", name="Mensen: 6–8").check()
    page.get_by_role("button", name="Verder naar de vragen").click()
    page.get_by_role("button", name="Overnemen (Hoogte)").click()
    expect(page.get_by_label("Werk tot een hoogte van")).to_have_value("2")
    assert page.url.endswith("#height_m")
    page.get_by_role("button", name="Klopt niet (Tillen)").click()
    expect(page.get_by_role("button", name="Toch gebruiken (Tillen)")).to_be_visible()
    expect(page.get_by_label("Werk tot een hoogte van")).to_have_value("2")
