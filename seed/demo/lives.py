"""What came of the approvals of the demo region, step by step through the services."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from models import Answer, Match, MatchStep, Question, now
from models.states import AnswerKind, CheckItem, FallReason, HoursPer, Side, StillThere
from seed.demo.steps import Steps, actor_for
from web.services.actor import Actor
from web.services.conversation import questions
from web.services.match_life import agreements, answers, checklist, retention
from web.services.match_life.figures import Outcome, Terms
from web.services.match_life.taking import own_sides


def live(steps: Steps, match_id: int, then: list[dict[str, Any]]) -> None:
    """Take the steps after an approval, each in a session of its own, on its day."""
    for entry in then:
        with steps.next() as session:
            actor = actor_for(session, entry["by"])
            match = session.get_one(Match, match_id)
            _take(steps, session, actor, match, entry)
            if "age" in entry:
                _date(session, match_id, steps.days_ago(entry["age"]))


def _take(
    steps: Steps, session: Session, actor: Actor, match: Match, entry: Mapping[str, Any]
) -> None:
    seen = {"seen_version": match.version}
    if "say" in entry:
        _say(steps, session, actor, match, entry)
    elif "ask" in entry or "answer" in entry:
        _talk(session, actor, match, entry)
    elif "agree" in entry:
        terms = Terms(**_figures(steps, entry["agree"], ""))
        agreements.agree(
            session,
            steps.catalogue,
            actor,
            match.id,
            terms,
            seen_agreement=None,
            on=steps.on,
            **seen,
        )
    elif "tick" in entry:
        item, day = CheckItem(entry["tick"]), steps.day(entry["day"])
        checklist.tick(session, actor, match.id, item, day, steps.on)
    elif "begin" in entry:
        started = steps.day(entry["begin"])
        agreements.start_work(session, actor, match.id, started, on=steps.on, **seen)
    elif "finish" in entry:
        stored = agreements.agreement_of(session, match.id)
        outcome = Outcome(**_figures(steps, entry["finish"], "real_"))
        known = stored.version if stored else None
        agreements.finish(
            session, actor, match.id, outcome, seen_agreement=known, on=steps.on, **seen
        )
    elif "still_there" in entry:
        said = StillThere(entry["still_there"])
        retention.record_retention(session, actor, match.id, entry["months"], said, steps.on)


def _say(
    steps: Steps, session: Session, actor: Actor, match: Match, entry: Mapping[str, Any]
) -> None:
    approval = answers.approval_of(match)
    side: Side = own_sides(actor, match)[0]
    reason = FallReason(entry["reason"]) if "reason" in entry else None
    answers.answer(
        session,
        steps.catalogue,
        actor,
        match.id,
        answers.Said(side, AnswerKind(entry["say"]), reason, entry.get("words")),
        seen_approval=approval.id if approval else None,
        on=steps.on,
    )


def _talk(session: Session, actor: Actor, match: Match, entry: Mapping[str, Any]) -> None:
    """Ask something, or answer the question that waits."""
    if "ask" in entry:
        side = own_sides(actor, match)[0]
        questions.ask(session, actor, match.id, side, questions.Typed(entry["ask"]))
        return
    waiting = next(one for one in questions.questions_of(session, match) if one.answer is None)
    typed, public = questions.Typed(entry["answer"]), entry.get("public", False)
    seen = waiting.version
    questions.answer(session, actor, waiting.id, typed, public=public, seen_version=seen)


def _figures(steps: Steps, given: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return figures by the names of the service; days are counted from the day of loading."""
    days = (
        {"start": "start", "end": "end"} if prefix else {"start": "start_date", "end": "end_date"}
    )
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name in days:
            values[prefix + days[name]] = steps.day(value)
        elif name == "hours_per":
            values[name] = HoursPer(value)
        else:
            values[name if name == "hired" else prefix + name] = value
    return values


def _date(session: Session, match_id: int, at: datetime) -> None:
    """Let what was just written look as old as the story tells; the earlier rows do already."""
    session.flush()
    just_now = now() - timedelta(minutes=10)
    for table in (Answer, MatchStep):
        fresh = update(table).where(table.match_id == match_id, table.at > just_now)
        session.execute(fresh.values(at=at).execution_options(synchronize_session=False))
    for moment in (Question.asked_at, Question.answered_at):
        fresh = update(Question).where(Question.match_id == match_id, moment > just_now)
        values = {moment.key: at}
        session.execute(fresh.values(values).execution_options(synchronize_session=False))
    moved = update(Match).where(Match.id == match_id).values(updated_at=at)
    session.execute(moved.execution_options(synchronize_session=False))
