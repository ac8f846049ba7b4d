"""What the tests of the account share: people who use it, behind https."""

import pytest
from flask import Flask

from tests.web.account.visitors import SITE, Visitor


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite; a module about what databases do differently asks for `BOTH_DATABASES`."""
    kind = str(getattr(request, "param", "sqlite"))
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    return kind


@pytest.fixture
def site_url() -> str:
    return SITE


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["BRUG_STEP_SECONDS"] = 0.001
    return app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)
