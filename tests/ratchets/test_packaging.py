"""What a wheel holds, and that it works where there is nothing but that wheel."""

import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from requirements.installer import LOCKS, Environment, child_environment
from tests.support.server import NOT_SOURCE, ROOT, brug, demo_environment, serving

PACKAGES = ("matcher", "models", "seed", "web")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which nothing was ever built or run."""
    copy = tmp_path_factory.mktemp("source") / "brug"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path) -> Path:
    """The wheel built from the source distribution of that checkout."""
    command = [sys.executable, "-m", "build", "--no-isolation", str(source)]
    result = subprocess.run(
        command, env=child_environment(), capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return next((source / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    """The names of the files in the wheel."""
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_every_file_of_the_packages(source: Path, contents: set[str]) -> None:
    files = {
        str(path.relative_to(source))
        for package in PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - contents == set()


@pytest.mark.parametrize(
    "needed",
    ["web/templates/", "web/static/", "models/migrations/versions/", "seed/data/", "matcher/data/"],
)
def test_the_wheel_holds_what_is_not_a_module(contents: set[str], needed: str) -> None:
    assert any(name.startswith(needed) and not name.endswith("__init__.py") for name in contents)


def test_every_catalogue_is_compiled_by_the_build(source: Path, contents: set[str]) -> None:
    catalogues = {name for name in contents if name.endswith(".po")}
    assert "web/translations/nl/LC_MESSAGES/messages.po" in catalogues
    assert {name.removesuffix(".po") + ".mo" for name in catalogues} <= contents


def test_the_wheel_brings_nothing_but_the_four_packages(contents: set[str]) -> None:
    tops = {name.split("/")[0] for name in contents}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_serves_a_dutch_page_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.make()
    environment.install(LOCKS / "runtime.lock", [wheel])
    url = f"sqlite:///{tmp_path / 'brug.sqlite3'}"
    for command in (["db", "upgrade"], ["seed", "--demo"]):
        subprocess.run(
            [*brug(environment.python), *command],
            env=demo_environment(url),
            cwd=tmp_path,
            check=True,
        )
    with serving(url, tmp_path / "log", environment.python, cwd=tmp_path) as address:
        with urllib.request.urlopen(address) as answer:
            page = answer.read().decode()
        with urllib.request.urlopen(f"{address}/static/brug.css") as answer:
            assert "css" in answer.headers["Content-Type"]
    assert '<html lang="nl' in page
