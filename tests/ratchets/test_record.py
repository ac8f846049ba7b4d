"""Whoever changes something leaves an event: every route that can change something is walked."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from models import Event
from tests.support.pages import Form
from tests.support.routes import ROWS, Row, found_forms, values_of
from tests.support.site import Site

#: Routes that change the database without an event, each with the reason.
EXCEPTIONS = {
    "account.change_address": "mails a link; the address changes, with an event, when it is used",
    "account.forgot": "mails a link; the password changes, with an event, when it is used",
    "account.login": "only notes which login is the last; nothing that others see changes",
    "account.resend": "mails a link again",
    "inbox.open_message": "marks one's own message as read; nobody else sees it",
    "inbox.read_all": "marks one's own messages as read; nobody else sees it",
    "inbox.read_message": "marks one's own message as read; nobody else sees it",
    "importing.preview": "keeps an upload for its own sender; carrying it out has its events",
}

#: Routes that look, or whose form as it stands changes nothing.
NOTHING = ("account.logout", "buyer.recognise", "supplier.recognise")

CHANGING = [row for row in ROWS if row.method == "POST"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("record"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def forms(site: Site) -> dict[tuple[str, str], Form]:
    return found_forms(site)


def _events(site: Site) -> int:
    with site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Event)) or 0


def test_every_exception_is_a_route_that_needs_it() -> None:
    assert set(EXCEPTIONS) <= {row.endpoint for row in CHANGING}


@pytest.mark.parametrize("row", CHANGING, ids=lambda row: row.id)
def test_whoever_changes_something_leaves_an_event(
    site: Site, forms: dict[tuple[str, str], Form], row: Row
) -> None:
    site.reset()
    address, before, clean = row.address(site), _events(site), site.changes()
    typed = values_of(site, row, forms.get((row.right, address)))
    answer = site.person(row.right).post(address, typed)
    assert str(answer.status_code) == row.expected
    if site.changes() == clean:
        assert row.endpoint in NOTHING, f"{row.endpoint} changed nothing, so nothing was tried"
        return
    left = _events(site) - before
    assert (left == 0) is (row.endpoint in EXCEPTIONS), f"{row.endpoint} left {left} events"
