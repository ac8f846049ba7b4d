"""The pages to read."""

import re
from urllib.parse import unquote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matcher import recognise
from tests.support.builders import offer
from web.database import sessions
from web.settings import Mode
from web.showcase import PICTOGRAMS, SECTORS, WORK_FORMS

PAGES = [
    "/",
    "/zoeken",
    "/mogelijkheden",
    *(f"/mogelijkheden/{sector}" for sector in SECTORS),
    "/werkvormen",
    *(f"/werkvormen/{work_form}" for work_form in WORK_FORMS),
    "/woordenlijst",
    "/privacy",
    "/toegankelijkheid",
]


def only(pattern: str, page: str) -> str:
    """Return the one thing that matches."""
    found = re.findall(pattern, page, re.DOTALL)
    assert len(found) == 1, f"{pattern}: {len(found)} times"
    return str(found[0])


def test_every_page_has_its_own_title_one_heading_and_a_description(client: FlaskClient) -> None:
    titles = set()
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        titles.add(only("<title>(.*?)</title>", answer.text))
        assert only(r"<h1[^>]*>(.*?)</h1>", answer.text).strip()
        assert 50 < len(only('name="description" content="([^"]*)"', answer.text)) < 220, address
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*src=)|\son[a-z]+=", answer.text)
    assert len(titles) == len(PAGES)


def test_every_link_and_file_on_the_pages_leads_somewhere(
    client: FlaskClient, stored: Session
) -> None:
    offer(stored)
    stored.commit()
    found: set[str] = set()
    for address in PAGES:
        found |= set(re.findall(r'(?:href|src)="(/[^"#]*)', client.get(address).text))
    assert len(found) > 60
    for link in sorted(found):
        with client.get(link.replace("&amp;", "&")) as answer:
            assert answer.status_code < 400, link


def test_links_within_a_page_lead_to_an_element(client: FlaskClient) -> None:
    page = client.get("/woordenlijst").text
    anchors = re.findall(r'href="#([^"]+)"', page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(anchors) <= set(ids)
    assert len(anchors) > 50


def test_every_example_of_the_showcase_names_work_that_brug_recognises(
    app: Flask, client: FlaskClient
) -> None:
    asked = set()
    for sector in SECTORS:
        page = client.get(f"/mogelijkheden/{sector}").text
        asked |= set(re.findall(r'href="/zoeken\?q=([^"]+)"', page))
    assert len(asked) >= 45
    with (
        app.app_context(),
        sessions().reading() as session,
        app.extensions["brug_catalogue"].open(session) as shelf,
    ):
        unknown = [q for q in asked if not recognise(shelf.taxonomy, unquote_plus(q), "")]
        clusters = {activity.cluster for activity in shelf.taxonomy.activities}
    assert unknown == []
    assert {name for names in SECTORS.values() for name in names} <= clusters
    assert PICTOGRAMS.keys() == SECTORS.keys()


def test_a_sector_shows_what_is_offered_in_it_today(client: FlaskClient, stored: Session) -> None:
    offer(stored, title="Hagen en gras", text="Wij scheren hagen.")
    offer(stored, title="Linnen", text="Wij wassen en strijken linnen.")
    stored.commit()
    page = client.get("/mogelijkheden/groen-en-openbaar-domein").text
    assert "Vandaag in deze sector" in page
    assert "Hagen en gras" in page
    assert "Linnen" not in page


def test_the_home_page_counts_and_shows_what_is_new(client: FlaskClient, stored: Session) -> None:
    offer(stored, title="Oud")
    for number in range(6):
        offer(stored, title=f"Nieuw {number}")
    stored.commit()
    page = client.get("/").text
    assert "<dt>aanbiedingen</dt><dd>7</dd>" in page
    assert "Nieuw 5" in page
    assert ">Oud<" not in page


def test_a_page_that_does_not_exist_offers_the_search(client: FlaskClient) -> None:
    for address in ("/bestaat-niet", "/mogelijkheden/niets", "/werkvormen/niets"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert 'action="/zoeken"' in answer.text


def test_robots_stay_out_of_the_combinations_of_a_search(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /zoeken?" in answer.text


class TestDemo:
    @pytest.fixture
    def mode(self) -> Mode:
        return Mode.DEMO

    def test_robots_stay_out_of_a_demo_altogether(self, client: FlaskClient) -> None:
        assert client.get("/robots.txt").text.endswith("Disallow: /\n")
