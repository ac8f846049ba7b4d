"""Somebody without an account looks around."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import look_at, tab_to, write

pytestmark = pytest.mark.parametrize("width", [1280, 390])


def test_a_search_keeps_its_filters_in_the_address_and_the_back_button(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Wat zoekt u?").fill("gras maaien")
    page.get_by_role("button", name="Zoeken", exact=True).click()
    expect(page.locator(".results li.result").first).to_contain_text(re.compile("gras|groen", re.I))
    everything = page.locator("#found").inner_text()

    page.get_by_label("Soort aanbod").select_option("Enclaveploeg")
    page.get_by_role("button", name="Zoeken", exact=True).click()
    expect(page).to_have_url(re.compile(r"q=gras\+maaien.*soort=enclave_team"))
    expect(page.get_by_label("Wat zoekt u?")).to_have_value("gras maaien")
    for tag in page.locator(".results .tag:first-child").all():
        expect(tag).to_have_text("Enclaveploeg")
    look_at(page)

    page.go_back()
    expect(page.locator("#found")).to_have_text(everything)
    page.go_forward()
    page.reload()
    expect(page.get_by_label("Soort aanbod")).to_have_value("enclave_team")

    page.locator(".results h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Plaats"))).not_to_have_count(0)


def test_a_place_is_completed_with_the_keyboard(page: Page) -> None:
    page.goto("/zoeken")
    place = page.get_by_role("combobox", name="In de buurt van")
    write(page, place, "bekk")
    expect(page.get_by_role("option", name=re.compile("Bekkevoort")).first).to_be_visible()
    expect(page.get_by_role("listbox", name="In de buurt van", exact=True)).to_be_visible()
    look_at(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(place).to_have_value("3460 Bekkevoort")
    tab_to(page, page.get_by_role("button", name="Zoeken", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"plaats=3460\+Bekkevoort"))
    expect(page.get_by_text("In de buurt van 3460 Bekkevoort")).to_be_visible()
    expect(page.locator(".results .tag", has_text="km").first).to_be_visible()


def test_the_list_of_a_required_place_is_called_after_its_question(page: Page) -> None:
    page.goto("/registreren")
    page.get_by_role("combobox", name="Gemeente").press_sequentially("bekk")
    expect(page.get_by_role("listbox", name="Gemeente", exact=True)).to_be_visible()
