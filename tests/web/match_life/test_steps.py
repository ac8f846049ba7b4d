from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import Agreement, Event, now, session_factory
from models.match_life import UNDO_WITHIN
from models.states import CheckItem, FallReason, HoursPer, MatchStatus, NeedStatus, StillThere
from tests.web.coordinator.scene import TODAY
from tests.web.match_life.life import NO, YES, Life
from web.services.errors import ConflictError, ForbiddenError, InvalidError
from web.services.match_life.retention import months_after

DONE, RUNNING, AGREED = MatchStatus.DONE, MatchStatus.RUNNING, MatchStatus.AGREED


def agreement(life: Life) -> Agreement:
    with session_factory(life.engine)() as session:
        return session.scalars(select(Agreement)).one()


def test_a_service_goes_from_introduction_to_its_outcome_by_either_side(life: Life):
    life.introduce()
    life.agree("supplier")
    assert life.status is AGREED
    life.begin("asker")
    assert life.status is RUNNING
    life.finish("supplier")
    assert life.status is DONE
    kept = agreement(life)
    assert (kept.people, kept.hours_per, kept.real_hours, kept.real_euro) == (4, "week", 400, 8800)
    assert life.actions()[-3:] == ["agreed", "began", "ended"]
    # The other side is told of an agreement to look at, and of nothing that it sees anyway.
    assert life.mails()[-1].startswith("Afspraak met")


def test_the_coordinator_records_every_step_for_them_but_not_one_with_an_interest(life: Life):
    life.introduce()
    for step in (life.agree, life.begin, life.finish):
        with pytest.raises(ForbiddenError):
            step("ina")
        step("rita")
    assert life.status is DONE


@pytest.mark.parametrize("at", ["approved", "introduced", "agreed", "running", "done"])
def test_a_step_out_of_its_turn_changes_nothing(life: Life, at: str):
    _bring_to(life, at)
    steps = {
        "introduced": (life.agree,),
        "agreed": (life.begin, life.agree),
        "running": (life.finish, life.agree),
    }
    before = life.match().version
    for step in (life.agree, life.begin, life.finish):
        if step not in steps.get(at, ()):
            with pytest.raises(ConflictError):
                step("karel")
    if at not in ("introduced", "agreed"):
        with pytest.raises(ConflictError):
            life.give_up("karel")
    assert life.match().version == before


def test_what_is_agreed_can_be_changed_until_the_work_is_done(life: Life):
    life.introduce()
    life.agree()
    life.agree("supplier", euro=7000)
    life.begin()
    life.agree(euro=6500)
    assert agreement(life).euro == 6500
    with session_factory(life.engine)() as session:
        chosen = select(Event).where(Event.action == "agreement_changed").order_by(Event.id)
        changed = session.scalars(chosen).all()
    assert [(one.before["euro"], one.after["euro"]) for one in changed] == [
        (9000, 7000),
        (7000, 6500),
    ]


def test_nobody_overwrites_an_agreement_that_he_did_not_see(life: Life):
    life.introduce()
    seen = life.match().version
    life.agree()
    with pytest.raises(ConflictError):
        life.agree("supplier", euro=1, seen=seen, seen_agreement=None)
    with pytest.raises(ConflictError):
        life.agree("supplier", euro=1, seen_agreement=99)
    # The same again, as a double click sends it, is no conflict.
    life.agree(seen=seen, seen_agreement=None)
    assert agreement(life).euro == 9000


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"start_date": None}, "start_date"),
        ({"end_date": TODAY - timedelta(days=1)}, "end_date"),
        ({"hours": None, "hours_per": None, "euro": None}, "hours"),
        ({"hours_per": None}, "hours_per"),
    ],
    ids=["no start", "ends before", "neither hours nor euro", "hours of what"],
)
def test_an_agreement_that_lacks_something_is_refused(
    life: Life, values: dict[str, Any], problem: str
):
    life.introduce()
    with pytest.raises(InvalidError) as refused:
        life.agree(**values)
    assert set(refused.value.problems) == {problem}
    assert life.status is MatchStatus.INTRODUCED


def test_work_does_not_begin_or_end_in_days_to_come(life: Life):
    life.introduce()
    life.agree()
    with pytest.raises(InvalidError) as refused:
        life.begin(started=TODAY + timedelta(days=1))
    assert set(refused.value.problems) == {"started"}
    life.begin()
    with pytest.raises(InvalidError) as refused:
        life.finish(real_end=TODAY + timedelta(days=400))
    assert set(refused.value.problems) == {"real_end"}
    with pytest.raises(InvalidError) as refused:
        life.finish(real_start=None, real_end=None)
    assert set(refused.value.problems) == {"real_start", "real_end"}


def test_an_enclave_begins_once_its_checklist_is_in_order_and_the_notice_early_enough(life: Life):
    life.make_enclave()
    life.introduce()
    life.agree()
    with pytest.raises(InvalidError):
        life.begin()
    for item in CheckItem:
        with pytest.raises(InvalidError, match="started"):
            life.begin()
        life.tick("supplier", item)
    life.tick("asker", CheckItem.NOTICE, on=TODAY)
    with pytest.raises(InvalidError) as refused:
        life.begin()
    assert "one day before" in refused.value.problems["started"]
    life.tick("asker", CheckItem.NOTICE, on=TODAY - timedelta(days=1))
    life.untick("asker", CheckItem.SAFETY)
    with pytest.raises(InvalidError):
        life.begin()
    life.tick("rita", CheckItem.SAFETY)
    life.begin()
    assert life.status is RUNNING
    with pytest.raises(ConflictError):
        life.untick("supplier", CheckItem.NOTICE)
    assert "checked" in life.actions()
    assert "unchecked" in life.actions()


def test_no_item_is_in_order_since_tomorrow_and_a_service_has_no_checklist(life: Life):
    life.make_enclave()
    life.introduce()
    with pytest.raises(InvalidError):
        life.tick("asker", CheckItem.NOTICE, on=TODAY + timedelta(days=1))


def test_a_service_has_no_checklist(life: Life):
    life.introduce()
    with pytest.raises(ConflictError):
        life.tick("asker", CheckItem.NOTICE)


def test_a_vacancy_tells_of_hiring_and_whether_the_person_is_still_there(life: Life):
    life.make_vacancy()
    life.introduce()
    with pytest.raises(InvalidError) as refused:
        life.agree(contract=None)
    assert set(refused.value.problems) == {"contract"}
    life.agree(contract="permanent", people=None)
    life.begin()
    with pytest.raises(InvalidError):
        life.finish(real_end=None)
    with pytest.raises(InvalidError) as refused:
        life.finish(hired=True, real_end=None)
    assert set(refused.value.problems) == {"real_contract"}
    life.finish(hired=True, real_contract="permanent", real_end=None)
    with pytest.raises(ConflictError) as early:
        life.still_there("asker", 1, StillThere.YES, TODAY + timedelta(days=29))
    assert early.value.code == "too_early"
    life.still_there("asker", 1, StillThere.UNKNOWN, TODAY + timedelta(days=30))
    life.still_there("supplier", 1, StillThere.YES, TODAY + timedelta(days=31))
    life.still_there("rita", 6, StillThere.NO, date(2027, 6, 1))
    with pytest.raises(ConflictError):
        life.still_there("asker", 3, StillThere.YES, date(2028, 1, 1))
    with session_factory(life.engine)() as session:
        chosen = select(Event).where(Event.action == "retention").order_by(Event.id)
        told = [(one.before, one.after["still_there"]) for one in session.scalars(chosen)]
    assert told == [({}, "unknown"), ({"still_there": "unknown"}, "yes"), ({}, "no")]


def test_who_was_not_hired_is_not_asked_after(life: Life):
    life.make_vacancy()
    life.introduce()
    life.agree(contract="permanent", people=None)
    life.begin()
    life.finish(hired=False, real_end=None)
    with pytest.raises(ConflictError):
        life.still_there("asker", 1, StillThere.YES, date(2028, 1, 1))


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
    ids=str,
)
def test_months_end_where_the_calendar_does(start: date, months: int, due: date):
    assert months_after(start, months) == due


def test_it_may_come_to_nothing_after_the_introduction_with_a_reason(life: Life):
    life.introduce()
    for values in ({"reason": None}, {"reason": FallReason.OTHER}):
        with pytest.raises(InvalidError):
            life.give_up(**values)
    life.give_up("supplier", FallReason.OTHER, words="Te ver van de bushalte.")
    assert life.status is MatchStatus.FELL_THROUGH
    assert life.need_status is NeedStatus.PUBLISHED
    assert life.suggested() == 2
    assert life.mails()[-1].startswith("Gaat niet door")


@pytest.mark.parametrize(
    ("at", "back"),
    [
        ("agreed", MatchStatus.INTRODUCED),
        ("running", AGREED),
        ("done", RUNNING),
        ("refused by a side", MatchStatus.APPROVED),
        ("given up", MatchStatus.INTRODUCED),
        ("given up after agreeing", AGREED),
    ],
)
def test_a_mistaken_step_goes_back_to_where_it_came_from(life: Life, at: str, back: MatchStatus):
    _bring_to(life, at)
    life.undo("karel")
    assert life.status is back
    assert life.actions()[-1] == "step_undone"
    assert life.need_status is NeedStatus.APPROVED
    assert life.mails()[-1].startswith("Stap teruggedraaid")


def test_after_a_no_was_taken_back_that_side_answers_anew(life: Life):
    life.approve()
    life.say("asker", YES)
    life.say("supplier", NO)
    life.undo("supplier")
    assert life.status is MatchStatus.APPROVED
    life.say("supplier", YES)
    assert life.status is MatchStatus.INTRODUCED


def test_a_step_is_taken_back_by_who_took_it_or_a_coordinator_and_in_time(life: Life):
    life.introduce()
    life.agree("asker")
    with pytest.raises(ForbiddenError) as refused:
        life.undo("supplier")
    assert refused.value.code == "not_yours"
    with pytest.raises(ForbiddenError):
        life.undo("ina")
    with pytest.raises(ConflictError) as late:
        life.undo("asker", now() + UNDO_WITHIN + timedelta(minutes=5))
    assert late.value.code == "nothing_to_undo"
    life.undo("asker", now() + UNDO_WITHIN - timedelta(minutes=5))
    assert life.status is MatchStatus.INTRODUCED


def test_steps_are_taken_back_one_after_the_other_but_never_the_introduction(life: Life):
    _bring_to(life, "done")
    for back in (RUNNING, AGREED, MatchStatus.INTRODUCED):
        life.undo("rita")
        assert life.status is back
    with pytest.raises(ConflictError):
        life.undo("rita")
    with pytest.raises(ConflictError) as refused:
        life.unapprove()
    assert refused.value.code == "introduced"


def test_what_fell_through_does_not_come_back_once_another_took_its_place(life: Life):
    first = life.approve()
    life.say("supplier", NO)
    life.approve(1)
    life.match_id = first
    with pytest.raises(ConflictError) as refused:
        life.undo("supplier")
    assert refused.value.code == "need_covered"
    life.change(status=NeedStatus.WITHDRAWN)
    with pytest.raises(ConflictError) as refused:
        life.undo("supplier")
    assert refused.value.code == "need_closed"


def test_an_approval_is_taken_back_while_nobody_saw_the_others_contact(life: Life):
    life.approve()
    life.say("asker", YES)
    life.unapprove()
    assert life.status is MatchStatus.SUGGESTED
    assert life.need_status is NeedStatus.PUBLISHED


def _bring_to(life: Life, at: str) -> None:
    life.approve()
    if at == "refused by a side":
        life.say("supplier", NO)
    if at in ("approved", "refused by a side"):
        return
    life.say("asker", YES)
    life.say("supplier", YES)
    if at in ("introduced", "given up"):
        if at == "given up":
            life.give_up()
        return
    life.agree(hours_per=HoursPer.TOTAL)
    if at == "given up after agreeing":
        life.give_up()
    if at in ("running", "done"):
        life.begin()
    if at == "done":
        life.finish()
