"""How many statements a page costs: a bounded number, whatever it lists."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.support.crowd import grow
from tests.support.routes import MORE_PAGES, PAGES, Row
from tests.support.site import Site

#: Enough for several of everything; many fills more than one page of every list.
SOME, MANY = 4, 26
#: The most belong to the page of a match that runs: life, talk, history, rules, messages, one each.
MOST_STATEMENTS = 30


@contextmanager
def counted(site: Site) -> Iterator[list[str]]:
    """Give the statements that the application executes meanwhile."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(site.sessions.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(site.sessions.engine, "before_cursor_execute", note)


def _grown(folder: Path, times: int) -> Site:
    site = Site(folder)
    with site.sessions.writing.begin() as session:
        grow(session, times)
    # The first page of a process fills its memory; that is not what this counts.
    site.person("rita").get(site.address("coordinator.need", need_id="open"))
    return site


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = _grown(tmp_path_factory.mktemp("some"), SOME)
    yield site
    site.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = _grown(tmp_path_factory.mktemp("many"), MANY)
    yield site
    site.close()


def _statements(site: Site, row: Row) -> list[str]:
    person, address = site.person(row.right), row.address(site)
    with counted(site) as statements:
        assert person.get(address).status_code == 200
    return statements


def _shape(statement: str) -> str:
    """Return a statement without the length of its lists."""
    return re.sub(r"IN \([^()]*\)", "IN (…)", statement)


@pytest.mark.parametrize("row", [*PAGES, *MORE_PAGES], ids=lambda row: row.id)
def test_a_page_asks_as_much_of_a_full_database_as_of_a_small_one(
    some: Site, many: Site, row: Row
) -> None:
    few, full = _statements(some, row), _statements(many, row)
    assert Counter(map(_shape, full)) - Counter(map(_shape, few)) == Counter()
    assert len(full) <= MOST_STATEMENTS


def test_the_counting_sees_a_query_in_a_loop(some: Site) -> None:
    with counted(some) as statements, some.sessions.reading() as session:
        for number in range(3):
            session.connection().exec_driver_sql(f"SELECT {number}")
    assert len([s for s in statements if s.startswith("SELECT")]) == 3
