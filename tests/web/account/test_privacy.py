"""What is kept of a person: to take along, and who saw it."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from models import Sighting
from tests.support.site import Person, Site
from web.services.personal_data import pointing_to_users


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("privacy"))
    yield site
    site.close()


def _introduction(site: Site) -> str:
    return site.address("introductions.introduction", match_id="introduced")


def _count(site: Site) -> int:
    with site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Sighting)) or 0


def _file(person: Person) -> dict[str, list[dict[str, object]]]:
    answer = person.get("/mijn-gegevens/bestand")
    assert "attachment" in answer.headers["Content-Disposition"]
    kept: dict[str, list[dict[str, object]]] = json.loads(answer.text)["gegevens"]
    return kept


def test_the_file_holds_everything_that_points_to_the_person_and_no_secret(site: Site) -> None:
    site.reset()
    kept = _file(site.person("ann"))
    assert kept["user"][0]["email"] == "ann@wereld.be"
    assert {"membership", "need", "outbox_mail"} <= set(kept)
    rita = json.dumps(_file(site.person("rita")))
    assert {"decision", "event", "user_role"} <= set(json.loads(rita))
    for secret in ("password_hash", "session_token", "digest"):
        assert secret not in rita


def test_no_table_with_people_is_forgotten(site: Site) -> None:
    """A row for every column that points to a user, and each is in the file of its user."""
    told = pointing_to_users()
    assert {"need", "offer", "membership", "decision", "event", "sighting", "token"} <= set(told)
    assert all(columns for columns in told.values())


def test_nobody_gets_another_persons_rows(site: Site) -> None:
    site.reset()
    kept = _file(site.person("xavier"))
    assert [row["email"] for row in kept["user"]] == ["xavier@wereld.be"]
    assert "ann@wereld.be" not in json.dumps(kept)


def test_who_sees_contact_data_is_noted_once_a_day_and_told(site: Site) -> None:
    site.reset()
    ann, bert = site.person("ann"), site.person("bert")
    page = site.address("account.organisation", organisation_id="company")
    assert "Nog niemand" in ann.get("/mijn-gegevens/wie-zag-ze").text
    for _ in range(3):
        assert bert.get(page).status_code == 200
    told = ann.get("/mijn-gegevens/wie-zag-ze").text
    assert "Koekjes Bekkevoort" in told
    assert "op de pagina van uw organisatie" in told
    before = _count(site)
    bert.get(page)
    assert _count(site) == before


def test_before_both_said_yes_nothing_is_seen_at_a_match(site: Site) -> None:
    site.reset()
    assert site.person("sam").get(_introduction(site)).status_code == 200
    assert _count(site) == 0


def test_a_coordinator_is_named_with_his_role(site: Site) -> None:
    site.reset()
    site.person("rita").get(site.address("coordinator.need", need_id="open"))
    assert "regisseur" in site.person("ann").get("/mijn-gegevens/wie-zag-ze").text


def test_oneself_and_pages_without_contact_data_are_not_noted(site: Site) -> None:
    site.reset()
    ann = site.person("ann")
    ann.get("/mijn-gegevens")
    ann.get(site.address("buyer.need", need_id="open"))
    site.person("xavier").get("/")
    assert _count(site) == 0


def test_a_page_that_was_refused_is_not_noted(site: Site) -> None:
    site.reset()
    assert site.person("xavier").get(_introduction(site)).status_code == 404
    assert _count(site) == 0
