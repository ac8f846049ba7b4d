"""What every person does in the browser: log in, use the menu, walk with the keyboard."""

from playwright.sync_api import Locator, Page, expect

from tests.support.watch import check_axe

PASSWORD = "demo-brug"
BUYER = "vrager@brug.example"
SUPPLIER = "aanbieder@brug.example"
COORDINATOR = "regisseur@brug.example"
SECOND_COORDINATOR = "regisseur2@brug.example"
OFFICER = "gemeente@brug.example"

#: Nobody presses Tab more often than this to reach something.
PATIENCE = 120
#: Tells what is wrong with the focus as it is now, or "".
_FOCUS = """() => {
  const target = document.activeElement;
  const start = target.outerHTML.slice(0, 120);
  const ringed = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  // The parts of a date draw their own ring, and a row may draw it for the link in it.
  const part = target.type === "date" && !target.matches(":focus");
  const row = target.closest("[data-row]");
  if (!part && !ringed(target) && !(row && ringed(row))) return "no ring around " + start;
  const box = target.getBoundingClientRect();
  const spots = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
  const seen = spots.some(([x, y]) => {
    const top = document.elementFromPoint(box.x + x * box.width, box.y + y * box.height);
    return top && (target.contains(top) || top.contains(target) || top.control === target);
  });
  return seen ? "" : "covered: " + start;
}"""


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Log in through the form, with the keyboard."""
    page.goto("/aanmelden")
    page.get_by_label("E-mailadres").first.fill(email)
    page.get_by_label("Wachtwoord").first.fill(password)
    page.get_by_label("Wachtwoord").first.press("Enter")
    page.wait_for_url("**/mijn-brug")


def menu(page: Page, name: str) -> None:
    """Follow an entry of the menu, which a phone has to open first."""
    if _is_narrow(page):
        page.get_by_role("button", name="Open het menu").click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name).click()


def _is_narrow(page: Page) -> bool:
    return bool(page.evaluate("window.innerWidth < 992"))


def fits(page: Page) -> None:
    """Fail when somebody has to scroll sideways to read the page."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= screen, f"{page.url} is {wide} px wide on a screen of {screen} px"


def look_at(page: Page) -> None:
    """Fail when the page as it stands now is not for everybody."""
    check_axe(page)
    fits(page)


def has_focus(locator: Locator) -> bool:
    """Tell whether one of these has the focus, and not something inside it."""
    return any(one.evaluate("it => it === document.activeElement") for one in locator.all())


def check_focus(page: Page) -> None:
    """Fail when one cannot see where the focus is."""
    problem = page.evaluate(_FOCUS)
    assert not problem, f"{page.url}: {problem}"


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until `target` has the focus; every stop on the way must be visible."""
    expect(target.first).to_be_attached()
    for _ in range(PATIENCE):
        if has_focus(target):
            return
        page.keyboard.press(key)
        check_focus(page)
    raise AssertionError(f"the keyboard does not reach {target}")


def write(page: Page, field: Locator, text: str) -> None:
    """Reach a field with Tab and type in it."""
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach a button, link or choice with Tab and use it."""
    tab_to(page, target)
    page.keyboard.press(key)


def choose(page: Page, field: Locator, words: str) -> None:
    """Reach a list with Tab and go down to a choice."""
    tab_to(page, field)
    chosen = "it => it.selectedOptions[0].textContent.trim()"
    for _ in range(field.locator("option").count()):
        if field.evaluate(chosen) == words:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{words} is none of the choices")


def newest_link(page: Page, email: str) -> str:
    """Return the address of the link in the newest mail to somebody, as the post box shows it."""
    page.goto(f"/postbus?aan={email}")
    link = page.locator("main article").first.locator(".as-written a").first
    return str(link.get_attribute("href"))


def open_menu_by_keyboard(page: Page, name: str) -> None:
    """Follow an entry of the menu with the keyboard, opening it first where it is folded."""
    before = page.url
    if _is_narrow(page):
        press(page, page.get_by_role("button", name="Open het menu"))
    press(page, page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name))
    page.wait_for_url(lambda address: address != before)
    # The keys listen once the page has its scripts.
    page.wait_for_load_state()
