"""Things that are made once for a whole test run, however many worker processes it has."""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run_folder() -> Path:
    """Return the folder that every process of this run shares; conftest makes and removes it."""
    return Path(os.environ["BRUG_TEST_RUN"])


def once(name: str, make: Callable[[], Any]) -> Any:
    """Return what `make` returned (something JSON holds) in whichever process came first."""
    answer = run_folder() / f"{name}.json"
    with (run_folder() / f"{name}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not answer.exists():
            answer.write_text(json.dumps(make()))
        return json.loads(answer.read_text())
