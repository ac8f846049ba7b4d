"""A need for several people, answered in parts."""

import pytest

from models import Need, Offer, session_factory
from models.states import MatchStatus, NeedStatus, Side
from tests.web.coordinator.scene import TODAY, actor
from tests.web.match_life.life import NO, YES, Life
from web.services.catalogue import stamp
from web.services.cover import Cover, cover_by, cover_of
from web.services.errors import ConflictError, InvalidError
from web.services.needs import NeedDraft, draft_of, reopen_need, revise_need


@pytest.fixture
def parts(life: Life) -> Life:
    """Six people asked; the first offer has four, the second has three, the third does not say."""
    with session_factory(life.engine).begin() as session:
        need = session.get_one(Need, life.scene.need)
        need.people_min = 6
        offers = [session.get_one(Offer, number) for number in life.scene.offers]
        offers[0].people_max, offers[1].people_max = 4, 3
        stamp(session, need, *offers)
    return life


def cover(life: Life) -> Cover:
    with session_factory(life.engine)() as session:
        return cover_of(session, session.get_one(Need, life.scene.need))


def people(life: Life, match_id: int) -> int | None:
    life.match_id = match_id
    return life.match().people


def test_six_are_four_and_two(parts: Life):
    first = parts.approve(0)
    assert people(parts, first) == 4
    assert parts.need_status is NeedStatus.PUBLISHED
    assert (cover(parts).taken, cover(parts).open, cover(parts).in_parts) == (4, 2, True)
    second = parts.approve(1, also=True)
    assert people(parts, second) == 2
    assert parts.need_status is NeedStatus.APPROVED
    assert cover(parts).covered


def test_a_part_that_falls_through_opens_the_need_again(parts: Life):
    parts.approve(0)
    parts.approve(1, also=True)
    parts.say("second", NO, Side.OFFER)
    assert parts.need_status is NeedStatus.PUBLISHED
    assert cover(parts).open == 2


def test_the_coordinator_says_for_how_many_up_to_what_is_there_and_asked(parts: Life):
    for wrong in (5, 0):
        with pytest.raises(InvalidError) as refused:
            parts.approve(0, people=wrong)
        assert set(refused.value.problems) == {"people"}
    with pytest.raises(InvalidError):
        parts.approve(2, people=7)
    assert people(parts, parts.approve(0, people=3)) == 3
    assert people(parts, parts.approve(2, also=True)) == 3


def test_agreeing_on_fewer_people_opens_the_need_again(parts: Life):
    parts.approve(0)
    parts.approve(2, also=True)
    assert parts.need_status is NeedStatus.APPROVED
    parts.say("rita", YES, Side.OFFER, words="Aan de telefoon.")
    parts.say("asker", YES)
    parts.agree("asker", people=1)
    assert parts.need_status is NeedStatus.PUBLISHED
    assert (cover(parts).promised, cover(parts).talking, cover(parts).open) == (1, 4, 1)


def test_a_need_that_counts_nobody_is_answered_by_one(life: Life):
    life.approve(0)
    assert life.match().people is None
    assert life.need_status is NeedStatus.APPROVED
    with pytest.raises(ConflictError) as refused:
        life.approve(1)
    assert refused.value.code == "already_approved"


def test_a_need_answered_in_part_stays_as_it_was_decided_on(parts: Life):
    parts.approve(0)
    with session_factory(parts.engine).begin() as session:
        need = session.get_one(Need, parts.scene.need)
        draft: NeedDraft = draft_of(need)
        asker = actor(session, parts.people["asker"])
        with pytest.raises(ConflictError) as refused:
            revise_need(
                session, parts.catalogue, asker, need, draft, version=need.version, on=TODAY
            )
        assert refused.value.code == "decided"
        need.status = NeedStatus.WITHDRAWN
    with session_factory(parts.engine).begin() as session:
        need = session.get_one(Need, parts.scene.need)
        reopen_need(session, actor(session, parts.people["asker"]), need)
        assert need.status is NeedStatus.PUBLISHED


def test_a_match_without_a_number_answers_all(parts: Life):
    with session_factory(parts.engine)() as session:
        need = session.get_one(Need, parts.scene.need)
        assert cover_by(need, [(MatchStatus.INTRODUCED, None)]).covered
        assert not cover_by(need, []).covered
        assert cover_by(need, [(MatchStatus.DONE, 5), (MatchStatus.APPROVED, 1)]).covered
