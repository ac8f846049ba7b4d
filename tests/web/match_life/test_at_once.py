"""Two people at one match at the same moment: nothing is lost, nothing overwritten."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from models import Agreement, MatchStep, session_factory
from models.states import FallReason, MatchStatus
from tests.web.match_life.life import NO, YES, Life
from web.services.errors import ConflictError


def at_once(*acts: Callable[[], None]) -> list[str]:
    """Do all at the same moment; return what each says, "done" or the code of its conflict."""
    start, said = Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], None]) -> None:
        start.wait()
        try:
            act()
            said[place] = "done"
        except ConflictError as error:
            said[place] = error.code
        except Exception as error:  # shown by the assertion
            said[place] = repr(error)

    running = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    return said


def test_two_yeses_at_once_introduce_exactly_once(life: Life):
    life.approve()
    seen = life.approval()
    said = at_once(
        lambda: life.say("asker", YES, seen=seen), lambda: life.say("supplier", YES, seen=seen)
    )
    assert said == ["done", "done"]
    assert life.status is MatchStatus.INTRODUCED
    assert life.actions().count("introduced") == 1
    assert len(life.mails()) == 4


def test_of_a_yes_and_a_no_at_once_the_no_stands(life: Life):
    life.approve()
    life.say("asker", YES)
    seen = life.approval()
    said = at_once(
        lambda: life.say("asker", NO, seen=seen, reason=FallReason.NOT_NEEDED),
        lambda: life.say("supplier", YES, seen=seen),
    )
    assert sorted(said) == ["answered", "done"]
    ended = {0: MatchStatus.FELL_THROUGH, 1: MatchStatus.INTRODUCED}
    assert life.status is ended[said.index("done")]


def test_an_undo_and_an_answer_at_once_do_not_cross(life: Life):
    life.approve()
    life.say("asker", YES)
    seen, version = life.approval(), life.match().version
    assert version
    said = at_once(lambda: life.say("supplier", YES, seen=seen), life.unapprove)
    assert said.count("done") == 1
    assert life.status in (MatchStatus.INTRODUCED, MatchStatus.SUGGESTED)


@pytest.mark.parametrize("other", ["another agreement", "giving up"])
def test_of_two_steps_at_once_one_is_taken(life: Life, other: str):
    life.introduce()
    seen = life.match().version
    rival = {
        "another agreement": lambda: life.agree(
            "supplier", euro=7000, seen=seen, seen_agreement=None
        ),
        "giving up": lambda: life.give_up("supplier", seen=seen),
    }[other]
    said = at_once(lambda: life.agree("asker", seen=seen, seen_agreement=None), rival)
    assert sorted(said) == ["done", "stale"]
    with session_factory(life.engine)() as session:
        steps = session.scalars(select(MatchStep).order_by(MatchStep.id)).all()
        euros = session.scalars(select(Agreement.euro)).all()
    assert len(steps) == 2
    kept = [9000] if said[0] == "done" else [7000] if other == "another agreement" else []
    assert list(euros) == kept
