"""What was changed of an activity or a rule, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.vocabulary import Certainty
from models import Event
from web.database import db
from web.i18n import N_, _
from web.labels import label_of
from web.login import current_actor
from web.services.reference_rights import edits, keepers, may_edit

_LABELS = {
    "label": N_("Name"),
    "cluster": N_("Field of work"),
    "is_active": N_("In use"),
    "synonyms": N_("Other words"),
    "title": N_("Title"),
    "explanation": N_("Explanation"),
    "certainty": N_("How sure"),
    "source": N_("Source"),
    "parameters": N_("Values"),
    "valid_from": N_("Holds from"),
    "valid_to": N_("Holds until"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed, as it was and as it became."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody changed at one moment; without changes it was added."""

    at: datetime
    who: str
    changes: tuple[Change, ...]


def shared(kind: str, row_id: str) -> dict[str, Any]:
    """Return what the page of an activity or a rule tells of who may change it, and who did."""
    may = may_edit(db(), current_actor())
    return {
        "may_edit": may,
        "keepers": () if may else keepers(db()),
        "edits": worded_edits(edits(db(), kind, row_id)) if row_id else [],
    }


def worded_edits(events: Iterable[Event]) -> list[Edit]:
    """Return what the events of an activity or a rule tell, in words."""
    return [
        Edit(
            event.at,
            event.actor.name if event.actor else "Brug",
            _changes(event.before, event.after),
        )
        for event in events
    ]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    names = [name for name in _LABELS if name in before and before[name] != after.get(name)]
    return tuple(
        Change(_(_LABELS[name]), *_values(name, before[name], after.get(name))) for name in names
    )


def _values(name: str, before: Any, after: Any) -> tuple[str, str]:
    if name == "synonyms":
        gone = [word for word in before if word not in after]
        return ", ".join(gone), ", ".join(word for word in after if word not in before)
    return _word(name, before), _word(name, after)


def _word(name: str, value: Any) -> str:
    if name == "certainty":
        return label_of(Certainty(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    return str(value) if value is not None else ""


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
