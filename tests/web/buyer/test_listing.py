"""The buyer's list: filtered, sorted and cut in pages by its address."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from matcher.vocabulary import NeedKind
from models import Organisation, User, session_factory
from models.states import NeedStatus
from tests.support import builders as build
from tests.web.buyer.browser import Browser
from tests.web.buyer.conftest import Scene
from web.database import Sessions


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def many(engine: Engine, scene: Scene) -> None:
    with session_factory(engine).begin() as session:
        organisation = session.get_one(Organisation, scene.company)
        contact = session.get_one(User, scene.ann)
        for number in range(45):
            build.need(
                session,
                organisation=organisation,
                contact=contact,
                title=f"Vraag {number:02d}",
                text="De haag moet geschoren" if number == 7 else "Gras maaien",
                kind=NeedKind.ENCLAVE if number % 2 else NeedKind.SERVICE,
                status=NeedStatus.WITHDRAWN if number == 3 else NeedStatus.PUBLISHED,
            )


def test_an_empty_list_says_what_to_do(ann: Browser) -> None:
    page = ann.get("/vragen").text
    assert "U hebt nog geen vraag geplaatst." in page
    assert 'href="/vragen/nieuw"' in page


def test_somebody_elses_needs_are_not_listed(
    many: None, scene: Scene, as_person: Callable[[int], Browser]
) -> None:
    assert "Vraag 00" not in as_person(scene.stranger).get("/vragen").text


@pytest.mark.parametrize(
    ("address", "shown", "hidden"),
    [
        ("?q=haag", "Vraag 07", "Vraag 44"),
        ("?status=withdrawn", "Vraag 03", "Vraag 44"),
        ("?soort=enclave", "Vraag 43", "Vraag 44"),
        ("?volgorde=title", "Vraag 00", "Vraag 44"),
        ("?page=3", "Vraag 00", "Vraag 44"),
        ("?page=9999&status=onzin&soort=&volgorde=-1", "Vraag 00", "Vraag 44"),
        ("?q=%25", "Niets past bij deze filter.", "Vraag 44"),
    ],
)
def test_the_address_narrows_and_sorts(
    many: None, ann: Browser, address: str, shown: str, hidden: str
) -> None:
    page = ann.get(f"/vragen{address}").text
    assert shown in page
    assert hidden not in page


def test_a_page_takes_as_many_queries_for_one_need_as_for_twenty(many: None, ann: Browser) -> None:
    sessions: Sessions = ann.app.extensions["brug_sessions"]
    with counted(sessions.engine) as few:
        ann.get("/vragen?q=haag")
    with counted(sessions.engine) as full:
        ann.get("/vragen")
    # One of them counts the unread messages, for the menu.
    assert len(full) <= len(few) <= 11
