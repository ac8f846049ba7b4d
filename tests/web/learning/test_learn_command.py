"""`brug learn`."""

import json

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import Engine

from models import Need, WeightsVersion, session_factory
from tests.matcher.decisions import FAR_MATTERS, draw_examples
from tests.web.coordinator.scene import TODAY, Scene
from tests.web.learning.record import record
from web.cli.learn import learn
from web.services.catalogue import Catalogue
from web.services.learning import versions
from web.services.matching import store_suggestions


def brug_learn(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(learn, arguments, obj=ScriptInfo(create_app=lambda: app))


def count_versions(engine: Engine) -> int:
    with session_factory(engine)() as session:
        return session.query(WeightsVersion).count()


def test_too_few_decisions_are_told_in_one_line(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(46, FAR_MATTERS))
    for arguments in ((), ("--dry-run",), ("--json",)):
        result = brug_learn(app, *arguments)
        assert result.exit_code == 1
        assert result.output == "Error: too little to learn from: 34 more decisions needed\n"


def test_a_dry_run_tells_what_would_change_and_stores_nothing(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(400, FAR_MATTERS, blame=True))
    result = brug_learn(app, "--dry-run")
    assert result.exit_code == 0
    assert "400 decisions" in result.output
    assert "100 held out" in result.output
    assert "distance.outside" in result.output
    assert "this version would go live" in result.output
    assert count_versions(engine) == 0


def test_learning_ranks_open_needs_anew(app: Flask, engine: Engine, scene: Scene) -> None:
    with session_factory(engine).begin() as session, Catalogue().open(session) as shelf:
        store_suggestions(session, shelf, session.get_one(Need, scene.need), TODAY)
    record(engine, draw_examples(400, FAR_MATTERS, blame=True))
    result = brug_learn(app)
    assert result.exit_code == 0
    assert "learned-1 goes live" in result.output
    assert "1 needs ranked anew" in result.output
    again = brug_learn(app)
    assert again.output == "nothing new: 0 of 20 decisions since the last version\n"
    with session_factory(engine)() as session:
        assert versions.live_id(session) == 1


def test_the_report_as_json(app: Flask, engine: Engine) -> None:
    record(engine, draw_examples(400, FAR_MATTERS, blame=True))
    trying, real = (
        json.loads(brug_learn(app, "--json", *more).output) for more in (["--dry-run"], [])
    )
    assert (trying["version"], real["version"]) == (None, "learned-1")
    assert (trying["wins"], trying["goes_live"], real["goes_live"]) == (True, False, True)
    assert trying["changes"] == real["changes"]
    before, after = real["changes"]["distance.outside"]
    assert before == pytest.approx(-0.5)
    assert after < before
    assert real["live"]["log_loss"] > real["tried"]["log_loss"]
    assert real["decisions"] == 400
