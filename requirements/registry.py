"""Reach the registry that pip is configured for, also where there is no pip yet, and with uv.

The locks name no address. pip finds its own; uv does not read pip's settings, so they are handed
over in uv's environment variables, and anything uv cannot be told is left to pip.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import ssl
import sys
from configparser import ConfigParser, Error
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

PYPI = "https://pypi.org/simple"


def pip_settings() -> dict[str, str]:
    """Return pip's settings as pip itself would see them: files first, then `PIP_…`."""
    files = [Path("/etc/pip.conf")]
    for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":"):
        files.append(Path(folder) / "pip" / "pip.conf")
    home = Path(os.environ.get("HOME", "/"))
    files.append(home / ".pip" / "pip.conf")
    files.append(Path(os.environ.get("XDG_CONFIG_HOME", home / ".config")) / "pip" / "pip.conf")
    files.append(Path(sys.prefix) / "pip.conf")
    files.append(Path(os.environ.get("PIP_CONFIG_FILE", os.devnull)))
    settings: dict[str, str] = {}
    for path in files:
        settings.update(_read_settings(path))
    for name, value in os.environ.items():
        if name.startswith("PIP_") and value:
            settings[name[4:].lower().replace("_", "-")] = value
    return settings


def _read_settings(path: Path) -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    try:
        parser.read(path)
    except (Error, OSError, UnicodeError):
        return {}
    found: dict[str, str] = {}
    for section in ("global", "install"):
        if parser.has_section(section):
            for name, value in parser.items(section):
                found[name.replace("_", "-")] = value
    return found


def uv_variables(settings: dict[str, str]) -> dict[str, str]:
    """Word pip's settings as uv's environment variables; what the person set for uv wins."""
    worded = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(settings.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": settings.get("default-timeout", settings.get("timeout", "")),
        "SSL_CERT_FILE": settings.get("cert", ""),
        "SSL_CLIENT_CERT": settings.get("client-cert", ""),
        "ALL_PROXY": settings.get("proxy", ""),
        "UV_NO_INDEX": "1" if settings.get("no-index", "").lower() in ("1", "true", "yes") else "",
        # Several registries may hold one package; the hashes decide which file is the right one.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    if "UV_INDEX_URL" in os.environ:
        del worded["UV_DEFAULT_INDEX"]
    return {name: value for name, value in worded.items() if value and name not in os.environ}


def fetch_pip(lock: Path, folder: Path, settings: dict[str, str]) -> Path:
    """Download the locked pip into `folder` and return its wheel.

    For a Python without ensurepip, as on a fresh Debian. Raises OSError or ValueError when no
    registry gives a file with a locked hash.
    """
    version, hashes = _locked(lock, "pip")
    name = f"pip-{version}-py3-none-any.whl"
    indexes = [settings.get("index-url", PYPI), *settings.get("extra-index-url", "").split()]
    problem: OSError | ValueError = ValueError(f"{name}: {', '.join(indexes)}")
    for index in indexes:
        try:
            content = _download(index, name, settings)
        except (OSError, ValueError) as error:
            problem = error
            continue
        if hashlib.sha256(content).hexdigest() in hashes:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
            return folder / name
    raise problem


def _locked(lock: Path, package: str) -> tuple[str, set[str]]:
    text = lock.read_text(encoding="utf-8")
    entry = re.search(rf"^{package}==(\S+)((?:\s+\\\s+--hash=\S+)+)", text, re.MULTILINE)
    if entry is None:
        raise ValueError(f"{package}: {lock}")
    return entry[1], set(re.findall(r"sha256:([0-9a-f]{64})", entry[2]))


def _download(index: str, name: str, settings: dict[str, str]) -> bytes:
    context = ssl.create_default_context(cafile=settings.get("cert") or None)
    page = index.rstrip("/") + "/pip/"
    with urlopen(page, timeout=60, context=context) as answer:
        links = re.findall(r'href="([^"]+)"', answer.read().decode())
    for link in links:
        if link.split("#")[0].endswith("/" + name):
            with urlopen(urljoin(page, link), timeout=120, context=context) as answer:
                content: bytes = answer.read()
                return content
    raise ValueError(f"{name}: {page}")


def find_uv(folder: Path) -> Path | None:
    """Return the uv of `folder`, else the one on PATH."""
    found = shutil.which("uv", path=str(folder)) or shutil.which("uv")
    return Path(found) if found else None
