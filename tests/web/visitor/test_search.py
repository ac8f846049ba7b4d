"""Searching through what is offered."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind
from models import Municipality, Offer
from models.states import OfferStatus, OrganisationStatus
from tests.support.builders import offer, organisation
from web.database import Sessions

DIEST, GENT = "24020", "44021"


def titles(page: str) -> list[str]:
    """Return the titles of the results in their order, without marks."""
    found = re.findall(r'<h3 class="mb-1"><a href="[^"]+">(.*?)</a></h3>', page)
    return [re.sub(r"</?mark>", "", title) for title in found]


@pytest.fixture
def offers(stored: Session) -> dict[str, Offer]:
    rows = {
        "groen": offer(stored, title="Groenploeg", text="Wij scheren hagen en maaien gras."),
        "was": offer(stored, title="Wasserij", text="Wij wassen en strijken uw linnen."),
        "pak": offer(
            stored,
            kind=OfferKind.ENCLAVE_TEAM,
            title="Inpakploeg",
            text="Een ploeg die dozen inpakt bij u aan de lijn.",
            municipality_nis=DIEST,
        ),
    }
    stored.commit()
    return rows


@pytest.mark.usefixtures("offers")
def test_what_is_asked_in_own_words_is_found_with_its_reasons_and_marked_words(
    client: FlaskClient,
) -> None:
    page = client.get("/zoeken?q=mijn+haag+moet+geschoren+worden").text
    assert titles(page)[0] == "Groenploeg"
    assert "Wasserij" not in titles(page)
    assert "<mark>hagen</mark>" in page
    assert 'class="reasons"' in page


@pytest.mark.usefixtures("offers")
def test_an_offer_about_other_work_is_no_answer_for_looking_alike(client: FlaskClient) -> None:
    found = titles(client.get("/zoeken?q=gras+maaien").text)
    assert found == ["Groenploeg"]


@pytest.mark.usefixtures("offers")
@pytest.mark.parametrize(
    "typed", ["3460", "Bekkevoort", "bekkevoort", "Assent", "3461 Molenbeek-Wersbeek"]
)
def test_a_place_is_understood_however_it_is_written(client: FlaskClient, typed: str) -> None:
    page = client.get("/zoeken", query_string={"q": "haag scheren", "plaats": typed}).text
    assert "plaats-error" not in page
    assert titles(page) == ["Groenploeg"]


@pytest.mark.usefixtures("offers")
def test_an_unknown_place_is_said_and_everything_typed_is_kept(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=haag+scheren&plaats=Bekkevort").text
    assert "Deze plaats kennen wij niet" in page
    assert 'value="Bekkevort"' in page
    assert 'value="haag scheren"' in page
    assert titles(page) == ["Groenploeg"]
    assert "plaats=3460+Bekkevoort" in page, "a place that looks like it is proposed"


@pytest.mark.usefixtures("offers")
def test_a_distance_without_a_place_asks_for_one(client: FlaskClient) -> None:
    assert "Voor een afstand is een plaats nodig" in client.get("/zoeken?q=haag&km=10").text


def test_a_distance_leaves_out_what_is_farther_unless_it_serves_the_place(
    client: FlaskClient, stored: Session
) -> None:
    far = offer(stored, title="Verre ploeg", text="Wij scheren hagen.", municipality_nis=GENT)
    comes = offer(stored, title="Komt toch", text="Wij scheren hagen.", municipality_nis=GENT)
    comes.service_area = [stored.get_one(Municipality, "24008")]
    near = offer(stored, title="Buren", text="Wij scheren hagen.")
    stored.commit()
    page = client.get("/zoeken?q=haag+scheren&plaats=3460&km=20").text
    assert set(titles(page)) == {near.title, comes.title}
    everywhere = client.get("/zoeken?q=haag+scheren&plaats=3460").text
    assert far.title in titles(everywhere)


def test_nearest_first_puts_the_neighbour_before_the_better_text(
    client: FlaskClient, stored: Session
) -> None:
    text = "Haag scheren is ons vak: wij scheren elke haag."
    offer(stored, title="Haag scheren", text=text, municipality_nis=GENT)
    offer(stored, title="Buren", text="Gras, hagen en veel meer.")
    stored.commit()
    address = "/zoeken?q=haag+scheren&plaats=3460&volgorde=afstand"
    assert titles(client.get(address).text) == ["Buren", "Haag scheren"]


@pytest.mark.usefixtures("offers")
@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ("soort=enclave_team", ["Inpakploeg"]),
        ("werk=hagen-scheren", ["Groenploeg"]),
        ("werk=alles:was+%26+strijk", ["Wasserij"]),
        ("soort=service&werk=hagen-scheren&plaats=3460&km=5", ["Groenploeg"]),
        ("soort=workplace", []),
    ],
)
def test_filters_keep_only_what_they_say(
    client: FlaskClient, filters: str, left: list[str]
) -> None:
    assert titles(client.get(f"/zoeken?{filters}").text) == left


@pytest.mark.usefixtures("offers")
def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=haag+scheren&soort=workplace").text
    assert "Niemand biedt dit hier al aan" in page
    assert "/vragen/nieuw?tekst=haag+scheren" in page


def test_without_a_question_all_offers_can_be_leafed_through_newest_first(
    client: FlaskClient, stored: Session
) -> None:
    for number in range(25):
        offer(stored, title=f"Aanbod {number:02}")
    stored.commit()
    first, second = client.get("/zoeken").text, client.get("/zoeken?page=2").text
    assert titles(first) == [f"Aanbod {number:02}" for number in range(24, 4, -1)]
    assert titles(second) == [f"Aanbod {number:02}" for number in range(4, -1, -1)]
    assert 'aria-current="page">2<' in second


def test_what_is_not_published_by_an_approved_organisation_is_not_found(
    client: FlaskClient, stored: Session
) -> None:
    waiting = organisation(stored, is_supplier=True, status=OrganisationStatus.PENDING)
    offer(stored, title="Wacht nog", organisation=waiting)
    offer(stored, title="Gepauzeerd", status=OfferStatus.PAUSED)
    offer(stored, title="Kladversie", status=OfferStatus.DRAFT)
    stored.commit()
    for address in ("/zoeken", "/zoeken?q=groenonderhoud", "/"):
        page = client.get(address).text
        for title in ("Wacht nog", "Gepauzeerd", "Kladversie"):
            assert title not in page


def test_a_profile_shows_itself_to_members_only_and_never_its_municipality(
    client: FlaskClient, stored: Session, member: Callable[[], FlaskClient]
) -> None:
    offer(
        stored,
        kind=OfferKind.PROFILE,
        pseudonym="P-1234",
        title="Ervaren magazijnier",
        text="Werkte drie jaar in een magazijn, rijdt met de heftruck.",
        municipality_nis=DIEST,
        organisation=organisation(stored, name="Atelier", is_supplier=True),
    )
    stored.commit()
    address = "/zoeken?q=magazijnier+heftruck&plaats=Diest"
    assert titles(client.get(address).text) == []
    page = member().get(address).text
    assert titles(page) == ["Ervaren magazijnier"]
    result = page[page.index('class="results"') : page.index("</ol>")]
    assert "Arrondissement Leuven" in result
    assert "Diest" not in result
    assert "km" not in result


@pytest.mark.usefixtures("offers")
@pytest.mark.parametrize(
    "arguments",
    [
        {"q": "x" * 5000},
        {"q": "<script>alert(1)</script> haag"},
        {"q": "'; DROP TABLE offer; --"},
        {"q": "\x00\U0001f600 haag \u202e"},
        {"plaats": "%", "km": "10"},
        {"plaats": "9" * 3000},
        {"soort": "nonsense", "werk": "nonsense", "km": "-3", "volgorde": "nonsense"},
        {"soort": "profile"},
        {"page": "-1"},
        {"page": "9" * 40},
        {"werk": "alles:"},
    ],
)
def test_odd_questions_get_a_page_and_nothing_runs(
    client: FlaskClient, arguments: dict[str, str]
) -> None:
    answer = client.get("/zoeken", query_string=arguments)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_the_number_of_queries_does_not_grow_with_the_results(
    client: FlaskClient, stored: Session, engine: Engine
) -> None:
    counts = []
    for round_ in range(2):
        for number in range(2 + 16 * round_):
            offer(stored, title=f"Haag {round_} {number}", text="Wij scheren hagen.")
        stored.commit()
        client.get("/zoeken?q=haag+scheren&plaats=3460")  # the catalogue levels itself once
        counts.append(_queries(client, "/zoeken?q=haag+scheren&plaats=3460"))
    assert counts[0] == counts[1] <= 15


def _queries(client: FlaskClient, address: str) -> int:
    stored: Sessions = client.application.extensions["brug_sessions"]
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(stored.engine, "before_cursor_execute", note)
    try:
        client.get(address)
    finally:
        event.remove(stored.engine, "before_cursor_execute", note)
    return len(seen)
