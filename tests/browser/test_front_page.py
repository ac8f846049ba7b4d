"""The first thing a visitor sees."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.watch import check_axe


@pytest.mark.parametrize("width", [1280, 390])
def test_the_front_page_is_dutch_accessible_and_fits_the_screen(page: Page, width: int) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_axe(page)
