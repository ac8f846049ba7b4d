"""Whoever has an interest in the asker or the supplier changes nothing of their match, anywhere."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from models import DeclaredInterest, Organisation, User
from tests.support.pages import Form
from tests.support.routes import ROWS, Row, found_forms, values_of
from tests.support.site import Site
from tests.support.world import ORGANISATIONS, email_of

#: What a coordinator with an interest may do all the same, each with the reason.
ALLOWED = {
    "coordinator.hand_over": "the way out: a colleague decides",
    "coordinator.declare_interest": "says that there is an interest",
    "introductions.make_contact": "notes what the two sides did; decides nothing",
}
DECIDING = [
    row
    for row in ROWS
    if row.method == "POST"
    and row.right == "rita"
    and {key for key, _name in row.names} & {"need_id", "match_id", "organisation_id"}
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("interests"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def forms(site: Site) -> dict[tuple[str, str], Form]:
    return found_forms(site)


def _declare(site: Site, name: str) -> None:
    with site.sessions.writing.begin() as session:
        person = session.scalars(select(User.id).where(User.email == email_of("rita"))).one()
        called = Organisation.name == ORGANISATIONS[name][0]
        organisation = session.scalars(select(Organisation.id).where(called)).one()
        known = session.scalar(
            select(DeclaredInterest.id).where(
                DeclaredInterest.user_id == person,
                DeclaredInterest.organisation_id == organisation,
            )
        )
        if known is None:
            session.add(DeclaredInterest(user_id=person, organisation_id=organisation))


def test_the_routes_that_decide_are_known() -> None:
    named = {row.endpoint for row in DECIDING}
    assert {"coordinator.approve", "coordinator.undo_decision", "coordinator.add_offer"} <= named


def _sides(row: Row) -> list[str]:
    """Return in whom one has an interest that must keep him from a route."""
    names = dict(row.names)
    sides = ["company"] if "need_id" in names else []
    sides += ["maatwerk"] if "offer_id" in names else []
    return sides + (["waiting"] if names.get("organisation_id") == "waiting" else [])


CASES = [
    pytest.param(row, side, id=f"{row.id}-{side}")
    for row in DECIDING
    if row.endpoint not in ALLOWED
    for side in _sides(row)
]


@pytest.mark.parametrize(("row", "side"), CASES)
def test_an_interest_keeps_from_deciding(
    site: Site, forms: dict[tuple[str, str], Form], row: Row, side: str
) -> None:
    site.reset()
    # The form as it stood before: whoever keeps an old page open may not decide either.
    values = values_of(site, row, forms.get((row.right, row.address(site))))
    _declare(site, side)
    before = site.changes()
    answer = site.person("rita").post(row.address(site), values)
    assert site.changes() == before
    assert answer.status_code in (303, 403)
