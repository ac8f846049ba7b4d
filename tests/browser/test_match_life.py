"""The whole life of a match in the app: an enclave, a service and a vacancy, with three people."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from models import now
from tests.browser.acting import BUYER, COORDINATOR, SUPPLIER, fits, log_in, look_at, menu
from tests.browser.conftest import Visit

pytestmark = pytest.mark.parametrize("width", [1280, 390])

#: Of the demo buyer, each with an offer of the demo supplier on top.
ENCLAVE = "Hulp aan de inpaklijn voor wafels"
SERVICE = "Repacking of export boxes"
VACANCY = "Medewerker verpakking"
CARD = "[data-card]"


@pytest.fixture
def server(own_server: str) -> str:
    """A server of each test's own: every one of them changes much."""
    return own_server


class Trio:
    """The buyer, the supplier and the coordinator of the demo, each in a browser of his own."""

    def __init__(self, visit: Visit) -> None:
        self.buyer, self.supplier, self.coordinator = visit(), visit(), visit()
        self.address = ""
        log_in(self.buyer, BUYER)
        log_in(self.supplier, SUPPLIER)
        log_in(self.coordinator, COORDINATOR)

    def approve(self, title: str, offer: str) -> None:
        """Approve an offer as the coordinator."""
        page = self.coordinator
        page.goto(f"/regie?q={title}")
        page.get_by_role("link", name=title).click()
        card = page.locator(CARD).filter(has_text=offer).first
        card.get_by_role("button", name="Goedkeuren").click()
        said(page, "Goedgekeurd")
        self.address = str(
            card.get_by_role("link", name="Naar de kennismaking").get_attribute("href")
        )

    def at_match(self, page: Page) -> Page:
        """Open the page of the match."""
        page.goto(self.address)
        return page

    def meet(self) -> None:
        """Both sides say yes, and neither sees the other's contact before."""
        for page, other in ((self.buyer, SUPPLIER), (self.supplier, BUYER)):
            self.at_match(page)
            expect(page.get_by_role("link", name=other)).to_have_count(0)
            look_at(page)
            page.get_by_role("button", name="Ja, wij willen kennismaken").click()
            said(page, "Bedankt voor uw ja")
        expect(self.supplier.get_by_role("link", name=BUYER)).to_be_visible()
        expect(self.at_match(self.buyer).get_by_role("link", name=SUPPLIER)).to_be_visible()
        here(self.buyer, "In kennismaking")


def field(within: Page | Locator, label: str) -> Locator:
    """Return a field of a form by its label."""
    return within.locator("form").get_by_label(label)


def said(page: Page, words: str) -> None:
    """Wait until the page says what was done."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def here(page: Page, state: str) -> None:
    """Check where on its way the match stands, as words say it."""
    expect(page.locator("[aria-current=step]")).to_have_text(re.compile(rf"{state}\s+nu"))


def day(offset: int) -> str:
    """Return a day, counted from today, as a date field takes it."""
    found: date = now().date() + timedelta(days=offset)
    return found.isoformat()


def finish(page: Page, **figures: str) -> None:
    """Tell what came of it."""
    for label, value in figures.items():
        field(page, label.replace("_", " ")).fill(value)
    page.get_by_role("button", name="Resultaat bewaren").click()
    said(page, "het resultaat is bewaard")


def test_an_enclave_from_proposal_to_outcome(visit: Visit) -> None:
    trio = Trio(visit)
    trio.approve(ENCLAVE, "Inpakploeg van 4 tot 8 mensen")
    asked = trio.at_match(trio.supplier)
    asked.get_by_role("link", name="Vraag eerst iets").click()
    field(asked, "Uw vraag").fill("Is er een refter?")
    asked.get_by_role("button", name="Verstuur de vraag").click()
    expect(asked.locator("main")).to_contain_text("Is er een refter?")
    answering = trio.at_match(trio.buyer)
    answering.get_by_role("link", name="Vraag eerst iets").click()
    field(answering, "Uw antwoord").fill("Ja, met een microgolfoven.")
    answering.get_by_role("button", name="Verstuur het antwoord").click()
    expect(answering.locator("main")).to_contain_text("microgolfoven")
    trio.meet()

    buyer = trio.buyer
    # Enter without the hours or an amount: what was typed is kept.
    field(buyer, "Start").fill(day(-3))
    field(buyer, "Einde").fill(day(-1))
    buyer.get_by_role("button", name="Afspraak noteren").click()
    expect(buyer.locator("main")).to_contain_text("Vul de uren of het bedrag in")
    expect(field(buyer, "Start")).to_have_value(day(-3))
    look_at(buyer)
    field(buyer, "Uren, van iedereen samen").fill("120")
    field(buyer, "Die uren zijn").select_option("per week")
    buyer.get_by_role("button", name="Afspraak noteren").click()
    said(buyer, "De afspraak is genoteerd")
    here(buyer, "Afgesproken")

    supplier = trio.at_match(trio.supplier)
    supplier.get_by_role("button", name="Het werk is begonnen").click()
    expect(supplier.locator("main")).to_contain_text(
        "nog niet alles op de controlelijst", ignore_case=True
    )
    look_at(supplier)
    trio.at_match(supplier)
    for number in range(5):
        row = supplier.locator(".ticks li").nth(number)
        # The notice was given too late at first.
        field(row, "In orde sinds").fill(day(0 if number == 1 else -5))
        row.get_by_role("button", name="Afvinken").click()
        said(supplier, "Afgevinkt")
    field(supplier, "Begonnen op").fill(day(-3))
    supplier.get_by_role("button", name="Het werk is begonnen").click()
    expect(supplier.locator("main")).to_contain_text("minstens één dag voor de start")
    trio.at_match(supplier)
    notice = supplier.locator(".ticks li").nth(1)
    notice.get_by_role("button", name="Weghalen").click()
    said(supplier, "Niet meer afgevinkt")
    field(notice, "In orde sinds").fill(day(-5))
    notice.get_by_role("button", name="Afvinken").click()
    said(supplier, "Afgevinkt")
    field(supplier, "Begonnen op").fill(day(-3))
    supplier.get_by_role("button", name="Het werk is begonnen").click()
    said(supplier, "het werk is begonnen")
    here(supplier, "Begonnen")

    coordinator = trio.at_match(trio.coordinator)
    here(coordinator, "Begonnen")
    look_at(coordinator)
    finish(trio.at_match(buyer), Mensen_die_meewerkten="5", Uren_in_totaal="180")
    here(buyer, "Afgerond")
    expect(trio.at_match(supplier).locator("main")).to_contain_text("180")
    look_at(supplier)


def test_a_service_is_given_up_and_brought_back_before_it_is_done(visit: Visit) -> None:
    trio = Trio(visit)
    trio.approve(SERVICE, "Verpakken, ompakken en bundelen in ons atelier")
    trio.meet()
    supplier = trio.at_match(trio.supplier)
    supplier.locator("summary", has_text="Het gaat niet door").click()
    field(supplier, "Waarom niet?").select_option("Geen akkoord over de prijs")
    supplier.locator("details[open]").get_by_role("button", name="Het gaat niet door").click()
    said(supplier, "De regisseur zoekt verder")
    expect(trio.at_match(trio.buyer).locator("main")).to_contain_text("Geen akkoord over de prijs")
    fits(trio.buyer)
    supplier.get_by_role("button", name="Laatste stap terugdraaien").click()
    said(supplier, "De laatste stap is teruggedraaid")
    field(supplier, "Bedrag in totaal, zonder btw").fill("1.250")
    field(supplier, "Start").fill(day(0))
    supplier.get_by_role("button", name="Afspraak noteren").click()
    said(supplier, "De afspraak is genoteerd")
    buyer = trio.at_match(trio.buyer)
    expect(buyer.locator("main")).to_contain_text("1.250")
    buyer.get_by_role("button", name="Het werk is begonnen").click()
    said(buyer, "het werk is begonnen")
    finish(trio.at_match(trio.coordinator), Geëindigd_op=day(0))
    here(trio.at_match(trio.buyer), "Afgerond")
    menu(trio.buyer, "Kennismakingen")
    expect(trio.buyer.locator("main")).to_contain_text("Afgerond")
    look_at(trio.buyer)


def test_a_vacancy_until_the_person_is_still_there(visit: Visit) -> None:
    trio = Trio(visit)
    trio.approve(VACANCY, "Inpakmedewerker met ervaring in voeding")
    trio.meet()
    buyer = trio.buyer
    field(buyer, "Contract").select_option("Onbepaalde duur")
    field(buyer, "Start").fill(day(-40))
    buyer.get_by_role("button", name="Afspraak noteren").click()
    said(buyer, "De afspraak is genoteerd")
    supplier = trio.at_match(trio.supplier)
    supplier.get_by_role("button", name="Het werk is begonnen").click()
    said(supplier, "het werk is begonnen")
    trio.at_match(buyer)
    buyer.get_by_role("button", name="Resultaat bewaren").click()
    expect(buyer.locator("main")).to_contain_text("Zeg of de persoon aangeworven is")
    buyer.get_by_label("Ja", exact=True).check()
    buyer.get_by_role("button", name="Resultaat bewaren").click()
    said(buyer, "het resultaat is bewaard")
    asked = buyer.get_by_role("region", name="Is de persoon er nog?")
    expect(asked).to_contain_text("in te vullen")
    look_at(buyer)
    asked.get_by_role("button", name=re.compile("Ja.*na 1 maand")).click()
    said(buyer, "dat is genoteerd")
    coordinator = trio.at_match(trio.coordinator)
    told = coordinator.get_by_role("region", name="Is de persoon er nog?")
    expect(told.locator("li").first).to_contain_text("Ja")
    expect(told.locator("li").nth(1)).to_contain_text("later")
    look_at(coordinator)
