"""Two coordinators who decide at the very same moment, each in a transaction of his own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine, select

from models import Decision, Match, OutboxMail, session_factory
from models.states import MatchStatus, RefusalReason
from tests.web.coordinator.scene import TODAY, Scene, actor
from web.services.catalogue import Catalogue
from web.services.decisions import decide
from web.services.errors import ConflictError

Outcome = MatchStatus | str
Wish = dict[str, object]


def at_once(
    engine: Engine, scene: Scene, first: dict[str, object], second: dict[str, object]
) -> list[Outcome]:
    """Let two people decide together; returns the status each got, or the code of the conflict."""
    together = Barrier(2)

    def act(person: int, wish: Wish) -> Outcome:
        rank = wish.get("rank", 0)
        values = {key: value for key, value in wish.items() if key != "rank"}
        assert isinstance(rank, int)
        try:
            # Loading the shelf beforehand lets both arrive at the same instant.
            catalogue = Catalogue()
            with session_factory(engine, read_only=True)() as session, catalogue.open(session):
                pass
            together.wait(20)
            with session_factory(engine).begin() as session:
                who = actor(session, person)
                offer = scene.offers[rank]
                match = decide(
                    session,
                    catalogue,
                    who,
                    scene.need,
                    offer,
                    on=TODAY,
                    seen_version=None,
                    **values,
                )
                return match.status
        except ConflictError as conflict:
            return conflict.code

    with ThreadPoolExecutor(2) as pool:
        wishes = ((scene.coordinator, first), (scene.colleague, second))
        return [job.result() for job in [pool.submit(act, who, wish) for who, wish in wishes]]


APPROVE: Wish = {"to": MatchStatus.APPROVED}
REFUSE: Wish = {
    "to": MatchStatus.REFUSED,
    "refusal_reason": RefusalReason.TOO_FAR,
}


def test_of_an_approval_and_a_refusal_at_once_one_stands_and_the_other_hears_of_it(
    engine: Engine, scene: Scene
) -> None:
    outcomes = at_once(engine, scene, APPROVE, REFUSE)
    assert sum(outcome == "stale" for outcome in outcomes) == 1, outcomes
    with session_factory(engine)() as session:
        decision = session.scalars(select(Decision)).one()
        match = session.scalars(select(Match)).one()
    assert match.status is decision.to_status
    assert match.status in outcomes


def test_two_approvals_of_the_same_offer_at_once_are_one_decision_and_two_mails(
    engine: Engine, scene: Scene
) -> None:
    outcomes = at_once(engine, scene, APPROVE, APPROVE)
    assert sorted(map(str, outcomes)) == ["approved", "stale"]
    with session_factory(engine)() as session:
        assert len(session.scalars(select(Decision)).all()) == 1
        assert len(session.scalars(select(OutboxMail)).all()) == 2


def test_two_approvals_of_different_offers_at_once_leave_one_approved(
    engine: Engine, scene: Scene
) -> None:
    other = {**APPROVE, "rank": 1, "words": "Dichter bij huis."}
    outcomes = at_once(engine, scene, APPROVE, other)
    assert sorted(map(str, outcomes)) == ["already_approved", "approved"]
    with session_factory(engine)() as session:
        approved = select(Match).where(Match.status == MatchStatus.APPROVED)
        assert len(session.scalars(approved).all()) == 1
