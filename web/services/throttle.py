"""How often something may be tried, counted in the database: by every process, across restarts."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import LoginAttempt, now
from web.services.errors import ServiceError


class Tried(StrEnum):
    """What is counted."""

    LOGIN = "login"
    REGISTER = "register"
    RESET = "reset"
    CONFIRM = "confirm"
    INVITE = "invite"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts on one account, and from one address, within a window.

    A town hall has one address for many people, so an address may try more.
    """

    per_account: int
    per_address: int
    window: timedelta


QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
LIMITS = {
    Tried.LOGIN: Limit(10, 60, QUARTER),
    Tried.REGISTER: Limit(5, 30, HOUR),
    Tried.RESET: Limit(4, 30, HOUR),
    Tried.CONFIRM: Limit(4, 30, HOUR),
    Tried.INVITE: Limit(30, 60, HOUR),
}
#: Nothing is counted for longer than this.
KEPT = timedelta(days=1)


class TooManyError(ServiceError):
    """Too many attempts; `until` is when the next one will be looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def count(session: Session, tried: Tried, account: str | None, address: str | None) -> None:
    """Count one attempt; raises `TooManyError` when there were too many before it.

    Counting goes before trying, so that many attempts at the same moment are counted too. A
    refused attempt is not counted: whoever waits as told gets his turn.
    """
    limit = LIMITS[tried]
    keys = _keys(tried, account, address)
    moment = now()
    session.execute(
        delete(LoginAttempt).where(
            LoginAttempt.key.in_(keys.values()), LoginAttempt.at < moment - KEPT
        )
    )
    most = {"account": limit.per_account, "address": limit.per_address}
    for part, key in keys.items():
        _refuse_beyond(session, key, most[part], moment, limit.window)
    session.add_all(LoginAttempt(key=key, at=moment) for key in keys.values())


def forget(session: Session, tried: Tried, account: str) -> None:
    """Start counting anew for an account whose owner showed himself."""
    key = _keys(tried, account, None)["account"]
    session.execute(delete(LoginAttempt).where(LoginAttempt.key == key))
    session.execute(delete(LoginAttempt).where(LoginAttempt.at < now() - KEPT))


def _refuse_beyond(
    session: Session, key: str, most: int, moment: datetime, window: timedelta
) -> None:
    recent = select(LoginAttempt.at).where(
        LoginAttempt.key == key, LoginAttempt.at > moment - window
    )
    if (session.scalar(select(func.count()).select_from(recent.subquery())) or 0) >= most:
        # The oldest of the last `most` attempts leaves the window first.
        oldest = session.scalars(recent.order_by(LoginAttempt.at.desc()).limit(most)).all()[-1]
        raise TooManyError(oldest + window)


def _keys(tried: Tried, account: str | None, address: str | None) -> dict[str, str]:
    parts = {"account": account and account.strip().lower(), "address": _network(address)}
    return {part: _digest(f"{tried}:{part}:{value}") for part, value in parts.items() if value}


def _network(address: str | None) -> str | None:
    """Return whom an address belongs to: a household with IPv6 has 2^64 of them."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
