"""A Brug of its own for a test: the real `brug serve` in a process, on a free port."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from requirements.installer import child_environment

ROOT = Path(__file__).parents[2]
#: What lies about in a checkout and is no source of it.
NOT_SOURCE = shutil.ignore_patterns(
    ".*", "__pycache__", "*.mo", "*.egg-info", "var", "build", "dist", "*.sqlite3*"
)
PATIENCE_SECONDS = 60


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo_environment(database_url: str, port: int = 8000) -> dict[str, str]:
    """Return the variables of a Brug in demo mode on `database_url`."""
    return child_environment(
        BRUG_MODE="demo",
        BRUG_DATABASE_URL=database_url,
        BRUG_BASE_URL=f"http://127.0.0.1:{port}",
        # Texts that are read meanwhile would move the suggestions under somebody's hands.
        BRUG_ENCODER="none",
    )


def brug(python: Path | str = sys.executable) -> list[str]:
    """Return the start of a command line for the Brug installed beside `python`."""
    return [str(python), str(Path(python).with_name("brug"))]


def make_demo(database: Path) -> None:
    """Make the demo region in the SQLite file `database`, the way `./run demo` does it."""
    environment = demo_environment(f"sqlite:///{database}")
    for command in (["db", "upgrade"], ["seed", "--demo"]):
        subprocess.run([*brug(), *command], env=environment, cwd=ROOT, check=True)


@contextmanager
def serving(
    database_url: str, log: Path, python: Path | str = sys.executable, cwd: Path = ROOT
) -> Iterator[str]:
    """Serve `database_url` and give the address once it answers; what it says goes to `log`."""
    port = free_port()
    with log.open("w") as output:
        process = subprocess.Popen(
            [*brug(python), "serve", "--port", str(port)],
            env=demo_environment(database_url, port),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield wait_until_answering(port, log, lambda: process.poll() is None)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def wait_until_answering(port: int, log: Path, alive: Callable[[], bool]) -> str:
    """Return the address of a server once its first page comes."""
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while alive() and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS):
                return address
        except urllib.error.HTTPError as error:
            error.close()
            break
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer:\n{log.read_text()}")
