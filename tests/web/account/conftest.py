"""What the tests of the account share: the real app on a real database, and people who use it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.support.once import run_folder
from tests.web.account.visitors import Visitor
from web.app import create_app
from web.database import Sessions
from web.settings import Mode, Settings


@pytest.fixture
def contents() -> str:
    return "reference"


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite; a module about what databases do differently asks for `BOTH_DATABASES`."""
    kind = str(getattr(request, "param", "sqlite"))
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    return kind


@pytest.fixture
def mode() -> Mode:
    return Mode.DEVELOPMENT


@pytest.fixture
def app(database_url: str, mode: Mode) -> Iterator[Flask]:
    settings = Settings(
        mode=mode, secret_key="s" * 40, database_url=database_url, base_url="https://brug.test"
    )
    app = create_app(settings)
    app.config["BRUG_STEP_SECONDS"] = 0.001
    # Compiling the templates anew would take each test a quarter of a second.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(run_folder()))
    yield app
    stored: Sessions = app.extensions["brug_sessions"]
    stored.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)
