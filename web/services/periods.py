"""How long each kind of thing is kept, in months."""

from collections.abc import Mapping
from enum import StrEnum


class Kept(StrEnum):
    """Kinds of things that are kept for a while."""

    ACCOUNTS = "accounts"
    NEED_DRAFTS = "need_drafts"
    OFFER_DRAFTS = "offer_drafts"
    PROFILES = "profiles"
    MAILS = "mails"
    MESSAGES = "messages"
    IMPORTS = "imports"
    SIGHTINGS = "sightings"
    LINKS = "links"


#: In months, unless the installation says otherwise.
DEFAULTS: Mapping[Kept, int] = {
    Kept.ACCOUNTS: 36,
    Kept.NEED_DRAFTS: 12,
    Kept.OFFER_DRAFTS: 12,
    Kept.PROFILES: 12,
    Kept.MAILS: 6,
    Kept.MESSAGES: 12,
    Kept.IMPORTS: 3,
    Kept.SIGHTINGS: 24,
    Kept.LINKS: 1,
}
Periods = Mapping[Kept, int]
