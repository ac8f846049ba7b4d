"""What an event keeps of a need or an offer, before and after a change.

Values are kept as they are. Of a text that somebody wrote freely, and that may speak of a person,
an event keeps the length and a fingerprint: enough to tell that it changed, and to prove which text
it was to who has that text; an event can never be taken back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from matcher.vocabulary import NeedKind, OfferKind
from models.fields import FieldType
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from models.states import ActivityOrigin

#: What says nothing of the need or the offer itself.
_LEFT_OUT = frozenset({"external_id", "is_demo", "fields", "activities"})
_SHORT = {"contact_id": "contact", "organisation_id": "organisation", "municipality_nis": "place"}
_FREE = {"text"} | {
    field.name
    for tables in (NEED_FIELDS, OFFER_FIELDS)
    for table in tables.values()
    for field in table
    if field.type is FieldType.TEXT
}
#: Kinds that are about one person, whose title may name him.
_PERSONAL = (NeedKind.PLACEMENT, OfferKind.PROFILE)
_EMPTY: tuple[object, ...] = (None, "", [], {})


def recorded(draft: Any) -> dict[str, Any]:
    """Return what an event keeps of a `NeedDraft` or an `OfferDraft`, without what is unknown."""
    given: dict[str, Any] = {
        _SHORT.get(field.name, field.name): getattr(draft, field.name)
        for field in fields(draft)
        if field.name not in _LEFT_OUT
    }
    given |= dict(draft.fields)
    given |= _activities(draft.activities)
    personal = given["kind"] in _PERSONAL
    return {
        name: fingerprint(str(value)) if _is_free(name, personal) else _plain(value)
        for name, value in given.items()
        if value not in _EMPTY
    }


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs, as it was and as it became; what one side lacks is None there."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {n: before.get(n) for n in names}, {n: after.get(n) for n in names}


def _is_free(name: str, personal: bool) -> bool:
    return name in _FREE or (personal and name == "title")


def _activities(origins: Mapping[str, ActivityOrigin]) -> dict[str, list[str]]:
    kept = sorted(key for key, origin in origins.items() if origin is not ActivityOrigin.REJECTED)
    return {"activities": kept, "rejected": sorted(set(origins) - set(kept))}


def fingerprint(text: str | None) -> dict[str, Any] | None:
    """Return what an event keeps of a text that somebody wrote freely."""
    if text is None:
        return None
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return {"characters": len(text), "sha256": digest[:16]}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
