"""Keep `.venv` level with the locks: a start compares a hash, and installs only when it differs."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil

from requirements.installer import LOCKS, ROOT, Environment, say, step

VENV = Environment(ROOT / ".venv")
PYTHON = VENV.python
STAMP = VENV.folder / "brug-stamp.json"
GUARD = ROOT / "var" / "install.lock"


def prepare(wanted: str) -> None:
    """Make `.venv` hold the locked set `wanted` (runtime or test), and the catalogues compiled."""
    if not is_ready(wanted):
        _install_alone(wanted)
    if _catalogues_are_stale():
        step("Vertalingen compileren", [PYTHON, "-m", "web.catalogues"])


def _install_alone(wanted: str) -> None:
    say(f"Omgeving klaarmaken in {VENV.folder}")
    GUARD.parent.mkdir(exist_ok=True)
    with GUARD.open("w") as guard:
        # Two starts at once: the second waits here, and finds everything done.
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not is_ready(wanted):
            _install(wanted)


def is_ready(wanted: str) -> bool:
    """Tell whether `.venv` was made here, from these locks; the test set holds the runtime set."""
    stamp = _read_stamp()
    if stamp.get("root") != str(ROOT) or not VENV.usable:
        return False
    held = stamp.get("set", "")
    return held in (wanted, "test") and stamp.get("fingerprint") == fingerprint(held)


def _catalogues_are_stale() -> bool:
    """Tell whether a message catalogue was edited, or pulled, since it was compiled."""
    for source in ROOT.glob("web/translations/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            return True
    return False


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
    if _read_stamp().get("root", str(ROOT)) != str(ROOT):
        # A moved checkout: everything in `.venv` still points to the old place.
        shutil.rmtree(VENV.folder)
    STAMP.unlink(missing_ok=True)
    VENV.make()
    VENV.install(LOCKS / f"{wanted}.lock", ["--editable", ROOT])
    stamp = {"root": str(ROOT), "set": wanted, "fingerprint": fingerprint(wanted)}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")
