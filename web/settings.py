"""Settings, read once from the environment; production refuses to start on a guess."""

import importlib.util
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from matcher.encoders import CHOICES, EncoderMissingError, choose
from web.services.periods import DEFAULTS, Kept, Periods

DEFAULT_DATABASE = "sqlite:///var/brug.sqlite3"
DEFAULT_SENDER = "brug@localhost"
#: Where the queue is kept beside a database that is no file.
DEFAULT_QUEUE = Path("var/brug.queue")
REDIS_SCHEMES = ("redis://", "rediss://", "unix://")
SECRET_MINIMUM = 32


class SettingsError(Exception):
    """The environment lacks something or contradicts itself."""


class Mode(StrEnum):
    """Where the app runs."""

    DEMO = "demo"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between installations; the README lists each variable."""

    mode: Mode
    secret_key: str
    database_url: str
    base_url: str
    trusted_proxies: int = 0
    smtp_url: str | None = None
    mail_from: str = DEFAULT_SENDER
    encoder: str = "auto"
    index_file: Path | None = None
    queue_file: Path = DEFAULT_QUEUE
    redis_url: str | None = None
    retention: Periods = field(default_factory=lambda: dict(DEFAULTS))

    @property
    def secure_cookies(self) -> bool:
        """Tell whether cookies may travel over https only."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raises `SettingsError` with the variable and what it should be."""
        env = os.environ if environment is None else environment
        database_url = env.get("BRUG_DATABASE_URL") or DEFAULT_DATABASE
        mode = _mode(env.get("BRUG_MODE", Mode.PRODUCTION.value))
        return cls(
            mode=mode,
            secret_key=_secret_key(env.get("BRUG_SECRET_KEY", ""), mode),
            database_url=database_url,
            base_url=_base_url(env.get("BRUG_BASE_URL", ""), mode),
            trusted_proxies=_whole_number("BRUG_TRUSTED_PROXIES", env),
            smtp_url=env.get("BRUG_SMTP_URL") or None,
            mail_from=env.get("BRUG_MAIL_FROM") or DEFAULT_SENDER,
            encoder=_encoder(env.get("BRUG_ENCODER") or "auto"),
            index_file=_index_file(env.get("BRUG_INDEX_FILE") or "", database_url),
            queue_file=_queue_file(env.get("BRUG_QUEUE_FILE") or "", database_url),
            redis_url=_redis_url(env.get("BRUG_REDIS_URL") or ""),
            retention=_retention(env.get("BRUG_RETENTION") or ""),
        )


def _mode(value: str) -> Mode:
    try:
        return Mode(value)
    except ValueError as error:
        known = ", ".join(mode.value for mode in Mode)
        raise SettingsError(f"BRUG_MODE is {value!r}; it should be one of {known}") from error


def _secret_key(value: str, mode: Mode) -> str:
    if mode is Mode.PRODUCTION and len(value) < SECRET_MINIMUM:
        raise SettingsError(
            f"BRUG_SECRET_KEY needs at least {SECRET_MINIMUM} characters in production"
        )
    # Outside production a throw-away key only ends the sessions at a restart.
    return value or secrets.token_hex(32)


def _base_url(value: str, mode: Mode) -> str:
    if mode is Mode.PRODUCTION and not value.startswith("https://"):
        raise SettingsError("BRUG_BASE_URL should be the public https:// address in production")
    return (value or "http://127.0.0.1:8000").rstrip("/")


def _encoder(value: str) -> str:
    if value not in CHOICES:
        raise SettingsError(f"BRUG_ENCODER is {value!r}; it should be one of {', '.join(CHOICES)}")
    try:
        choose(value)
    except EncoderMissingError as error:
        raise SettingsError(f"BRUG_ENCODER is {value!r}, which is not installed") from error
    return value


def _index_file(value: str, database_url: str) -> Path | None:
    """Return where the index is kept: beside the file of SQLite, unless told otherwise."""
    if value:
        return None if value == "none" else Path(value)
    return _beside(database_url, "index")


def _queue_file(value: str, database_url: str) -> Path:
    """Return where the queue is kept: beside the file of SQLite, unless told otherwise."""
    return Path(value) if value else _beside(database_url, "queue") or DEFAULT_QUEUE


def _beside(database_url: str, ending: str) -> Path | None:
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise SettingsError("BRUG_DATABASE_URL is no address of a database") from error
    beside = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(f"{url.database}.{ending}") if beside else None


def _retention(value: str) -> Periods:
    """Return how many months what is kept: the usual periods, and those that are named."""
    periods = dict(DEFAULTS)
    for part in filter(None, map(str.strip, value.split(","))):
        kind, _, months = part.partition("=")
        if kind not in set(Kept) or not months.isdecimal() or not 1 <= int(months) <= 600:
            known = ", ".join(kind.value for kind in Kept)
            raise SettingsError(f"BRUG_RETENTION has {part!r}; write KIND=MONTHS, of {known}")
        periods[Kept(kind)] = int(months)
    return periods


def _redis_url(value: str) -> str | None:
    if value and not value.startswith(REDIS_SCHEMES):
        raise SettingsError(f"BRUG_REDIS_URL should begin with {', '.join(REDIS_SCHEMES)}")
    if value and importlib.util.find_spec("redis") is None:
        raise SettingsError("BRUG_REDIS_URL asks for the extra `redis`, which is not installed")
    return value or None


def _whole_number(name: str, env: Mapping[str, str]) -> int:
    value = env.get(name) or "0"
    if not value.isdecimal():
        raise SettingsError(f"{name} is {value!r}; it should be a whole number")
    return int(value)
