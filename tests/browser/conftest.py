"""A real Chromium, driven against a real server with the demo region."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.nursery import Nursery
from tests.support.once import once, run_folder
from tests.support.server import make_demo
from tests.support.watch import Watch, look

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHTS = {1280: 900, 390: 844}
#: How long a test waits for what should come; long, for the machine may be busy with others.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, so that `-m "not browser"` leaves it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the test is skipped, or fails when CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        complain = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        complain("no Chromium: install the package `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Starts servers quickly, for all the tests of this process."""
    demo = run_folder() / "demo.sqlite3"
    once("sqlite-demo", lambda: make_demo(demo))
    nursery = Nursery(demo)
    yield nursery
    nursery.close()


@contextmanager
def _demo(nursery: Nursery, folder: Path) -> Iterator[str]:
    shutil.copyfile(run_folder() / "demo.sqlite3", folder / "demo.sqlite3")
    with nursery.serving(f"sqlite:///{folder / 'demo.sqlite3'}", folder / "log") as address:
        yield address


@pytest.fixture(scope="module")
def server(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server for this module alone, on its own copy of the demo region."""
    with _demo(nursery, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def own_server(nursery: Nursery, tmp_path: Path) -> Iterator[str]:
    """The address of a server for this test alone; who changes much takes it as `server`."""
    with _demo(nursery, tmp_path) as address:
        yield address


@pytest.fixture
def width() -> int:
    """The width of the screen; a test takes another by parametrising it (1280 or 390)."""
    return 1280


class Visit(Protocol):
    """Opens the browser of one more person, with nothing in it from anybody else."""

    def __call__(self, javascript: bool = True, state: Path | None = None) -> Page:
        """Return a page; `state` holds the cookies of somebody who logged in before."""


@pytest.fixture
def visit(
    browser: Browser, server: str, width: int, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Opens a page of a new visitor, whose relative addresses are the server's.

    Console errors, refused content, failed scripts and outside requests fail the test afterwards.
    """
    visits: list[tuple[Page, Watch]] = []

    def open_page(javascript: bool = True, state: Path | None = None) -> Page:
        page = _context(browser, server, width, javascript, state).new_page()
        visits.append((page, Watch(page, server)))
        return page

    yield open_page
    for number, (page, _) in enumerate(visits):
        look(page, f"{request.node.name}-{number or ''}")
        page.context.close()
    problems = [problem for _, watch in visits for problem in watch.problems]
    assert not problems, "\n".join(problems)


def _context(
    browser: Browser, server: str, width: int, javascript: bool, state: Path | None
) -> BrowserContext:
    phone = width < 600
    context = browser.new_context(
        base_url=server,
        viewport={"width": width, "height": HEIGHTS[width]},
        has_touch=phone,
        is_mobile=phone,
        java_script_enabled=javascript,
        storage_state=state,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture
def page(visit: Visit) -> Page:
    """A page of a new visitor."""
    return visit()
