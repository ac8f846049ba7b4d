"""What the tests of news share: the whole site on its small world."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.site import Site
from tests.web.news.telling import Desk


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.close()


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)
