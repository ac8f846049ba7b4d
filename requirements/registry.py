"""Reach the registry that pip is configured for, also where there is no pip yet, and with uv.

The locks name no address. pip finds its own; uv does not read pip's settings, so they are handed
over in uv's environment variables, and anything uv cannot be told is left to pip.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import ssl
import sys
from configparser import ConfigParser, Error
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urljoin
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


def fetch_wheel(package: str, lock: Path) -> tuple[str, bytes]:
    """Download the locked `package` for this machine, and return its wheel's name and content.

    For a Python without ensurepip, as on a fresh Debian, and because uv comes this way in a tenth
    of the time that pip takes. Raises OSError or ValueError when no registry gives a file with a
    locked hash.
    """
    settings = pip_settings()
    version, hashes = _locked(package, lock)
    name = re.compile(rf"{package}-{re.escape(version)}-py3-none-{_platform_tag()}\.whl")
    indexes = [settings.get("index-url", PYPI), *settings.get("extra-index-url", "").split()]
    problems = []
    for index in indexes:
        try:
            found, content = _download(f"{index.rstrip('/')}/{package}/", name, settings)
        except (OSError, ValueError, HTTPException) as error:
            problems.append(f"{index}: {error}")
            continue
        if hashlib.sha256(content).hexdigest() in hashes:
            return found, content
        problems.append(f"{index}: {found} is niet het vastgelegde bestand")
    raise ValueError("; ".join(problems))


def _platform_tag() -> str:
    """Return a pattern for the wheels that run here: those for any machine, and for this one."""
    system, machine = sys.platform, platform.machine()
    if system == "linux":
        system = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return rf"(?:any|{system.replace('darwin', 'macosx')}[\w.]*_{machine})"


def _locked(package: str, lock: Path) -> tuple[str, set[str]]:
    text = lock.read_text(encoding="utf-8")
    entry = re.search(rf"^{package}==(\S+)((?:\s+\\\s+--hash=\S+)+)", text, re.MULTILINE)
    if entry is None:
        raise ValueError(f"{package} staat niet in {lock}")
    return entry[1], set(re.findall(r"sha256:([0-9a-f]{64})", entry[2]))


def _download(page: str, name: re.Pattern[str], settings: dict[str, str]) -> tuple[str, bytes]:
    context = ssl.create_default_context(cafile=settings.get("cert") or None)
    with urlopen(page, timeout=60, context=context) as answer:
        links = re.findall(r'href="([^"]+)"', answer.read().decode())
    for link in links:
        address = urljoin(page, link.split("#")[0])
        found = unquote(address.rsplit("/", 1)[-1])
        if name.fullmatch(found):
            with urlopen(address, timeout=120, context=context) as answer:
                return found, answer.read()
    raise ValueError(f"geen {name.pattern}")


def find_uv(folder: Path) -> Path | None:
    """Return the uv of `folder`, else the one on PATH."""
    found = shutil.which("uv", path=str(folder)) or shutil.which("uv")
    return Path(found) if found else None
