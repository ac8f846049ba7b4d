"""The house keeps its shape: who imports whom, who commits, and how long a file gets."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("matcher", "models", "web", "seed")
#: The web request, the command line and the job runner.
EDGES = ("web/database.py", "web/cli/", "web/jobs/", "seed/cli.py")
#: What migrates the schema; a `begin` that joins its caller; databases made only to measure on.
NO_EDGES = (
    "models/migrate.py",
    "seed/bench/",
    "seed/demo/steps.py",
    "seed/evaluation.py",
    "seed/mail_bench.py",
    "seed/page_bench.py",
    "seed/simulation.py",
)
MAXIMUM_LINES = 350


def _sources(*folders: str) -> list[Path]:
    """Return the modules in these folders, without the migrations that Alembic wrote."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "versions" not in path.parts)


def _calls(path: Path, *names: str) -> Iterator[int]:
    """Yield the lines that call a method of one of these names."""
    for node in ast.walk(ast.parse(path.read_text())):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in names:
            yield called.lineno


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    command = [sys.executable, linter, "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_only_the_edges_commit() -> None:
    places = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _sources(*PACKAGES)
        # A `with factory.begin()` commits at its end just as well.
        for line in _calls(path, "commit", "begin")
        if not str(path.relative_to(ROOT)).startswith(EDGES + NO_EDGES)
    ]
    assert places == []


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in _sources(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers == {"web/settings.py"}


def test_the_application_starts_without_loading_scikit_learn() -> None:
    program = "import sys, web.app, web.cli; assert 'sklearn' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_importing_every_module_opens_no_database_and_starts_no_logging(tmp_path: Path) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in _sources(*PACKAGES)
        if path.name != "env.py"
    ]
    program = (
        "import importlib, logging, sqlalchemy\n"
        "def refuse(*_, **__): raise AssertionError('an engine at import')\n"
        "sqlalchemy.create_engine = refuse\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "assert not logging.getLogger().handlers, 'logging set up at import'\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [*PACKAGES, "tests", "requirements"])
def test_no_file_is_longer_than_a_reader_can_hold(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _sources(folder)
        if (lines := len(path.read_text().splitlines())) > MAXIMUM_LINES
    }
    assert long == {}
