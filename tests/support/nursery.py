"""Servers that start in a moment: a process that has read everything forks one on demand.

A fresh `brug serve` spends three seconds on its imports and on the words of the activities; a test
of the browser has a server of its own, and there are dozens. What is forked runs the very command,
and how it starts by itself is tested at the front door.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.server import ROOT, demo_environment, free_port, wait_until_answering


class Nursery:
    """Runs servers in processes of their own, children of one that is ready."""

    def __init__(self, database: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery", str(database)],
            env=demo_environment(f"sqlite:///{database}"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def serving(self, database_url: str, log: Path) -> Iterator[str]:
        """Serve `database_url` and give the address once it answers; what it says goes to `log`."""
        port = free_port()
        environment = demo_environment(database_url, port)
        server = int(self._ask({"port": port, "log": str(log), "environment": environment}))
        try:
            yield wait_until_answering(port, log, lambda: bool(self._ask({"alive": server})))
        finally:
            self._ask({"end": server})

    def close(self) -> None:
        """Stop, with every server that still runs."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _ask(self, order: dict[str, object]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


def _read_everything() -> None:
    """Import the site and read its words, as every server would have to."""
    from web.app import create_app

    app = create_app()
    opened = app.extensions["brug_sessions"]
    with opened.reading() as session, app.extensions["brug_catalogue"].open(session):
        pass
    opened.engine.dispose()


def _serve(order: dict[str, object]) -> None:
    from web.cli import main

    log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(log, stream.fileno())
    assert isinstance(order["environment"], dict)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["brug", "serve", "--port", str(order["port"])]
    main()


def _work() -> None:
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "alive" in order:
            answer = str(order["alive"]) if _lives(order["alive"], children) else ""
        elif "end" in order:
            _stop(order["end"], children)
            answer = ""
        else:
            child = os.fork()
            if not child:
                return _serve(order)
            children.add(child)
            answer = str(child)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    for child in list(children):
        _stop(child, children)
    return None


def _lives(child: int, children: set[int]) -> bool:
    if child in children and os.waitpid(child, os.WNOHANG)[0]:
        children.remove(child)
    return child in children


def _stop(child: int, children: set[int]) -> None:
    if _lives(child, children):
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        children.remove(child)


if __name__ == "__main__":
    _read_everything()
    _work()
