"""What the record of decisions teaches."""

from typing import Any

import pytest
from sqlalchemy import Engine

from matcher.learning import points_of
from matcher.weights import DEFAULT_WEIGHTS, Turn
from models import Event, Match, Need, Offer, WeightsVersion, session_factory
from models.states import MatchStatus, RefusalReason, TrialKind
from tests.web.coordinator.scene import TODAY, Scene, actor
from web.services.catalogue import Catalogue, put_live, stamp
from web.services.decisions import add_by_hand, decide, undo
from web.services.learning.lessons import OUTCOMES, Lessons, Outcome, blamed, gather

APPROVED, REFUSED, ASIDE = MatchStatus.APPROVED, MatchStatus.REFUSED, MatchStatus.SET_ASIDE


class Desk:
    """A coordinator at work on the need of the scene, each act in a transaction of its own."""

    def __init__(self, engine: Engine, scene: Scene) -> None:
        self.scene, self.factory, self.catalogue = scene, session_factory(engine), Catalogue()

    def decide(self, rank: int, to: MatchStatus, reason: RefusalReason | None = None) -> Match:
        offer = self.scene.offers[rank]
        with self.factory.begin() as session:
            known = session.query(Match).filter_by(need_id=self.scene.need, offer_id=offer)
            match = known.one_or_none()
            return decide(
                session,
                self.catalogue,
                actor(session, self.scene.coordinator),
                self.scene.need,
                offer,
                to=to,
                on=TODAY,
                refusal_reason=reason,
                words="Daarom.",
                seen_version=match.version if match else None,
                also=True,
            )

    def undo(self, match: Match) -> None:
        with self.factory.begin() as session:
            by = actor(session, self.scene.coordinator)
            undo(session, self.catalogue, by, match.id, seen_version=match.version, on=TODAY)

    def by_hand(self, rank: int) -> Match:
        with self.factory.begin() as session:
            by, offer = actor(session, self.scene.coordinator), self.scene.offers[rank]
            need = self.scene.need
            return add_by_hand(session, self.catalogue, by, need, offer, "Kent de weg.", TODAY)

    def lessons(self, **values: Any) -> Lessons:
        with self.factory() as session, self.catalogue.open(session) as shelf:
            return gather(session, shelf, TODAY, **values)


@pytest.fixture
def desk(engine: Engine, scene: Scene) -> Desk:
    return Desk(engine, scene)


def test_decisions_that_stand_are_lessons_in_their_order(desk: Desk, scene: Scene) -> None:
    desk.decide(2, REFUSED, RefusalReason.WRONG_ACTIVITY)
    match = desk.decide(0, APPROVED)
    desk.decide(1, ASIDE)
    lessons = desk.lessons()
    assert [example.approved for example in lessons.examples] == [False, True]
    assert (lessons.approvals, lessons.refusals, lessons.left_out) == (1, 1, 0)
    assert {example.need_id for example in lessons.examples} == {str(scene.need)}
    seen = [(reason["code"], reason["contribution"]) for reason in match.reasons]
    assert lessons.examples[1].points == points_of(seen, Turn())
    assert lessons.examples[1].points["text.similar"] > 0


def test_an_undone_decision_teaches_nothing(desk: Desk) -> None:
    desk.undo(desk.decide(0, APPROVED))
    assert desk.lessons().examples == []
    desk.decide(0, REFUSED, RefusalReason.TOO_FAR)
    assert [example.approved for example in desk.lessons().examples] == [False]


def test_undoing_what_was_set_aside_brings_no_earlier_decision_back(desk: Desk) -> None:
    desk.undo(desk.decide(0, APPROVED))
    desk.undo(desk.decide(0, ASIDE))
    assert desk.lessons().examples == []


def test_an_offer_put_forward_by_hand_counts_half_until_it_is_decided_on(desk: Desk) -> None:
    desk.by_hand(1)
    (only,) = desk.lessons().examples
    assert (only.approved, only.weight) == (True, 0.5)
    desk.decide(1, REFUSED, RefusalReason.NO_CAPACITY)
    (only,) = desk.lessons().examples
    assert (only.approved, only.weight) == (False, 1.0)


def test_what_became_of_a_match_counts_also_outcomes_of_later(desk: Desk) -> None:
    match = desk.decide(0, APPROVED)

    def happens(action: str) -> None:
        with desk.factory.begin() as session:
            session.add(Event(subject_type="match", subject_id=str(match.id), action=action))

    # A side's no is no refusal: the approval counts less, and as before once it is taken back.
    weights = {"introduced": 1.5, "agreed": 2.0, "fell_through": 0.5, "step_undone": 1.0}
    for action, weight in {"contact_made": 1.5, **weights}.items():
        happens(action)
        (only,) = desk.lessons().examples
        assert (only.approved, only.weight) == (True, weight)
    happens("praised")
    later = {**OUTCOMES, "praised": Outcome(3.0, approved=False)}
    (only,) = desk.lessons(outcomes=later).examples
    assert (only.approved, only.weight) == (False, 3.0)


def test_reasons_of_learned_weights_are_traced_back_to_the_prior(desk: Desk) -> None:
    plain = desk.decide(0, APPROVED)
    before = desk.lessons().examples[0].points
    desk.undo(plain)
    factors = {"text.similar": 0.5, "activity.shared": 3.0}
    _live(desk, DEFAULT_WEIGHTS.version, factors)
    learned = desk.decide(0, APPROVED)
    assert learned.score != plain.score
    assert desk.lessons().examples[0].points == pytest.approx(before, abs=1e-3)


def test_reasons_of_an_older_prior_are_worked_out_anew_where_nothing_changed(desk: Desk) -> None:
    desk.decide(0, APPROVED)
    desk.decide(1, REFUSED, RefusalReason.TOO_FAR)
    before = [example.points for example in desk.lessons().examples]
    with desk.factory.begin() as session:
        for event in session.query(Event).filter_by(action="decided").all():
            # Events cannot be altered: the same decisions once more, as an older Brug told them.
            after = {**event.after, "weights_version": "prior-0", "reasons": []}
            subject = f"9{event.subject_id}"
            session.add(
                Event(subject_type="match", subject_id=subject, action="decided", after=after)
            )
    _live(desk, DEFAULT_WEIGHTS.version, {"text.similar": 2.0})
    again = [example.points for example in desk.lessons().examples[2:]]
    for one, other in zip(again, before, strict=True):
        assert one == pytest.approx(other, abs=1e-3)
    with desk.factory.begin() as session:
        offer = session.get_one(Offer, desk.scene.offers[1])
        offer.text = "Iets heel anders."
        stamp(session, offer, session.get_one(Need, desk.scene.need))
    lessons = desk.lessons()
    assert (len(lessons.examples), lessons.left_out) == (3, 1)


def _live(desk: Desk, prior: str, factors: dict[str, float]) -> None:
    version = WeightsVersion(
        prior=prior,
        kind=TrialKind.REWEIGHTED,
        shift=0.0,
        factors=factors,
        weights={},
        decisions=1,
        approvals=1,
        figures={},
        won=True,
    )
    with desk.factory.begin() as session:
        session.add(version)
        session.flush()
        put_live(session, version.id)


@pytest.mark.parametrize(
    ("reason", "named", "spared"),
    [
        (RefusalReason.TOO_FAR, "distance.outside", "text.similar"),
        (RefusalReason.WRONG_ACTIVITY, "activity.shared", "distance.outside"),
        (RefusalReason.NO_CAPACITY, "capacity.short", "period.fits"),
        (RefusalReason.WRONG_PERIOD, "hours.differ", "capacity.short"),
        (RefusalReason.MISSING_CERTIFICATE, "licences.missing", "site.misses"),
        (RefusalReason.CONDITIONS, "site.misses", "distance.outside"),
        (RefusalReason.CONDITIONS, "height.short", "season.fits"),
    ],
)
def test_a_reason_names_its_criteria(reason: RefusalReason, named: str, spared: str) -> None:
    assert named in blamed(reason.value)
    assert spared not in blamed(reason.value)


@pytest.mark.parametrize("reason", [None, RefusalReason.KNOWN_PROBLEM, RefusalReason.OTHER])
def test_other_reasons_name_none(reason: RefusalReason | None) -> None:
    assert blamed(reason and reason.value) == frozenset()
