"""Learned weights that are live count in every process from its next request on."""

import pytest
from sqlalchemy import Engine

from matcher.values import Ranking
from matcher.weights import DEFAULT_WEIGHTS, Turn
from models import CatalogueState, Need, WeightsVersion, session_factory
from models.states import TrialKind
from tests.web.coordinator.scene import TODAY, Scene
from web.services.catalogue import Catalogue, put_live
from web.services.matching import rank_offers

PRIOR = DEFAULT_WEIGHTS.version
ACTIVITY = {"activity.shared": 3.0}


def version(engine: Engine, prior: str = PRIOR) -> int:
    """Store learned weights, not yet live, and return their number."""
    turned = DEFAULT_WEIGHTS.turned(Turn(0.5, ACTIVITY), "any")
    row = WeightsVersion(
        prior=prior,
        kind=TrialKind.REWEIGHTED,
        shift=0.5,
        factors=ACTIVITY,
        weights={"base": turned.base},
        decisions=100,
        approvals=50,
        figures={},
        won=True,
    )
    with session_factory(engine).begin() as session:
        session.add(row)
        session.flush()
        return row.id


def go_live(engine: Engine, number: int | None) -> None:
    with session_factory(engine).begin() as session:
        put_live(session, number)


def ranking(engine: Engine, catalogue: Catalogue, scene: Scene) -> Ranking:
    with session_factory(engine, read_only=True)() as session, catalogue.open(session) as shelf:
        return rank_offers(session, shelf, session.get_one(Need, scene.need), TODAY)


def test_every_process_ranks_with_new_weights_and_goes_back(engine: Engine, scene: Scene) -> None:
    processes = [Catalogue(), Catalogue()]
    before = [ranking(engine, process, scene) for process in processes]
    assert {found.weights_version for found in before} == {PRIOR}
    number = version(engine)
    go_live(engine, number)
    for process in processes:
        after = ranking(engine, process, scene)
        assert after.weights_version == f"learned-{number}"
        first = {r.code: r.contribution for r in before[0].suggestions[0].reasons}
        now_is = {r.code: r.contribution for r in after.suggestions[0].reasons}
        assert now_is["base"] == pytest.approx(first["base"] + 0.5)
        assert now_is["activity.shared"] == pytest.approx(3 * first["activity.shared"], abs=1e-3)
        assert now_is["text.similar"] == first["text.similar"]
    go_live(engine, None)
    assert [ranking(engine, process, scene) for process in processes] == before


def test_weights_learned_on_another_prior_do_not_count(engine: Engine, scene: Scene) -> None:
    go_live(engine, version(engine, prior="prior-0"))
    assert ranking(engine, Catalogue(), scene).weights_version == PRIOR


def test_what_is_rolled_back_never_reaches_a_process(engine: Engine, scene: Scene) -> None:
    number, catalogue = version(engine), Catalogue()
    with session_factory(engine)() as session:
        put_live(session, number)
        with pytest.raises(RuntimeError, match="before stamping"), catalogue.open(session):
            pass
        session.rollback()
    assert ranking(engine, catalogue, scene).weights_version == PRIOR
    with session_factory(engine)() as session:
        assert session.get_one(CatalogueState, 1).weights_id is None
