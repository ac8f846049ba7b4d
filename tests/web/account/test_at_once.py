"""Two people, or two clicks, at the very same moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matcher.vocabulary import OrganisationType
from models import Membership, Organisation, User
from tests.web.account.visitors import (
    BOTH_DATABASES,
    KBO,
    OTHER_KBO,
    PASSWORD,
    Visitor,
    link_to,
    organisation,
    reading,
    writing,
)
from web.services import accounts, memberships
from web.services.accounts import NewPerson
from web.services.errors import NotFoundError
from web.services.organisations import OrganisationDraft

pytestmark = BOTH_DATABASES


def _together(*works: Callable[[], Any]) -> list[BaseException]:
    """Start all at once and return what went wrong."""
    barrier, problems = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            work()
        except Exception as error:  # kept for the test to look at
            problems.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def _register(app: Flask, email: str, kbo: str) -> Callable[[], None]:
    person = NewPerson(name="Ann", email=email, password=PASSWORD)
    draft = OrganisationDraft(
        kbo=kbo, name="De Korst", type=OrganisationType.COMPANY, place="3460 Bekkevoort"
    )

    def work() -> None:
        with writing(app) as session:
            accounts.register(session, person, draft)

    return work


def _count(app: Flask, table: type) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_registration_four_times_at_once_is_one(app: Flask) -> None:
    assert _together(*[_register(app, "ann@korst.example", KBO)] * 4) == []
    assert _count(app, User) == _count(app, Organisation) == _count(app, Membership) == 1


def test_four_colleagues_at_once_make_one_organisation(app: Flask) -> None:
    works = [_register(app, f"nr{number}@korst.example", KBO) for number in range(4)]
    assert _together(*works) == []
    assert (_count(app, User), _count(app, Organisation)) == (4, 1)
    assert _count(app, Membership) == 1


def test_an_invitation_accepted_twice_at_once_is_accepted_once(visitor: Visitor) -> None:
    visitor.join()
    page = f"/mijn-organisaties/{organisation(visitor.app).id}"
    visitor.press(page, f"{page}/uitnodigingen", email="bert@korst.example")
    secret = link_to(visitor.app, "bert@korst.example", "/uitnodiging/").rsplit("/", 1)[1]

    def work() -> None:
        with writing(visitor.app) as session:
            memberships.accept_with_new_account(session, secret, "Bert", PASSWORD)

    problems = _together(work, work)
    assert [type(problem) for problem in problems] == [NotFoundError]
    assert (_count(visitor.app, User), _count(visitor.app, Membership)) == (2, 2)


@pytest.mark.parametrize("kbo", [KBO, OTHER_KBO])
def test_confirming_twice_at_once_confirms_once(visitor: Visitor, kbo: str) -> None:
    visitor.register(kbo=kbo)
    secret = link_to(visitor.app, "ann@korst.example", "/bevestigen/").rsplit("/", 1)[1]

    def work() -> None:
        with writing(visitor.app) as session:
            accounts.confirm(session, secret)

    problems = _together(work, work)
    assert [type(problem) for problem in problems] == [NotFoundError]
    assert visitor.log_in().status_code == 303
