"""Pages of the coordinator: his queue, one need with all its offers, and his region."""

from web.views.coordinator import (
    activities,
    by_hand,
    care,
    dead_mail,
    decisions,
    delays,
    exposure,
    interests,
    learning,
    mail_samples,
    need,
    queue,
    reasoned_choice,
    region,
    rules,
    waiting,
)
from web.views.coordinator.base import blueprint

__all__ = [
    "activities",
    "blueprint",
    "by_hand",
    "care",
    "dead_mail",
    "decisions",
    "delays",
    "exposure",
    "interests",
    "learning",
    "mail_samples",
    "need",
    "queue",
    "reasoned_choice",
    "region",
    "rules",
    "waiting",
]
