"""A social-economy organisation is let in, lists what it can do, and keeps it right."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import (
    COORDINATOR,
    SUPPLIER,
    choose,
    log_in,
    look_at,
    menu,
    newest_link,
    open_menu_by_keyboard,
    press,
    write,
)
from tests.browser.conftest import Visit

pytestmark = pytest.mark.parametrize("width", [1280, 390])

NAME = "Maatwerkbedrijf De Proeftuin vzw"
EMAIL = "jo.proef@proeftuin.example"
SECRET = "een lange zin als wachtwoord"
MOWING = "Wij maaien gras, scheren hagen en wieden voor gemeenten, scholen en bedrijven."
GIVEAWAY = "Werkte drie jaar in onze keuken, is 52 jaar en heeft last van epilepsie."


@pytest.fixture
def server(own_server: str) -> str:
    """A server of each test's own: every one of them changes the region."""
    return own_server


def register(page: Page) -> None:
    """Register a supplier and confirm its address."""
    page.goto("/")
    page.get_by_role("link", name="Zet uw aanbod op Brug").click()
    expect(page.get_by_label("Wij zijn een organisatie uit de sociale economie")).to_be_checked()
    page.get_by_label("Ondernemingsnummer (KBO)").fill("0999.510.071")
    page.get_by_label("Naam van de organisatie").fill(NAME)
    page.get_by_label("Soort organisatie").select_option("Organisatie uit de sociale economie")
    page.get_by_role("combobox", name="Gemeente").fill("3460 Bekkevoort")
    page.get_by_label("Werkvorm").select_option("Maatwerkbedrijf")
    page.get_by_label("Uw naam").fill("Jo Proef")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").first.fill(SECRET)
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mailbox")
    page.goto(newest_link(page, EMAIL))
    page.get_by_role("button", name="Ja, dit ben ik").click()
    expect(page.locator("main")).to_contain_text("bevestigd")


def test_an_organisation_waits_is_let_in_and_publishes(page: Page, visit: Visit) -> None:
    register(page)
    log_in(page, EMAIL, SECRET)
    menu(page, "Mijn aanbod")
    expect(page.get_by_role("heading", name="Wacht op de regisseur")).to_be_visible()
    look_at(page)
    page.goto("/mijn-aanbod/nieuw/dienst")
    page.get_by_label("Wat u kunt doen, in uw eigen woorden").fill(MOWING)
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()
    expect(page.get_by_role("button", name="Publiceer")).to_have_count(0)
    page.get_by_label("Waar gebeurt het werk?").select_option("Ter plaatse")
    page.get_by_role("button", name="Bewaar als concept").click()
    expect(page.get_by_role("status").first).to_contain_text("bewaard")

    coordinator = visit()
    log_in(coordinator, COORDINATOR)
    menu(coordinator, "Werkingsgebied")
    waiting = coordinator.get_by_role("article", name=NAME)
    expect(waiting).to_contain_text("Maatwerkbedrijf")
    look_at(coordinator)
    waiting.get_by_role("button", name="Toelaten", exact=True).click()
    expect(coordinator.get_by_role("article", name=NAME)).to_have_count(0)

    page.goto(f"/postbus?aan={EMAIL}")
    expect(page.get_by_role("article").first).to_contain_text(NAME)
    menu(page, "Mijn aanbod")
    page.get_by_role("link", name="Verder schrijven").click()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passende vragen")
    fit = page.get_by_role("article").first
    expect(fit.get_by_role("img", name=re.compile("kans"))).to_be_visible()
    expect(fit.get_by_role("listitem").first).to_be_visible()
    look_at(page)


def test_a_profile_that_gives_somebody_away_must_be_looked_over(page: Page) -> None:
    log_in(page, SUPPLIER)
    menu(page, "Mijn aanbod")
    page.get_by_role("link", name="Aanbod plaatsen").click()
    look_at(page)
    page.get_by_role("link", name="Profiel").click()
    page.get_by_label("Wat deze persoon kan en zoekt, in uw eigen woorden").fill(GIVEAWAY)
    warned = page.get_by_role("region", name="Dit kan verraden om wie het gaat")
    expect(warned).to_contain_text("52 jaar")
    expect(warned).to_contain_text("leeftijd")
    expect(warned).to_contain_text("gezondheid")
    look_at(page)
    page.get_by_label("Uren per week").first.fill("19")
    page.get_by_role("button", name="Publiceer").click()

    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Wat deze persoon kan en zoekt, in uw eigen woorden")).to_have_value(
        GIVEAWAY
    )
    look_at(page)
    page.get_by_label("Ik heb dit nagekeken: de tekst mag zo blijven").check()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passende vragen")


def test_an_offer_is_paused_shown_again_and_confirmed(page: Page) -> None:
    log_in(page, SUPPLIER)
    menu(page, "Mijn aanbod")
    title = "Werkplek in ons inpakatelier, eerste stap"
    offer = page.get_by_role("article").filter(has_text=title)
    expect(offer).to_contain_text("Gepubliceerd")
    offer.get_by_role("button", name="Pauzeren").click()
    expect(offer).to_contain_text("Gepauzeerd")
    offer.get_by_role("button", name="Opnieuw tonen").click()
    expect(offer).to_contain_text("Gepubliceerd")
    offer.get_by_role("button", name="Klopt nog").click()
    expect(page.get_by_role("status").first).to_be_visible()
    look_at(page)


def test_the_needs_that_fit_stand_there_with_why(page: Page) -> None:
    log_in(page, SUPPLIER)
    menu(page, "Passende vragen")
    page.get_by_label("Soort").select_option("Enclave")
    page.get_by_role("button", name="Tonen").click()
    expect(page).to_have_url(re.compile("soort=enclave"))
    best = page.get_by_role("article").first
    expect(best).to_contain_text("Enclave")
    best.get_by_role("heading", level=2).get_by_role("link").click()
    expect(page.get_by_role("heading", name="Uw aanbod ernaast")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Voor:").first).to_be_visible()
    # Who asks stays unknown until the coordinator approved.
    expect(page.locator("main")).not_to_contain_text("Krokantje")
    look_at(page)


def test_an_offer_is_listed_with_the_keyboard_alone(page: Page) -> None:
    log_in(page, SUPPLIER)
    open_menu_by_keyboard(page, "Mijn aanbod")
    press(page, page.get_by_role("link", name="Aanbod plaatsen"))
    press(page, page.get_by_role("link", name="Dienst"))
    write(page, page.get_by_label("Wat u kunt doen, in uw eigen woorden"), MOWING)
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()
    choose(page, page.get_by_label("Waar gebeurt het werk?"), "Ter plaatse")
    press(page, page.get_by_role("button", name="Publiceer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Passende vragen")
    open_menu_by_keyboard(page, "Mijn aanbod")
    offer = page.get_by_role("article").filter(has_text="Wij maaien").first
    press(page, offer.get_by_role("button", name="Pauzeren"))
    expect(offer).to_contain_text("Gepauzeerd")
