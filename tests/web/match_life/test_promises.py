"""Nobody is promised twice: what an offer gave its word for is gone, until it comes back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matcher.vocabulary import NeedKind
from models import Match, Need, Offer, now, session_factory
from models.states import MatchStatus, NeedStatus
from tests.support import builders as build
from tests.web.coordinator.scene import TODAY, actor
from tests.web.match_life.life import NO, YES, Life
from tests.web.match_life.test_at_once import at_once
from web.services.catalogue import Catalogue, stamp
from web.services.decisions import decide
from web.services.errors import ConflictError, InvalidError
from web.services.promises import free_between
from web.services.values import offer_value

LATER = TODAY + timedelta(days=200)


@pytest.fixture
def two(life: Life) -> Life:
    """Two needs of four people in one period; the first offer has six."""
    with session_factory(life.engine).begin() as session:
        need, offer = (
            session.get_one(Need, life.scene.need),
            session.get_one(Offer, life.scene.offers[0]),
        )
        need.people_min, offer.people_max = 4, 6
        need.start_date, need.end_date = TODAY, TODAY + timedelta(days=60)
        stamp(session, need, offer)
    return life


def another_need(life: Life, **values: Any) -> int:
    """Post a need like the first, for another asker of the region."""
    with session_factory(life.engine).begin() as session:
        first = session.get_one(Need, life.scene.need)
        values = {
            "kind": first.kind,
            "region_id": first.region_id,
            "title": first.title,
            "text": first.text,
            "people_min": 4,
            "start_date": TODAY,
            "end_date": TODAY + timedelta(days=60),
            **values,
        }
        need = build.need(session, **values)
        stamp(session, need)
        return need.id


def approve(life: Life, need_id: int, *, people: int | None = None) -> int:
    """Approve the first offer for a need, as the coordinator."""
    with life.session() as session:
        return decide(
            session,
            Catalogue(),
            actor(session, life.people["rita"]),
            need_id,
            life.scene.offers[0],
            to=MatchStatus.APPROVED,
            on=TODAY,
            words="Zij.",
            seen_version=None,
            people=people,
        ).id


def free(life: Life) -> int | None:
    with session_factory(life.engine)() as session:
        offer = session.get_one(Offer, life.scene.offers[0])
        return free_between(offer, TODAY, TODAY)


def test_what_is_approved_for_one_need_is_not_free_for_another(two: Life) -> None:
    approve(two, two.scene.need)
    assert free(two) == 2
    with pytest.raises(InvalidError) as refused:
        approve(two, another_need(two), people=4)
    assert set(refused.value.problems) == {"people"}
    found = approve(two, another_need(two))
    with session_factory(two.engine)() as session:
        # For as many as there are: the need stays open for the others.
        match = session.get_one(Match, found)
        assert match.people == 2
        assert session.get_one(Need, match.need_id).status is NeedStatus.PUBLISHED
    with pytest.raises(ConflictError, match="promised"):
        approve(two, another_need(two))


def test_another_period_is_free(two: Life) -> None:
    approve(two, two.scene.need)
    later = another_need(two, start_date=LATER, end_date=LATER + timedelta(days=9))
    assert approve(two, later, people=4)


def test_of_two_approvals_at_once_one_finds_nobody_left(two: Life) -> None:
    with session_factory(two.engine).begin() as session:
        offer = session.get_one(Offer, two.scene.offers[0])
        offer.people_max = 4
        stamp(session, offer)
    other = another_need(two)
    said = at_once(lambda: approve(two, two.scene.need), lambda: approve(two, other))
    assert sorted(said) == ["done", "promised"]
    with session_factory(two.engine)() as session:
        held = session.scalars(select(Match).where(Match.status == MatchStatus.APPROVED)).all()
        assert [match.people for match in held] == [4]


def test_a_no_gives_back_what_was_promised_and_the_matcher_sees_it(two: Life) -> None:
    two.match_id = approve(two, two.scene.need)
    with session_factory(two.engine)() as session:
        offer = session.get_one(Offer, two.scene.offers[0])
        before = offer.revision
        assert [one.people for one in offer_value(offer).conditions.promised] == [4]
    two.say("supplier", NO)
    assert free(two) == 6
    with session_factory(two.engine)() as session:
        offer = session.get_one(Offer, two.scene.offers[0])
        assert offer.revision > before
        assert offer_value(offer).conditions.promised == ()


def test_undoing_an_approval_gives_back(two: Life) -> None:
    two.match_id = approve(two, two.scene.need)
    two.unapprove()
    assert free(two) == 6


def test_more_than_is_free_cannot_be_agreed_on(two: Life) -> None:
    two.match_id = approve(two, two.scene.need)
    two.say("asker", YES)
    two.say("supplier", YES)
    approve(two, another_need(two))
    with pytest.raises(InvalidError) as refused:
        two.agree(people=5)
    assert set(refused.value.problems) == {"people"}
    two.agree(people=4)
    assert free(two) == 0


def test_what_was_given_up_comes_back_only_while_it_is_still_free(two: Life) -> None:
    two.match_id = first = approve(two, two.scene.need)
    two.say("asker", YES)
    two.say("supplier", YES)
    two.give_up()
    second = approve(two, another_need(two), people=4)
    two.match_id = first
    with pytest.raises(ConflictError, match="promised"):
        two.undo("rita", now())
    assert two.status is MatchStatus.FELL_THROUGH
    assert second != first


def test_somebody_who_is_promised_a_job_is_promised_no_other(two: Life) -> None:
    from matcher.vocabulary import OfferKind

    with session_factory(two.engine).begin() as session:
        offer = session.get_one(Offer, two.scene.offers[0])
        offer.kind, offer.pseudonym, offer.people_max = OfferKind.PROFILE, "P-1234", None
        stamp(session, offer)
    vacancies = [another_need(two, kind=NeedKind.VACANCY, people_min=None) for _ in range(2)]
    approve(two, vacancies[0])
    with pytest.raises(ConflictError, match="promised"):
        approve(two, vacancies[1])
