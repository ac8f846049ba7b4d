"""Watch a browser page for what nobody sees: errors, blocked content, outside requests."""

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

#: axe leaves the size of targets out (WCAG 2.5.8, new in 2.2) unless it is asked for.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
#: An answer with a message for the person; Chromium calls it an error in its console all the same.
EXPECTED_STATUSES = frozenset({400, 401, 403, 404, 409, 413, 422, 429})


class Watch:
    """Everything wrong that happened on a page since it was opened."""

    def __init__(self, page: Page, address: str) -> None:
        self.problems: list[str] = []
        self._address = address
        self._expected: set[str] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource")
        if refused and message.location.get("url") in self._expected:
            return
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._address, "data:", "blob:")):
            self.problems.append(f"outside request: {request.url}")

    def _response(self, response: Response) -> None:
        navigation = response.request.is_navigation_request()
        if navigation and response.status in EXPECTED_STATUSES:
            self._expected.add(response.url)
        elif response.status >= 400:
            self.problems.append(f"answer {response.status}: {response.url}")


def check_axe(page: Page) -> None:
    """Fail with every accessibility violation that axe finds on the page as it is now."""
    # A heading may be there before the styles are, and without them every target is too small.
    page.wait_for_load_state("load")
    violations = Axe().run(page, options=RULES).response["violations"]
    assert not violations, f"{page.url}\n" + "\n".join(map(_word_violation, violations))


def look(page: Page, name: str) -> None:
    """Keep a picture of the whole page in $BRUG_SCREENSHOTS, for people to look at."""
    folder = os.environ.get("BRUG_SCREENSHOTS")
    if folder:
        file = Path(folder) / (re.sub(r"[^\w-]+", "-", name).strip("-") + ".png")
        page.screenshot(path=file, full_page=True)


def _word_violation(violation: dict[str, Any]) -> str:
    nodes = "".join(f"\n    {node['html'][:200]}" for node in violation["nodes"])
    return f"  {violation['id']}: {violation['help']}{nodes}"
