"""Learning from the record: versions are stored, the better ones live, and there is a way back."""

import pytest
from sqlalchemy import Engine, select

from matcher.learning import Example
from matcher.weights import DEFAULT_WEIGHTS
from models import CatalogueState, Event, Match, Need, WeightsVersion, session_factory
from tests.matcher.decisions import FAR_MATTERS, draw_examples
from tests.web.coordinator.scene import TODAY, Scene, actor
from tests.web.learning.record import decided, record
from web.services.actor import BRUG
from web.services.catalogue import Catalogue
from web.services.errors import ConflictError, NotFoundError
from web.services.learning import study, versions
from web.services.learning.study import Missing, Study, TooFewDecisionsError
from web.services.matching import store_suggestions
from web.services.renewal import count_behind, renew_one

FAR = "distance.outside"


def learn(engine: Engine, catalogue: Catalogue | None = None) -> tuple[Study, int | None]:
    """Learn in a transaction of its own; return the number of the version, None without news."""
    with session_factory(engine).begin() as session:
        found, version = study.learn(session, catalogue or Catalogue(), BRUG, TODAY)
        return found, version and version.id


def live(engine: Engine) -> int | None:
    with session_factory(engine)() as session:
        return versions.live_id(session)


def stored(engine: Engine, number: int | None) -> WeightsVersion:
    with session_factory(engine)() as session:
        return session.get_one(WeightsVersion, number)


@pytest.mark.parametrize(
    ("number", "missing"),
    [(0, Missing(80, 10, 10)), (79, Missing(1, 0, 0)), (5, Missing(75, 8, 7))],
)
def test_too_few_decisions_say_how_many_lack(engine: Engine, number: int, missing: Missing) -> None:
    examples = draw_examples(number, FAR_MATTERS)
    record(engine, examples)
    with pytest.raises(TooFewDecisionsError) as caught:
        learn(engine)
    assert caught.value.missing == missing


def test_decisions_of_one_kind_only_say_what_lacks(engine: Engine) -> None:
    approved = [e for e in draw_examples(300, FAR_MATTERS) if e.approved][:100]
    record(engine, approved)
    with pytest.raises(TooFewDecisionsError) as caught:
        learn(engine)
    assert caught.value.missing == Missing(0, 0, 10)


def test_what_beats_the_live_weights_is_stored_live_and_told(engine: Engine) -> None:
    record(engine, draw_examples(400, FAR_MATTERS, blame=True))
    found, number = learn(engine)
    assert live(engine) == number is not None
    version = stored(engine, number)
    assert (version.prior, version.parent_id, version.won) == (DEFAULT_WEIGHTS.version, None, True)
    assert (version.decisions, version.approvals) == (400, found.lessons.approvals)
    assert version.figures["held_out"] == 100
    assert version.figures["tried"]["log_loss"] < version.figures["live"]["log_loss"]
    turned = DEFAULT_WEIGHTS.turned(found.trial.turn, version.name)
    assert version.weights["distance_outside"] == pytest.approx(turned.distance_outside)
    with session_factory(engine)() as session:
        actions = session.scalars(
            select(Event.action).where(Event.subject_type == "weights").order_by(Event.id)
        )
        assert list(actions) == ["learned", "went_live"]
        comparison = versions.compare(version, None)
    far = next(change for change in comparison.changes if change.knob == FAR)
    assert far.before == pytest.approx(DEFAULT_WEIGHTS.distance_outside)
    assert far.heavier
    assert {c.knob.split(".")[0] for c in comparison.changes[:2]} == {"distance"}


def test_what_does_not_win_is_stored_and_stays_aside(engine: Engine) -> None:
    examples = draw_examples(400, FAR_MATTERS)
    record(engine, examples)
    _, first = learn(engine)
    # More of the same: the live weights are as good already.
    record_later(engine, draw_examples(40, FAR_MATTERS, seed=9))
    _, second = learn(engine)
    assert second is not None
    version = stored(engine, second)
    assert version.parent_id == first
    assert live(engine) == (second if version.won else first)


def record_later(engine: Engine, examples: list[Example]) -> None:
    with session_factory(engine).begin() as session:
        for place, example in enumerate(examples, start=5000):
            session.add(decided(place, example))
            session.flush()


def test_without_news_nothing_is_stored(engine: Engine) -> None:
    record(engine, draw_examples(200, FAR_MATTERS))
    _, first = learn(engine)
    record_later(engine, draw_examples(19, FAR_MATTERS, seed=3))
    found, second = learn(engine)
    assert (found.new, second) == (19, None)
    assert stored(engine, first).decisions == 200
    with session_factory(engine)() as session:
        assert session.query(WeightsVersion).count() == 1


def test_a_coordinator_goes_back_and_forth(engine: Engine, scene: Scene) -> None:
    record(engine, draw_examples(400, FAR_MATTERS, blame=True))
    _, number = learn(engine)
    go_back(engine, scene, None, seen=number)
    assert live(engine) is None
    with pytest.raises(ConflictError, match="stale"):
        go_back(engine, scene, number, seen=number)
    go_back(engine, scene, number, seen=None)
    go_back(engine, scene, number, seen=None)
    assert live(engine) == number
    with session_factory(engine)() as session:
        told = session.scalars(select(Event).where(Event.action == "went_back")).all()
    assert [event.after["weights"] for event in told] == [None, number]
    assert {event.actor_id for event in told} == {scene.coordinator}
    with pytest.raises(NotFoundError):
        go_back(engine, scene, 999, seen=number)


def test_nobody_goes_back_to_weights_of_an_older_brug(engine: Engine, scene: Scene) -> None:
    record(engine, draw_examples(400, FAR_MATTERS))
    _, number = learn(engine)
    with session_factory(engine).begin() as session:
        session.get_one(WeightsVersion, number).prior = "prior-0"
        assert versions.live_version(session) is None
    with pytest.raises(ConflictError, match="other_prior"):
        go_back(engine, scene, number, seen=number)


def go_back(engine: Engine, scene: Scene, number: int | None, *, seen: int | None) -> None:
    with session_factory(engine).begin() as session:
        by = actor(session, scene.coordinator)
        versions.go_back(session, by, number, seen=seen)


def test_open_needs_are_behind_until_they_are_ranked_with_the_live_weights(
    engine: Engine, scene: Scene
) -> None:
    catalogue = Catalogue()
    with session_factory(engine).begin() as session, catalogue.open(session) as shelf:
        store_suggestions(session, shelf, session.get_one(Need, scene.need), TODAY)
        assert count_behind(session, TODAY) == 0
    record(engine, draw_examples(400, FAR_MATTERS, blame=True))
    _, number = learn(engine, catalogue)
    name = stored(engine, number).name
    with session_factory(engine).begin() as session:
        assert count_behind(session, TODAY) == 1
        assert renew_one(session, catalogue, TODAY)
    with session_factory(engine)() as session:
        assert count_behind(session, TODAY) == 0
        made_by = {match.offer_id: match.weights_version for match in session.query(Match)}
    assert made_by == dict.fromkeys(scene.offers, name)


def test_learning_while_another_process_serves_changes_what_it_serves(
    engine: Engine, scene: Scene
) -> None:
    serving = Catalogue()
    with session_factory(engine)() as session, serving.open(session) as shelf:
        assert shelf.offers.weights == DEFAULT_WEIGHTS
    record(engine, draw_examples(400, FAR_MATTERS))
    _, number = learn(engine)
    name = stored(engine, number).name
    with session_factory(engine)() as session, serving.open(session) as shelf:
        assert shelf.offers.weights.version == name
        assert session.get_one(CatalogueState, 1).weights_id == number
