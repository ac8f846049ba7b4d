"""Who waits for whom: what lies with whom in the region, since when."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models import Match, Offer, now
from models.states import AnswerKind, Side
from tests.support.site import Site
from web.services.actor import Actor
from web.services.match_life import answers
from web.services.waiting import Holder, Wait, Waiting, waiting_in


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.close()


def _all(site: Site, holder: Holder | None = None) -> list[Waiting]:
    region = site.numbers["region_id"]["igo"]
    actor = Actor(user_id=1, coordinator_regions=frozenset({region}))
    with site.sessions.reading() as session:
        return waiting_in(session, actor, now(), holder)


def test_everything_lies_with_somebody_the_longest_first(site: Site) -> None:
    found = _all(site)
    assert [one.since for one in found] == sorted(one.since for one in found)
    held = {(one.holder, one.wait) for one in found}
    assert (Holder.COORDINATOR, Wait.ADMIT) in held
    assert (Holder.COORDINATOR, Wait.DECIDE) in held
    assert {(Holder.BUYER, Wait.ANSWER), (Holder.SUPPLIER, Wait.ANSWER)} <= held
    assert {(Holder.BOTH, wait) for wait in (Wait.AGREE, Wait.BEGIN, Wait.FINISH)} <= held


def test_a_side_that_answered_waits_for_the_other(site: Site) -> None:
    number = site.numbers["match_id"]["introduced"]
    page = f"/kennismakingen/{number}"
    catalogue = site.app.extensions["brug_catalogue"]
    assert len([one for one in _all(site) if one.path == page]) == 2
    with site.sessions.writing.begin() as session:
        match = session.get_one(Match, number)
        approval = answers.approval_of(match)
        assert approval is not None
        ann = Actor(user_id=1, organisation_ids=frozenset({match.need.organisation_id}))
        said, on = answers.Said(Side.NEED, AnswerKind.YES), now().date()
        answers.answer(session, catalogue, ann, number, said, seen_approval=approval.id, on=on)
    (left,) = [one for one in _all(site) if one.path == page]
    assert (left.holder, left.name) == (Holder.SUPPLIER, "Maatwerk De Es")


def test_an_offer_that_nobody_confirmed_lies_with_its_supplier(site: Site) -> None:
    assert [one for one in _all(site) if one.wait is Wait.CONFIRM] == []
    with site.sessions.writing.begin() as session:
        offer = session.scalars(select(Offer).where(Offer.external_id == "world:current")).one()
        long_ago = {"confirmed_at": now() - timedelta(days=130)}
        session.execute(update(Offer).where(Offer.id == offer.id).values(long_ago))
    (waits,) = [one for one in _all(site) if one.wait is Wait.CONFIRM]
    assert waits.path == f"/aanbod/{offer.id}"
    assert 7 <= (now() - waits.since).days <= 9


def test_the_page_names_them_and_can_be_narrowed(site: Site) -> None:
    rita = site.person("rita")
    page = rita.get("/regie/wie-wacht-op-wie").text
    assert "beslissen over de vraag" in page
    only = rita.get("/regie/wie-wacht-op-wie?bij=both").text
    assert "beslissen over de vraag" not in only
    assert "het werk beginnen" in only


def test_another_region_waits_for_its_own(site: Site) -> None:
    page = site.person("elke").get("/regie/wie-wacht-op-wie").text
    assert "Niemand wacht" in page
