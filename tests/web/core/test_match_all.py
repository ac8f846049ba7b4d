"""`brug match --all`, as an operator runs it: here, on a cluster, interrupted and refused."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Match, Need, make_engine, migrate, session_factory
from seed.generate import generate
from seed.reference import load_reference

BRUG = Path(sys.executable).with_name("brug")
OFFERS, NEEDS = 60, 130
PATIENCE_S = 90.0


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with offers and needs that nobody ranked."""
    path = tmp_path_factory.mktemp("region") / "brug.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with session_factory(engine).begin() as session:
        load_reference(session)
        generate(session, offers=OFFERS, needs=NEEDS)
    engine.dispose()
    return path


@pytest.fixture
def database(region: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(region, tmp_path / "brug.sqlite3"))


def start(database: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "BRUG_MODE": "development",
        "BRUG_DATABASE_URL": f"sqlite:///{database}",
    }
    command = [str(part) for part in (BRUG, "match", *arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, text=True, **pipes)


def match(database: Path, *arguments: str | Path) -> tuple[int, str, str]:
    process = start(database, *arguments)
    out, err = process.communicate(timeout=PATIENCE_S * 2)
    return process.returncode, out, err


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def stored(database: Path) -> list[tuple[object, ...]]:
    engine = make_engine(f"sqlite:///{database}")
    columns = (Match.need_id, Match.offer_id, Match.score, Match.reasons, Match.cautions)
    with session_factory(engine)() as session:
        rows = session.execute(select(*columns).order_by(Match.need_id, Match.offer_id)).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def ranked(database: Path) -> int:
    engine = make_engine(f"sqlite:///{database}")
    with session_factory(engine)() as session:
        counted = select(func.count()).select_from(Need).where(Need.ranked_on.is_not(None))
        count = session.scalars(counted).one()
    engine.dispose()
    return count


@pytest.fixture(scope="module")
def alone(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a single process finds."""
    out = tmp_path_factory.mktemp("alone") / "all.jsonl"
    code, told, err = match(region, "--all", "--jobs", "1", "--out", out)
    assert (code, told.strip()) == (0, f"{NEEDS} needs ranked, in {out}"), err
    return out


def test_every_need_stands_in_the_file_with_its_suggestions(alone: Path, region: Path) -> None:
    heading, *lines = map(json.loads, alone.read_text().splitlines())
    assert heading["needs"] == len(lines) == NEEDS
    assert [int(line["need"]) for line in lines] == sorted(int(line["need"]) for line in lines)
    assert sum(bool(line["suggestions"]) for line in lines) > NEEDS / 2
    assert all(len(line["suggestions"]) <= 30 for line in lines)
    assert stored(region) == []


def test_what_is_stored_is_what_stands_in_the_file(alone: Path, database: Path) -> None:
    code, told, err = match(database, "--all")
    assert (code, told.strip()) == (0, f"{NEEDS} needs ranked"), err
    written = [json.loads(line) for line in alone.read_text().splitlines()[1:]]
    expected = {
        (int(line["need"]), int(found["offer_id"])): (found["score"], found["reasons"])
        for line in written
        for found in line["suggestions"]
    }
    assert {(need, offer): (score, why) for need, offer, score, why, _ in stored(database)} == (
        expected
    )
    assert match(database, "--all", "--again")[1].strip() == f"{NEEDS} needs ranked"


def test_a_file_that_was_broken_off_is_carried_on(
    alone: Path, database: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.jsonl"
    part = tmp_path / "all.jsonl.part"
    process = start(database, "--all", "--jobs", "1", "--out", out)
    until(lambda: part.exists() and part.read_bytes().count(b"\n") > 1)
    process.kill()
    process.communicate()
    # As if it was killed in the middle of a line.
    part.write_bytes(part.read_bytes() + b'{"need": "12", "sugg')
    assert not out.exists()
    assert match(database, "--all", "--jobs", "1", "--out", out)[0] == 0
    assert out.read_bytes() == alone.read_bytes()
    assert not part.exists()


def test_the_part_of_other_work_is_not_carried_on(
    alone: Path, database: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.jsonl"
    lines = alone.read_text().splitlines(keepends=True)
    heading = json.dumps({**json.loads(lines[0]), "work": 1}) + "\n"
    out.with_name("all.jsonl.part").write_text("".join([heading, *lines[100:110]]))
    assert match(database, "--all", "--out", out)[0] == 0
    assert out.read_bytes() == alone.read_bytes()


def test_storing_that_was_killed_is_carried_on(database: Path, alone: Path) -> None:
    process = start(database, "--all", "--jobs", "1")
    until(lambda: ranked(database) > 0)
    process.kill()
    process.communicate()
    before = ranked(database)
    code, told, err = match(database, "--all", "--jobs", "1")
    assert code == 0, err
    assert told.strip() == f"{NEEDS - before} needs ranked"
    suggestions = alone.read_text().count('"offer_id"')
    assert len(stored(database)) == suggestions


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a Dask scheduler and two workers on loopback; yields its address and the workers."""
    file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1"]
    options = ["--scheduler-file", str(file), "--no-dashboard"]
    running = [subprocess.Popen([*scheduler, "--port", "0", *options], **quiet)]
    try:
        until(lambda: file.exists() and file.stat().st_size > 0)
        address = json.loads(file.read_text())["address"]
        for _ in range(2):
            running.append(subprocess.Popen([*worker, "--no-nanny", *options], **quiet))
        yield address, running[1:]
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_finds_what_one_process_finds(
    alone: Path, region: Path, tmp_path: Path
) -> None:
    out, part = tmp_path / "all.jsonl", tmp_path / "all.jsonl.part"
    with cluster(tmp_path) as (address, workers):
        wait_for_workers(address, len(workers))
        process = start(region, "--all", "--cluster", address, "--out", out)
        until(lambda: part.exists() and part.read_bytes().count(b"\n") > 1)
        workers[0].kill()
        _, err = process.communicate(timeout=PATIENCE_S * 2)
        assert process.returncode == 0, err
    assert out.read_bytes() == alone.read_bytes()


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=PATIENCE_S)


def test_a_cluster_without_workers_is_refused(region: Path, tmp_path: Path) -> None:
    with cluster(tmp_path) as (address, workers):
        for worker in workers:
            worker.kill()
            worker.wait()
        code, _, err = match(region, "--all", "--cluster", address, "--out", tmp_path / "x")
    assert code == 1
    assert err.splitlines()[-1] == f"brug: the scheduler at {address} has no workers"


@pytest.mark.parametrize("silent", [False, True])
def test_an_address_where_no_cluster_answers_is_told_in_one_line(
    region: Path, silent: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        if not silent:
            listening.close()
        code, out, err = match(region, "--all", "--cluster", address)
    assert (code, out) == (1, "")
    assert address in err.splitlines()[-1]
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("address", ["", "tcp://", "here", "tcp://host:port"])
def test_what_is_no_address_is_told_in_one_line(region: Path, address: str) -> None:
    code, _, err = match(region, "--all", "--cluster", address or " ")
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "tcp://10.0.0.5:8786" in err
