"""Make a virtual environment and install a locked set into it, with uv when it can be had."""

from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from requirements.registry import fetch_wheel, find_uv, pip_settings, uv_variables

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
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
    """Return the variables for what runs in a virtual environment.

    Without PYTHONDONTWRITEBYTECODE, which doubles every start, and without the two that would
    bring another installation's packages in.
    """
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, **extra}


def uv_environment() -> dict[str, str]:
    """Return the variables for uv, with the registry that pip is configured for."""
    return child_environment(**uv_variables(pip_settings()))


def step(label: str, command: Command, env: Mapping[str, str] | None = None) -> None:
    """Run one command in silence from the checkout, showing its name and its seconds.

    Raises RunError with the end of its output when it fails.
    """
    say(f"  {label} …", end="")
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
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


@dataclass(frozen=True)
class Environment:
    """A virtual environment in `folder`."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its Python, to be started by this full path, or it does not know where it belongs."""
        return self.folder / "bin" / "python"

    @property
    def usable(self) -> bool:
        """Tell whether it has a Python that still exists."""
        return os.access(self.python, os.X_OK)

    def install(self, lock: Path, project: Command) -> None:
        """Install the packages of `lock` by hash, then `project` (arguments of pip) alone."""
        uv = find_uv(self.python.parent) or self._fetch_uv()
        if uv is not None:
            try:
                self._install_with(
                    "uv", [uv, "pip", "install", "--python", self.python], lock, project
                )
            except RunError as failure:
                say(f"{failure}\n  Met uv lukt het niet; nu met pip.")
            else:
                return
        self._install_with("pip", self._pip(), lock, project)

    def make(self) -> None:
        """Make it, over what is there; a broken one is emptied first."""
        if importlib.util.find_spec("venv") is None:
            raise RunError(f"{sys.executable} mist de module venv. {HINT}")
        command = [sys.executable, "-m", "venv", "--without-pip", str(self.folder)]
        step("Python-omgeving maken", command if self.usable else [*command, "--clear"])

    def _install_with(self, name: str, install: Command, lock: Path, project: Command) -> None:
        locked: Command = ["--require-hashes", "--requirement", lock]
        step(f"Pakketten installeren met {name}", [*install, *locked], uv_environment())
        # setuptools is in the lock, so nothing unlocked is fetched to build an editable install.
        alone: Command = ["--no-deps", "--no-build-isolation", *project]
        step("Brug zelf installeren", [*install, *alone], uv_environment())

    def _fetch_uv(self) -> Path | None:
        """Put the locked uv beside the Python; it is several times faster, but pip will do."""
        target = self.python.with_name("uv")
        say("  uv ophalen …", end="")
        start = time.monotonic()
        try:
            _, content = fetch_wheel("uv", LOCKS / "installer.lock")
            with zipfile.ZipFile(io.BytesIO(content)) as wheel:
                program = next(name for name in wheel.namelist() if name.endswith("/scripts/uv"))
                target.write_bytes(wheel.read(program))
        except (OSError, ValueError) as problem:
            say(f" lukt niet ({problem})")
            return None
        target.chmod(0o755)
        say(f" {seconds_text(time.monotonic() - start)}")
        return target

    def _pip(self) -> list[str | Path]:
        """Return the command that installs with pip, getting a pip first if there is none."""
        # Compiling all of it takes longer than installing it; Python compiles what it imports.
        options = ["install", "--disable-pip-version-check", "--no-input", "--no-compile"]
        if not list(self.folder.glob("lib/python*/site-packages/pip/__main__.py")):
            if importlib.util.find_spec("ensurepip") is None:
                return [self.python, self._fetch_pip() / "pip", *options]
            step("pip klaarzetten", [self.python, "-m", "ensurepip"])
        return [self.python, "-m", "pip", *options]

    def _fetch_pip(self) -> Path:
        try:
            name, content = fetch_wheel("pip", LOCKS / "installer.lock")
        except (OSError, ValueError) as problem:
            raise RunError(
                f"{sys.executable} mist ensurepip, en pip ophalen lukt niet ({problem}). {HINT}"
            ) from None
        (self.folder / name).write_bytes(content)
        return self.folder / name
