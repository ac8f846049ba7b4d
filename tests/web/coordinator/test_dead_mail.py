"""Mail that did not leave: who sees it, and trying again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import OutboxMail, now
from models.states import MailState
from tests.support.site import Site
from web.services import outbox


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.close()


def _bury(site: Site, recipient: str) -> None:
    with site.sessions.writing.begin() as session:
        values = {"subject": f"Aan {recipient}", "body": "Dag.", "error": outbox.EXPIRED}
        session.add(OutboxMail(recipient=recipient, state=MailState.DEAD, **values))


def test_a_coordinator_sees_the_mail_to_the_people_of_the_region_and_why(site: Site) -> None:
    page = site.person("rita").get("/regie/mail").text
    assert "ann@wereld.be" in page
    assert "weigert de mail (code 550)" in page
    assert "ann@wereld.be" not in site.person("elke").get("/regie/mail").text
    assert "Alle mail is vertrokken" in site.person("elke").get("/regie/mail").text


def test_mail_to_nobody_s_region_is_for_who_keeps_the_house(site: Site) -> None:
    _bury(site, "gast@x.be")
    assert "gast@x.be" in site.person("rita").get("/regie/mail").text
    assert "gast@x.be" not in site.person("karel").get("/regie/mail").text


def test_again_lets_it_wait_as_if_it_were_new_once(site: Site) -> None:
    rita, number = site.person("rita"), site.numbers["mail_id"]["dead"]
    answer = rita.post(f"/regie/mail/{number}/opnieuw")
    assert answer.status_code == 303
    with site.sessions.reading() as session:
        row = session.get_one(OutboxMail, number)
        assert (row.state, row.attempts) == (MailState.WAITING, 0)
        assert number in outbox.due(session, now())
    page = rita.client.post(
        f"/regie/mail/{number}/opnieuw", data={"csrf_token": rita.token}, follow_redirects=True
    )
    assert "al opnieuw versturen" in page.text
