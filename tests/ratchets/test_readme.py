"""The README tells what the code does."""

import re
from pathlib import Path
from typing import Any

from models.match_life import drawing
from web.settings import Settings

ROOT = Path(__file__).parents[2]


class _Recorder(dict[str, str]):
    """An environment that remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__(BRUG_MODE="demo")
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Note the name, then answer as any mapping."""
        self.asked.add(key)
        return super().get(key, default)


def test_the_table_of_settings_names_exactly_the_variables_that_are_read() -> None:
    environment = _Recorder()
    Settings.from_environment(environment)
    rows = re.findall(r"^\| *`(BRUG_[A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(environment.asked)


def test_the_drawing_of_a_match_shows_exactly_the_steps_that_it_may_take() -> None:
    drawn = re.search(r"```mermaid\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert drawn is not None
    assert drawn.group(1) == drawing()
