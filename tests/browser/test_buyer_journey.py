"""A company comes with a need in its own words, and follows it until it takes it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import (
    BUYER,
    choose,
    log_in,
    look_at,
    menu,
    newest_link,
    press,
    write,
)
from tests.browser.conftest import Visit

pytestmark = pytest.mark.parametrize("width", [1280, 390])

EMAIL = "an.proef@proefbakkerij.example"
SECRET = "een lange zin als wachtwoord"
WORDS = (
    "Wij zoeken iemand die elke week het gras maait rond onze bakkerij en de haag scheert, "
    "ongeveer 1500 m²."
)


@pytest.fixture
def server(own_server: str) -> str:
    """A server of each test's own: every one of them changes the region."""
    return own_server


def register(page: Page) -> None:
    """Register a company, confirm its address through the post box, and log in."""
    page.goto("/")
    menu(page, "Registreren")
    page.get_by_label("Ik zoek hulp bij werk").check()
    page.get_by_label("Ondernemingsnummer (KBO)").fill("BE 0999.500.074")
    page.get_by_label("Naam van de organisatie").fill("Proefbakkerij De Korst bv")
    page.get_by_label("Soort organisatie").select_option("Bedrijf")
    page.get_by_role("combobox", name="Gemeente").fill("3460 Bekkevoort")
    page.get_by_label("Uw naam").fill("An Proef")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord", exact=False).first.fill(SECRET)
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mailbox")
    page.get_by_role("link", name="Open de postbus van de demo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Postbus van de demo")
    page.goto(newest_link(page, EMAIL))
    page.get_by_role("button", name="Ja, dit ben ik").click()
    expect(page.locator("main")).to_contain_text("bevestigd")


def test_a_company_registers_and_posts_its_first_need(page: Page) -> None:
    register(page)
    log_in(page, EMAIL, SECRET)
    look_at(page)
    page.get_by_role("link", name="Plaats een vraag").first.click()

    page.get_by_label("Uw vraag, in uw eigen woorden").fill(WORDS)
    seen = page.locator("#seen")
    expect(seen).to_contain_text(re.compile("kan passen|kunnen passen"))
    chips = seen.get_by_role("checkbox")
    expect(chips.first).to_be_checked()
    expect(page.get_by_role("radio", name="Een taak laten uitvoeren")).to_be_checked()
    look_at(page)

    taken = chips.first.get_attribute("value")
    chips.first.uncheck()
    expect(seen.locator(f"input[value='{taken}'][type=checkbox]")).not_to_be_checked()
    page.get_by_role("combobox", name="Een activiteit toevoegen").press_sequentially("strijk")
    page.get_by_role("option").first.click()
    expect(seen.get_by_role("checkbox", name=re.compile("strijk", re.I))).to_be_checked()
    expect(seen.locator(f"input[value='{taken}'][type=checkbox]")).not_to_be_checked()
    page.get_by_role("button", name="Verder naar de vragen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Enkele vragen")
    look_at(page)
    page.get_by_label("Start in overleg").check()
    page.get_by_label("Hoeveel?").fill("1.500")
    page.get_by_label("Uitgedrukt in").select_option(label="m²")
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is gepubliceerd")
    look_at(page)

    page.get_by_role("link", name="Bekijk wie dit kan doen").click()
    who = page.get_by_role("region", name="Wie dit kan doen")
    best = who.get_by_role("article").first
    expect(best.get_by_role("heading", level=3)).to_contain_text("vzw")
    expect(best.get_by_role("img", name=re.compile("kans"))).to_be_visible()
    best.locator("summary").click()
    expect(best.get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_text("1.500").first).to_be_visible()
    look_at(page)


def test_a_published_need_is_changed_copied_and_withdrawn(page: Page) -> None:
    log_in(page, BUYER)
    menu(page, "Mijn vragen")
    page.get_by_role("link", name="Het gras rond de fabriek").click()
    page.get_by_role("link", name="Wijzig", exact=True).click()
    page.get_by_label("Titel").fill("Gras en hagen rond de fabriek")
    page.get_by_role("button", name="Bewaar de wijzigingen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gras en hagen rond de fabriek")
    look_at(page)

    page.get_by_role("button", name="Kopieer als nieuwe vraag").click()
    expect(page.get_by_role("status")).to_contain_text("Dit is een kopie")
    expect(page.get_by_label("Titel")).to_have_value("Gras en hagen rond de fabriek")

    menu(page, "Mijn vragen")
    page.get_by_role("link", name="Gras en hagen rond de fabriek").last.click()
    page.get_by_role("link", name="Trek in").click()
    page.get_by_label("Waarom trekt u de vraag in?").fill("Wij doen het zelf.")
    page.get_by_role("button", name="Ja, trek in").click()
    expect(page.get_by_text("Deze vraag is ingetrokken")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Heropen").click()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is gepubliceerd")


def test_an_enclave_outside_the_core_activity_becomes_a_service(page: Page) -> None:
    log_in(page, BUYER)
    page.goto("/vragen/nieuw")
    page.get_by_label("Uw vraag, in uw eigen woorden").fill(WORDS)
    page.locator("label", has_text="Een ploeg bij ons aan het werk").click()
    page.get_by_role("button", name="Verder naar de vragen").click()

    why = page.get_by_text("Dan past een dienst beter bij u.")
    expect(why).to_be_hidden()
    page.get_by_role("group", name="Is dit uw kernactiviteit?").get_by_label("Nee").check()
    expect(why).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Maak er een dienst van").click()

    expect(page.locator("#words-title .tag")).to_have_text("Dienst")
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(page.get_by_label("Uitgedrukt in")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit(javascript=False)
    log_in(page, BUYER)
    page.goto("/vragen/nieuw")
    page.get_by_label("Uw vraag, in uw eigen woorden").fill(WORDS)
    page.get_by_role("button", name="Bekijk wat Brug herkent").click()
    expect(page.locator("#seen").get_by_role("checkbox").first).to_be_checked()
    page.get_by_label("Een activiteit toevoegen").fill("strijken")
    page.get_by_role("button", name="Voeg toe").click()
    added = page.locator("#seen").get_by_role("checkbox", name=re.compile("strijk", re.I))
    expect(added).to_be_checked()
    page.locator("label", has_text="Een ploeg bij ons aan het werk").click()
    page.get_by_role("button", name="Verder naar de vragen").click()

    page.get_by_role("group", name="Is dit uw kernactiviteit?").get_by_label("Nee").check()
    page.get_by_label("Start in overleg").check()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_role("button", name="Maak er een dienst van").click()
    page.get_by_label("Hoeveel?").fill("1.500")
    page.get_by_label("Uitgedrukt in").select_option(label="m²")
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is gepubliceerd")


def test_a_need_is_posted_with_the_keyboard_alone(page: Page) -> None:
    log_in(page, BUYER)
    press(page, page.get_by_role("main").get_by_role("link", name="Plaats een vraag").first)
    page.wait_for_url("**/vragen/nieuw*")
    write(page, page.get_by_label("Uw vraag, in uw eigen woorden"), WORDS)
    seen = page.locator("#seen")
    expect(seen.get_by_role("checkbox").first).to_be_checked()

    first = seen.get_by_role("checkbox").first
    with page.expect_response("**/vragen/herken") as answer:
        press(page, first, "Space")
    answer.value.finished()
    # What Brug understands comes again from the server; the focus stays where it was.
    expect(first).not_to_be_checked()
    expect(first).to_be_focused()
    write(page, page.get_by_label("Een activiteit toevoegen"), "strijk")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(seen.get_by_role("checkbox", name=re.compile("strijk", re.I))).to_be_checked()
    press(page, page.get_by_role("button", name="Verder naar de vragen"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Enkele vragen")
    press(page, page.get_by_label("Start in overleg"), "Space")
    write(page, page.get_by_label("Hoeveel?"), "1.500")
    choose(page, page.get_by_label("Uitgedrukt in"), "m²")
    press(page, page.get_by_role("button", name="Publiceer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is gepubliceerd")
    press(page, page.get_by_role("link", name="Bekijk wie dit kan doen"))
    expect(page.get_by_role("region", name="Wie dit kan doen")).to_be_visible()
