"""`./run` as a person meets it, in a fresh copy whose path has a space in it."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server import NOT_SOURCE, ROOT, free_port

PATIENCE_SECONDS = 120
LOGINS = ("vrager", "aanbieder", "regisseur", "regisseur2", "gemeente")


def run(checkout: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Start `./run` from quite another folder, as a person with a strict Python set-up might."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BRUG_")}
    return subprocess.run(
        [checkout / "run", *arguments],
        cwd="/",
        env={**inherited, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which nothing was ever installed."""
    copy = tmp_path_factory.mktemp("met spatie") / "brug"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    return copy


@pytest.fixture(scope="module")
def first(fresh: Path) -> "subprocess.CompletedProcess[str]":
    """The first start."""
    return run(fresh, "brug", "--help")


@pytest.fixture(scope="module")
def checkout(fresh: Path, first: "subprocess.CompletedProcess[str]") -> Path:
    """The copy after its first start."""
    assert first.returncode == 0, first.stderr
    return fresh


def _installed(checkout: Path) -> dict[str, int]:
    records = (checkout / ".venv").glob("lib/python*/site-packages/*.dist-info/RECORD")
    return {record.parent.name: record.stat().st_mtime_ns for record in records}


def test_the_first_start_shows_progress_and_keeps_the_output_clean(
    first: "subprocess.CompletedProcess[str]",
) -> None:
    assert first.stdout.startswith("Usage: brug")
    assert "Omgeving klaarmaken" in first.stderr
    assert "Brug zelf installeren …" in first.stderr


def test_a_second_start_installs_nothing_and_needs_no_registry(checkout: Path) -> None:
    before = _installed(checkout)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_INDEX": "1", "UV_OFFLINE": "1"}
    second = run(checkout, "brug", "--help", **nowhere)
    assert (second.returncode, second.stderr) == (0, "")
    assert _installed(checkout) == before


def test_what_is_imported_stays_compiled_whatever_the_environment_says(checkout: Path) -> None:
    assert list((checkout / ".venv").glob("lib/python*/site-packages/click/__pycache__/*.pyc"))


def test_a_changed_lock_is_installed_at_the_next_start(checkout: Path) -> None:
    lock = checkout / "requirements" / "runtime.lock"
    lock.write_text(lock.read_text() + "# changed\n")
    assert "Omgeving klaarmaken" in run(checkout, "brug", "--help").stderr
    assert run(checkout, "brug", "--help").stderr == ""


def test_an_edited_catalogue_is_compiled_at_the_next_start(checkout: Path) -> None:
    catalogue = checkout / "web" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
    os.utime(catalogue)
    assert "Vertalingen compileren" in run(checkout, "brug", "--help").stderr
    assert run(checkout, "brug", "--help").stderr == ""


def test_the_exit_code_is_that_of_the_command(checkout: Path) -> None:
    assert run(checkout, "brug", "no-such-command").returncode == 2
    assert run(checkout, "brug", "db", "--help").returncode == 0


@pytest.mark.parametrize("arguments", [(), ("dmeo",), ("dmeo", "--help")])
def test_a_command_that_does_not_exist_gets_the_list_of_those_that_do(
    fresh: Path, arguments: tuple[str, ...]
) -> None:
    result = run(fresh, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "./run demo" in result.stderr


def test_help_is_an_answer_and_no_error(fresh: Path) -> None:
    result = run(fresh, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert "./run test" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "acht"], "./run demo [--port N]"),
        (["--port", "0"], "getal van 1 tot 65535"),
        (["--poort", "8001"], "./run demo [--port N]"),
        (["--host", "no-such-host.invalid"], "kan niet luisteren"),
    ],
)
def test_an_impossible_demo_gets_one_line(fresh: Path, arguments: list[str], message: str) -> None:
    result = run(fresh, "demo", *arguments)
    assert result.returncode == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_busy_port_gets_one_line_before_anything_else_happens(fresh: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run(fresh, "demo", "--port", str(port))
    assert result.returncode == 1
    assert f"Poort {port} is al in gebruik" in result.stderr
    assert result.stderr.count("\n") == 1


@contextmanager
def _demo(checkout: Path, *arguments: str) -> Iterator[tuple[str, Path]]:
    """Start the demo, wait for its first page, and end it with Ctrl-C."""
    port, log = free_port(), checkout / "demo.log"
    command = [checkout / "run", "demo", "--port", str(port), *arguments]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd="/", stdout=output, stderr=output)
    try:
        yield _first_page(process, f"http://127.0.0.1:{port}/", log), log
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(PATIENCE_SECONDS)
    assert code in (0, 130)
    assert "Traceback" not in log.read_text()


def _first_page(process: "subprocess.Popen[bytes]", address: str, log: Path) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
                page: str = answer.read().decode()
                return page
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_the_demo_is_made_once_kept_and_begun_anew_when_asked(checkout: Path) -> None:
    database = checkout / "var" / "demo.sqlite3"
    with _demo(checkout) as (page, log):
        assert "Brug" in page
        said = log.read_text()
        assert "Demo-regio laden" in said
        assert all(f"{name}@brug.example" in said for name in LOGINS)
    first_made = database.stat().st_ino
    with _demo(checkout) as (_, log):
        assert "Demo-regio laden" not in log.read_text()
    assert database.stat().st_ino == first_made
    with _demo(checkout, "--fresh") as (_, log):
        assert f"Gewist: {database}" in log.read_text()
        assert "Demo-regio laden" in log.read_text()
