"""Stored suggestions follow what changed: activities, rules, days gone by, decisions undone."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import Engine, select

from models import Match, Need, Offer, now, session_factory
from models.states import MatchStatus
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import TODAY, Decide, Scene, actor
from web.cli.upkeep import upkeep
from web.jobs.upkeep import Upkeep
from web.services.catalogue import Catalogue, stamp
from web.services.decisions import undo
from web.services.matching import store_suggestions
from web.services.renewal import count_behind, renew_one

Renew = Callable[[date], int]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture
def renew(engine: Engine, catalogue: Catalogue) -> Renew:
    """Rank anew whatever fell behind by a day; returns how many needs that were."""

    def run(on: date) -> int:
        done = 0
        while True:
            with session_factory(engine).begin() as session:
                if not renew_one(session, catalogue, on):
                    return done
            done += 1

    return run


def stored(engine: Engine, scene: Scene) -> dict[int, tuple[float, list[dict[str, Any]]]]:
    """Return the stored score and reasons of each offer that is suggested."""
    with session_factory(engine)() as session:
        chosen = select(Match).where(
            Match.need_id == scene.need, Match.status == MatchStatus.SUGGESTED
        )
        return {match.offer_id: (match.score, match.reasons) for match in session.scalars(chosen)}


def behind(engine: Engine, on: date = TODAY) -> int:
    with session_factory(engine)() as session:
        return count_behind(session, on)


def test_what_was_never_ranked_is_behind_and_then_level(
    engine: Engine, scene: Scene, renew: Renew
) -> None:
    assert behind(engine) == 1
    assert renew(TODAY) == 1
    assert behind(engine) == 0
    assert set(stored(engine, scene)) == set(scene.offers)


def test_an_edited_activity_renews_the_stored_suggestions(
    rita: Person, engine: Engine, scene: Scene, renew: Renew
) -> None:
    renew(TODAY)
    before = stored(engine, scene)
    other = {"label": "grachten ruimen", "synonyms": "grachten"}
    rita.send("/regie/activiteiten/gras-maaien", "gras-maaien", **other)
    assert behind(engine) == 1
    assert renew(TODAY) == 1
    assert stored(engine, scene) != before


def test_a_need_that_is_ranked_anew_is_no_newer_for_who_is_changing_it(
    engine: Engine, scene: Scene, renew: Renew
) -> None:
    with session_factory(engine)() as session:
        need = session.get_one(Need, scene.need)
        seen = (need.version, need.updated_at, need.revision)
    renew(TODAY)
    with session_factory(engine)() as session:
        need = session.get_one(Need, scene.need)
        assert (need.version, need.updated_at, need.revision) == seen


def test_an_offer_that_runs_out_is_gone_the_day_after(
    engine: Engine, scene: Scene, renew: Renew
) -> None:
    today = now().date()
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        offer.valid_until = today - timedelta(days=1)
        stamp(session, offer)
    # As it was stored while the offer still counted.
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        need.ranked_on, need.ranked_reference = today - timedelta(days=1), 0
        session.add(
            Match(
                need_id=need.id,
                offer_id=scene.offers[0],
                score=1.0,
                weights_version="v",
                status=MatchStatus.SUGGESTED,
            )
        )
    assert renew(today) == 1
    assert set(stored(engine, scene)) == set(scene.offers[1:])


def test_undoing_an_approval_brings_the_suggestions_up_to_date(
    deciding: Decide, engine: Engine, scene: Scene, catalogue: Catalogue, renew: Renew
) -> None:
    renew(TODAY)
    approved = deciding()
    with session_factory(engine).begin() as session:
        other = session.get_one(Offer, scene.offers[1])
        other.title, other.text = "Strijken", "Wij strijken hemden."
        stamp(session, other)
    before = stored(engine, scene)
    with session_factory(engine).begin() as session:
        undo(
            session,
            catalogue,
            actor(session, scene.coordinator),
            approved.id,
            seen_version=approved.version,
            on=TODAY,
        )
    after = stored(engine, scene)
    assert scene.offers[0] in after
    assert after[scene.offers[1]] != before[scene.offers[1]]
    with session_factory(engine).begin() as session, Catalogue().open(session) as shelf:
        store_suggestions(session, shelf, session.get_one(Need, scene.need), TODAY)
    assert stored(engine, scene) == after


def test_the_queue_says_so_while_suggestions_are_behind(
    rita: Person, engine: Engine, renew: Renew
) -> None:
    assert "opnieuw gerangschikt" in rita.get("/regie").text
    renew(now().date())
    assert "opnieuw gerangschikt" not in rita.get("/regie").text


def test_a_running_site_ranks_anew_by_itself_as_soon_as_something_is_saved(
    app: Flask, rita: Person, engine: Engine, renew: Renew
) -> None:
    today = now().date()
    keeper = Upkeep(app)
    idle = threading.Event()
    keeper.after_each = idle.set
    keeper.start()
    try:
        assert idle.wait(60)
        assert behind(engine, today) == 0
        idle.clear()
        rita.send("/regie/activiteiten/gras-maaien", "gras-maaien", synonyms="zwoefelen")
        assert idle.wait(60)
        assert behind(engine, today) == 0
    finally:
        keeper.stop()
    assert not keeper.is_alive()


def test_the_command_does_what_waits_and_ends(app: Flask, engine: Engine, scene: Scene) -> None:
    info = ScriptInfo(create_app=lambda: app)
    result = CliRunner().invoke(upkeep, ["--once"], obj=info)
    assert result.exit_code == 0, result.output
    assert result.output == "1 need ranked anew\n"
    assert behind(engine, now().date()) == 0
