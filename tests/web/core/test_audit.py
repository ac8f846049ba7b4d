"""`brug audit`: who tampered with the record, past Brug and with the triggers off, is found."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import Engine, make_url, text

from models import session_factory
from web.cli.audit import audit
from web.services import events
from web.services.actor import Actor

Run = Callable[..., Result]
Tamper = Callable[[str], None]

ALL = 5
INSERT = (
    "INSERT INTO event (at, subject_type, subject_id, action, before, after)"
    " VALUES ('2026-01-01 00:00:00+00:00', 'need', '{}', 'changed', '{{}}', '{{}}')"
)


@pytest.fixture
def contents() -> str:
    return "schema"


@pytest.fixture
def run(app: Flask, engine: Engine) -> Run:
    for number in range(ALL):
        with session_factory(engine).begin() as session:
            after = {"title": f"Gras maaien {number}", "size": 1.5}
            events.record(session, Actor(name="operator"), "need", number, "changed", after=after)
    return lambda *arguments: CliRunner().invoke(
        audit, list(map(str, arguments)), obj=ScriptInfo(create_app=lambda: app)
    )


@pytest.fixture
def tamper(engine: Engine, database_url: str) -> Tamper:
    def on_sqlite(statement: str) -> None:
        connection = sqlite3.connect(str(make_url(database_url).database))
        with connection:
            for table in ("event", "seal"):
                for what in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}")
            connection.execute(statement)
        connection.close()

    def on_postgresql(statement: str) -> None:
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(statement))
            connection.execute(text("SET session_replication_role = DEFAULT"))

    return on_sqlite if database_url.startswith("sqlite") else on_postgresql


def test_an_untouched_record_is_unbroken(run: Run) -> None:
    result = run("verify")
    assert result.exit_code == 0
    told, noted = result.output.splitlines()
    assert told == f"{ALL} events, unbroken"
    assert len(noted) == 64
    assert run("verify", "--noted", noted).exit_code == 0


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE event SET action = 'withdrawn' WHERE id = 2", "event 2 was altered"),
        ("UPDATE event SET actor_id = 9 WHERE id = 3", "event 3 was altered"),
        ("UPDATE event SET at = '2020-01-01 00:00:00+00:00' WHERE id = 1", "event 1 was altered"),
        (
            "UPDATE seal SET hash = '00' WHERE position = 2",
            "event 2 was altered; event 3 was altered",
        ),
        ("DELETE FROM event WHERE id = 4", "the event at place 4 was removed"),
        ("DELETE FROM seal WHERE position = 1", "the event at place 1 was removed"),
        (
            INSERT.format(1),
            f"event {ALL + 1} was put in past Brug",
        ),
    ],
)
def test_whoever_tampers_is_found(run: Run, tamper: Tamper, statement: str, told: str) -> None:
    tamper(statement)
    result = run("verify")
    assert result.exit_code == 1
    assert told in result.output


def test_an_end_that_was_cut_off_is_found_by_a_hash_that_was_noted(
    run: Run, tamper: Tamper
) -> None:
    noted = run("verify").output.splitlines()[1]
    tamper(f"DELETE FROM seal WHERE position = {ALL}")
    tamper(f"DELETE FROM event WHERE id = {ALL}")
    assert run("verify").exit_code == 0
    result = run("verify", "--noted", noted)
    assert result.exit_code == 1
    assert "the end was cut off" in result.output


def test_a_wholly_altered_record_is_told_in_one_short_line(run: Run, tamper: Tamper) -> None:
    for number in range(30):
        tamper(INSERT.format(number))
    result = run("verify")
    assert result.exit_code == 1
    assert "and 10 more" in result.output


def test_the_record_is_written_to_a_file_with_its_hashes(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "record.jsonl"
    result = run("export", out)
    assert result.output == f"{ALL} events in {out}\n"
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["position"] for line in lines] == list(range(1, ALL + 1))
    assert lines[0]["after"] == {"title": "Gras maaien 0", "size": 1.5}
    assert lines[-1]["hash"] == run("verify").output.splitlines()[1]
    refused = run("export", out)
    assert (refused.exit_code, "File exists" in refused.output) == (1, True)
