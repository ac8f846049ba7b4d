"""What a supplier sees of the conditions that are read in his words, without JavaScript."""

from collections.abc import Callable

from sqlalchemy import Engine

from models import Offer
from tests.web.buyer.browser import Browser
from tests.web.supplier.scene import GRASS
from tests.web.supplier.seen import all_offers

NEW = "/mijn-aanbod/nieuw/dienst"
WORDS = f"{GRASS} Wij werken enkel buiten, met 6 mensen, van april tot oktober. Geen particulieren."
COMPLETE = {"text": WORDS, "site": "on_site", "radius_km": "30"}


def test_what_is_read_stands_beside_the_words_and_below_its_question(maatwerk: Browser) -> None:
    page = maatwerk.send(NEW, "offer", "look", **COMPLETE).text
    assert page.count('data-reading="people"') == 2
    assert ">Geen particulieren</q>" in page


def test_typing_gets_what_is_read_for_every_question(maatwerk: Browser) -> None:
    form = {**maatwerk.form(NEW, "offer"), **COMPLETE}
    seen = maatwerk.post(f"{NEW}/herken", form).json
    assert seen is not None
    assert 'data-reading-slot="months"' in seen["slots"]
    assert 'data-reading-slot="people_max"' in seen["slots"]
    stated = maatwerk.post(f"{NEW}/herken", {**form, "people_max": "4"}).json
    assert stated is not None
    assert 'data-reading-slot="people_max"' not in stated["slots"]


def test_a_reading_is_taken_over_and_stored(maatwerk: Browser, engine: Engine) -> None:
    taken = maatwerk.send(NEW, "offer", "take-people", **COMPLETE)
    assert 'name="people_max" type="text" value="6"' in taken.text
    assert not all_offers(engine)
    stored = maatwerk.send(NEW, "offer", "save", **COMPLETE, people_max="6", unread=["period"])
    assert stored.status_code == 303
    (offer,) = all_offers(engine)
    assert offer.people_max == 6
    assert offer.details["unread"] == ["period"]


def test_what_was_called_wrong_stays_so_when_the_offer_is_saved_again(
    maatwerk: Browser, written: Callable[..., int], look: Callable[[int], Offer]
) -> None:
    number = written(text=WORDS, fields={"site": "on_site", "unread": ["people"]})
    path = f"/mijn-aanbod/{number}/wijzigen"
    assert 'name="unread" value="people"' in maatwerk.get(path).text
    assert maatwerk.send(path, "offer", "save", title="Anders").status_code == 303
    assert look(number).details["unread"] == ["people"]
    assert maatwerk.send(path, "offer", "save", unread=[]).status_code == 303
    assert "unread" not in look(number).details
