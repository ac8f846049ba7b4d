"""What the tests of words share: a request, without a database, in which sentences are Dutch."""

from collections.abc import Iterator

import pytest
from flask import Flask

from web.app import create_app
from web.settings import Mode, Settings


@pytest.fixture(scope="session")
def wordy_app() -> Flask:
    return create_app(
        Settings(
            mode=Mode.DEMO,
            secret_key="s" * 40,
            database_url="sqlite://",
            base_url="http://localhost",
        )
    )


@pytest.fixture
def speaking_dutch(wordy_app: Flask) -> Iterator[None]:
    with wordy_app.test_request_context():
        yield
