"""What the tests of faults share: an outbox, senders of its own, and a mail server that is real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.faults.counting import Outbox
from tests.support.mailserver import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that listens."""
    with MailServer().listening() as listening:
        yield listening


@pytest.fixture
def box(engine: Engine, database_url: str, server: MailServer, tmp_path: Path) -> Outbox:
    """An empty outbox."""
    return Outbox(engine, database_url, server, tmp_path)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite; a test about what databases do differently asks for both."""
    kind = str(getattr(request, "param", "sqlite"))
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    return kind
