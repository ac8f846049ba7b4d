"""Make `.venv` hold a locked set and Brug itself, once; a later start only compares a hash."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from requirements.registry import fetch_pip, find_uv, pip_settings, uv_variables

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
#: A venv's Python must be started by its full path, or it does not know that it is one.
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
STAMP = VENV / "brug-stamp.json"
GUARD = ROOT / "var" / "install.lock"
PACKAGES = ("matcher", "models", "web", "seed")
HINT = "Op Debian: sudo apt install python3-venv"

Command = Sequence["str | Path"]


class RunError(Exception):
    """One clear Dutch line for the person, after which `./run` ends with exit code 1."""


def say(text: str, end: str = "\n") -> None:
    """Speak to the person on stderr, so that the output of Brug can be piped."""
    sys.stderr.write(text + end)
    sys.stderr.flush()


def seconds_text(seconds: float) -> str:
    """Word a duration the Flemish way: `3,2 s`."""
    return f"{seconds:.1f} s".replace(".", ",")


def child_environment(**extra: str) -> dict[str, str]:
    """Return the variables for what runs in `.venv`.

    Without PYTHONDONTWRITEBYTECODE, which doubles every start, and without the two that would
    bring another installation's packages in.
    """
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "VIRTUAL_ENV": str(VENV), **extra}


def uv_environment() -> dict[str, str]:
    """Return the variables for uv, with the registry that pip is configured for."""
    return child_environment(**uv_variables(pip_settings()))


def step(
    label: str, command: Command, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run one command in silence, showing its name and its seconds.

    Raises RunError with the end of its output when it fails.
    """
    say(f"  {label} …", end="")
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(env or child_environment()),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _wait_visibly(process, label, start)
        output.seek(0)
        lines = output.read().decode(errors="replace").splitlines()
    say(f"{_again(label)} {seconds_text(time.monotonic() - start)}")
    if process.returncode != 0:
        raise RunError("\n".join([*lines[-25:], f"Mislukt: {label} (code {process.returncode})."]))


def _wait_visibly(process: subprocess.Popen[bytes], label: str, start: float) -> None:
    while True:
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            if sys.stderr.isatty():
                say(f"{_again(label)} {time.monotonic() - start:.0f} s", end="")
        else:
            return


def _again(label: str) -> str:
    """Return what rewrites the line on a terminal, and nothing elsewhere."""
    return f"\r  {label} …" if sys.stderr.isatty() else ""


def prepare(wanted: str) -> None:
    """Make `.venv` hold the locked set `wanted` (runtime or test), or find that it already does."""
    if is_ready(wanted):
        return
    say(f"Omgeving klaarmaken in {VENV}")
    GUARD.parent.mkdir(exist_ok=True)
    with GUARD.open("w") as guard:
        # Two starts at once: the second waits here, and finds everything done.
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not is_ready(wanted):
            _install(wanted)


def is_ready(wanted: str) -> bool:
    """Tell whether `.venv` was made here, from these locks; the test set holds the runtime set."""
    stamp = _read_stamp()
    if stamp.get("root") != str(ROOT) or not os.access(PYTHON, os.X_OK):
        return False
    held = stamp.get("set", "")
    return held in (wanted, "test") and stamp.get("fingerprint") == fingerprint(held)


def fingerprint(wanted: str) -> str:
    """Hash everything that decides what an installed set is."""
    digest = hashlib.sha256()
    for path in (LOCKS / f"{wanted}.lock", ROOT / "setup.cfg", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _install(wanted: str) -> None:
    # A moved checkout, or a Python that is gone: nothing in the old one can be trusted.
    moved = _read_stamp().get("root", str(ROOT)) != str(ROOT)
    clear = ["--clear"] if moved or not os.access(PYTHON, os.X_OK) else []
    STAMP.unlink(missing_ok=True)
    if importlib.util.find_spec("venv") is None:
        raise RunError(
            f"{sys.executable} mist de module venv. Op Debian: sudo apt install python3-venv"
        )
    step("Python-omgeving maken", [sys.executable, "-m", "venv", "--without-pip", *clear, VENV])
    uv = find_uv(PYTHON.parent) or _install_uv()
    try:
        if uv is None:
            raise RunError
        _install_with("uv", [uv, "pip", "install", "--python", PYTHON], wanted)
    except RunError as failure:
        if uv:
            say(f"{failure}\n  Met uv lukt het niet; nu met pip.")
        _install_with("pip", _pip(), wanted)
    step("Brug compileren", [PYTHON, "-m", "compileall", "-q", *PACKAGES])
    stamp = {"root": str(ROOT), "set": wanted, "fingerprint": fingerprint(wanted)}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def _install_with(name: str, install: Command, wanted: str) -> None:
    environment = uv_environment()
    locked: Command = ["--require-hashes", "--requirement", LOCKS / f"{wanted}.lock"]
    step(f"Pakketten installeren met {name}", [*install, *locked], env=environment)
    # setuptools is in the lock, so nothing unlocked is fetched to build the editable install.
    itself: Command = ["--no-deps", "--no-build-isolation", "--editable", ROOT]
    step("Brug zelf installeren", [*install, *itself], env=environment)


def _install_uv() -> Path | None:
    """Install the locked uv into `.venv`; it is several times faster, but pip will do."""
    with contextlib.suppress(RunError):
        locked: Command = ["--require-hashes", "--requirement", LOCKS / "installer.lock"]
        step("uv ophalen", [*_pip(), *locked])
        return find_uv(PYTHON.parent)
    return None


def _pip() -> list[str | Path]:
    """Return the command that installs with pip, giving `.venv` a pip first if it has none."""
    options = ["install", "--disable-pip-version-check", "--no-input"]
    if not list(VENV.glob("lib/python*/site-packages/pip/__main__.py")):
        if importlib.util.find_spec("ensurepip") is None:
            return [PYTHON, _fetched_pip() / "pip", *options]
        step("pip klaarzetten", [PYTHON, "-m", "ensurepip"])
    return [PYTHON, "-m", "pip", *options]


def _fetched_pip() -> Path:
    try:
        return fetch_pip(LOCKS / "installer.lock", VENV / "pip", pip_settings())
    except (OSError, ValueError) as problem:
        raise RunError(
            f"{sys.executable} mist ensurepip, en pip ophalen lukt niet ({problem}). {HINT}"
        ) from None
