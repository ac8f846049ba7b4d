import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from models import Answer, Event, Need, Offer, now, session_factory
from models.states import FallReason, MatchStatus, NeedStatus, Side
from tests.web.coordinator.scene import actor
from tests.web.match_life.life import NO, YES, Life
from web.services import queue
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError


def test_two_yeses_introduce_and_one_alone_does_not(life: Life):
    life.approve()
    assert life.mails() == ["Voorstel: kennismaken met " + name + "?" for name in _names(life)]
    life.say("asker", YES)
    assert life.status is MatchStatus.APPROVED
    life.say("supplier", YES)
    assert life.status is MatchStatus.INTRODUCED
    assert [subject.split(":")[0] for subject in life.mails()[2:]] == ["Kennismaking"] * 2
    assert life.actions() == ["decided", "answered", "answered", "introduced"]


def test_a_no_lets_it_fall_through_and_the_need_is_open_again_with_fresh_suggestions(life: Life):
    life.approve()
    assert life.need_status is NeedStatus.APPROVED
    life.say("supplier", NO)
    assert life.status is MatchStatus.FELL_THROUGH
    assert life.need_status is NeedStatus.PUBLISHED
    assert life.suggested() == 2
    # The supplier knows it already: the asker alone is told.
    assert [subject.split(":")[0] for subject in life.mails()[2:]] == ["Gaat niet door"]
    with session_factory(life.engine)() as session:
        told = session.scalars(select(Event).where(Event.action == "fell_through")).one()
    assert told.after["why"] == "no_capacity"


def test_a_side_may_change_its_answer_while_the_other_is_silent(life: Life):
    life.approve()
    life.say("asker", YES)
    life.say("asker", NO, reason=FallReason.NOT_NEEDED)
    assert life.status is MatchStatus.FELL_THROUGH
    with pytest.raises(ConflictError) as refused:
        life.say("supplier", YES)
    assert refused.value.code == "answered"


def test_a_double_click_says_it_once(life: Life):
    life.approve()
    for _ in range(2):
        life.say("asker", YES)
    for _ in range(2):
        life.say("supplier", YES)
    with session_factory(life.engine)() as session:
        assert len(session.scalars(select(Answer)).all()) == 2


@pytest.mark.parametrize(
    ("kind", "values", "problem"),
    [
        (NO, {"reason": None}, "reason"),
        (NO, {"reason": FallReason.OTHER}, "words"),
        (YES, {"words": "x" * 10_001}, "words"),
    ],
    ids=["no without a reason", "other without words", "endless"],
)
def test_an_answer_that_lacks_something_is_refused_and_changes_nothing(
    life: Life, kind: object, values: dict[str, object], problem: str
):
    life.approve()
    with pytest.raises(InvalidError) as refused:
        life.say("supplier", kind, **values)  # type: ignore[arg-type]
    assert set(refused.value.problems) == {problem}
    assert life.actions() == ["decided"]


def test_nobody_answers_for_another_side_but_a_coordinator_who_says_how_he_knows(life: Life):
    life.approve()
    with pytest.raises(ForbiddenError):
        life.say("asker", YES, Side.OFFER)
    with pytest.raises(InvalidError) as refused:
        life.say("rita", YES, Side.OFFER)
    assert set(refused.value.problems) == {"words"}
    life.say("rita", YES, Side.OFFER, words="Sam zei het aan de telefoon.")
    life.say("asker", YES)
    assert life.status is MatchStatus.INTRODUCED


def test_a_coordinator_with_an_interest_and_a_stranger_answer_nothing(life: Life):
    life.approve()
    with pytest.raises(ForbiddenError):
        life.say("ina", YES, Side.NEED, words="Gehoord.")
    for outsider in ("stranger", "second"):
        with pytest.raises(NotFoundError):
            life.say(outsider, YES, Side.NEED, words="Gehoord.")


def test_an_answer_belongs_to_the_approval_that_was_seen(life: Life):
    life.approve()
    seen = life.approval()
    life.say("asker", YES)
    life.unapprove()
    life.approve()
    with pytest.raises(ConflictError) as refused:
        life.say("supplier", YES, seen=seen)
    assert refused.value.code == "stale"
    life.say("supplier", YES)
    # The asker said yes to the earlier one, not to this.
    assert life.status is MatchStatus.APPROVED


def test_a_need_that_was_taken_back_is_answered_by_nobody(life: Life):
    life.approve()
    life.change(status=NeedStatus.WITHDRAWN)
    with pytest.raises(ConflictError) as refused:
        life.say("supplier", YES)
    assert refused.value.code == "need_closed"


def test_the_database_keeps_what_was_said(life: Life):
    life.approve()
    life.say("asker", YES)
    life.say("supplier", NO)
    for statement in (
        "UPDATE answer SET kind = 'no', reason = 'price'",
        "DELETE FROM answer",
        "UPDATE match_step SET to_status = 'done'",
        "DELETE FROM match_step",
    ):
        with session_factory(life.engine)() as session, pytest.raises(DBAPIError, match="only"):
            session.execute(text(statement))


def test_what_was_said_in_words_stays_out_of_the_record(life: Life):
    life.approve()
    life.say("supplier", NO, words="Jan is ziek.")
    with session_factory(life.engine)() as session:
        events = session.scalars(select(Event).where(Event.action != "decided")).all()
    assert not any("Jan" in f"{one.before}{one.after}{one.reason}" for one in events)


def _names(life: Life) -> list[str]:
    with session_factory(life.engine)() as session:
        need = session.get_one(Need, life.scene.need)
        offer = session.get_one(Offer, life.scene.offers[0])
        return [offer.organisation.name, need.organisation.name]


def test_a_need_that_came_back_says_so_in_the_queue(life: Life):
    life.approve()
    life.say("supplier", NO)
    with session_factory(life.engine)() as session:
        rita, moment = actor(session, life.people["rita"]), now()
        need = session.get_one(Need, life.scene.need)
        (row,) = queue.rows(session, rita, [need], moment)
        found = session.scalars(queue.queue(rita, queue.QueueFilter(), moment)).all()
    assert queue.Cause.FELL_THROUGH in row.causes
    assert [one.id for one in found] == [life.scene.need]
