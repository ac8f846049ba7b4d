"""What came of the approvals in the world: one match in each state that takes other steps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Match, Need, User, now
from models.match_life import CHOSEN
from models.states import AnswerKind, CheckItem, Side
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import Catalogue
from web.services.conversation import questions, visits
from web.services.conversation.files import checked_file
from web.services.match_life import agreements, answers, checklist
from web.services.match_life.figures import Terms
from web.services.match_life.taking import own_sides

Step = Callable[[Session, Catalogue], None]
#: Which offer is approved for which need: the first waits for answers, the others go on.
APPROVED = {
    "introduced": "current",
    "met": "current",
    "agreed": "team",
    "ready": "second",
    "running": "second",
    "hired": "profile",
}


def _say_yes(name: str, who: str) -> Step:
    def step(session: Session, catalogue: Catalogue) -> None:
        match, actor = _match(session, name), _actor(session, who)
        approval = answers.approval_of(match)
        said = answers.Said(own_sides(actor, match)[0], AnswerKind.YES)
        seen, on = approval.id if approval else None, now().date()
        answers.answer(session, catalogue, actor, match.id, said, seen_approval=seen, on=on)

    return step


def _agree(name: str, **values: Any) -> Step:
    def step(session: Session, catalogue: Catalogue) -> None:
        match, on, ann = _match(session, name), now().date(), _actor(session, "ann")
        terms = Terms(**{"start_date": on - timedelta(days=40), "euro": 1000, **values})
        seen = {"seen_version": match.version, "seen_agreement": None}
        agreements.agree(session, catalogue, ann, match.id, terms, on=on, **seen)

    return step


def _begin(name: str) -> Step:
    def step(session: Session, _catalogue: Catalogue) -> None:
        match, on, ann = _match(session, name), now().date(), _actor(session, "ann")
        started, seen = on - timedelta(days=40), match.version
        agreements.start_work(session, ann, match.id, started, seen_version=seen, on=on)

    return step


def _tick(session: Session, _catalogue: Catalogue) -> None:
    match, on = _match(session, "agreed"), now().date()
    checklist.tick(session, _actor(session, "sam"), match.id, CheckItem.SAFETY, on, on)


def _talk(session: Session, _catalogue: Catalogue) -> None:
    """Three questions of the supplier, of which one waits and one is public, and a visit."""
    match, ann, sam = _match(session, "introduced"), _actor(session, "ann"), _actor(session, "sam")
    pdf = checked_file("plan.pdf", b"%PDF-1.7\n%%EOF\n")
    for words in ("Is er een lift?", "Is er parking?", "Zijn er kleedkamers?"):
        typed = questions.Typed(words, (pdf,) if words.startswith("Zijn") else ())
        asked = questions.ask(session, sam, match.id, Side.OFFER, typed)
        if not typed.files:
            public = "lift" in words
            reply = questions.Typed("Ja.")
            questions.answer(session, ann, asked.id, reply, public=public, seen_version=1)
    soon = (now() + timedelta(days=10)).replace(tzinfo=None)
    visits.propose(session, ann, match.id, visits.Proposal(soon, 60, "Aan de poort"))


def _match(session: Session, name: str) -> Match:
    chosen = select(Match).join(Match.need).where(Match.status.in_(CHOSEN))
    return session.scalars(chosen.where(Need.external_id == f"world:{name}")).one()


def _actor(session: Session, name: str) -> Actor:
    number = session.scalars(select(User.id).where(User.email == f"{name}@wereld.be")).one()
    loaded = load_user(session, number)
    assert loaded is not None
    return actor_of(loaded)


LIVES: tuple[Step, ...] = (
    *(_say_yes(need, who) for need in list(APPROVED)[1:] for who in ("ann", "sam")),
    _agree("agreed", people=2),
    _tick,
    _agree("ready"),
    _agree("running"),
    _begin("running"),
    _agree("hired", contract="permanent", euro=None),
    _begin("hired"),
    _talk,
)
