"""Pages of the account: entering, one's own data and organisations, what waits."""

from web.views.account import (
    answering,
    confirming,
    dashboard,
    entering,
    inviting,
    joining,
    organisation,
    outbox,
    passwords,
    person,
    preferences,
    privacy,
)
from web.views.account.base import blueprint

__all__ = [
    "answering",
    "blueprint",
    "confirming",
    "dashboard",
    "entering",
    "inviting",
    "joining",
    "organisation",
    "outbox",
    "passwords",
    "person",
    "preferences",
    "privacy",
]
