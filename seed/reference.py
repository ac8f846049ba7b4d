"""Loads the reference data: places, activities and rules. Loading again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from models import Activity, ActivitySynonym, Municipality, PlaceName, Rule
from models.geography import fold
from seed.files import read_rows, read_yaml
from web.services import events
from web.services.actor import BRUG
from web.services.catalogue import stamp_reference
from web.services.reference_editing import activity_facts, rule_facts


@dataclass(frozen=True, slots=True)
class LoadedReference:
    """How many rows a load added or changed."""

    municipalities: int
    place_names: int
    activities: int
    rules: int


def load_reference(session: Session) -> LoadedReference:
    """Add what is missing and renew what the files changed; the caller commits.

    An activity or a rule that a coordinator edited stays as he left it.
    """
    loaded = LoadedReference(
        municipalities=_load_municipalities(session),
        place_names=_load_place_names(session),
        activities=_load_activities(session),
        rules=_load_rules(session),
    )
    if loaded.activities or loaded.rules:
        stamp_reference(session)
    return loaded


def _load_municipalities(session: Session) -> int:
    rows = read_rows("municipalities.csv")
    known = {m.nis: m for m in session.scalars(select(Municipality))}
    changed = 0
    # A municipality that merged points to its successor, so those of today come first.
    for merged in (False, True):
        for row in rows:
            if bool(row["merged_into"]) is merged:
                changed += _put(session, Municipality, known.get(row["nis"]), _municipality(row))
        session.flush()
    return changed


def _municipality(row: dict[str, str]) -> dict[str, Any]:
    return {
        "nis": row["nis"],
        "name": row["name"],
        "province": row["province"],
        "arrondissement": row["arrondissement"],
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "merged_into_nis": row["merged_into"] or None,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _put(session: Session, table: type[Any], found: Any, values: dict[str, Any]) -> bool:
    """Add a row, or bring it level with `values`; tells whether anything changed."""
    if found is None:
        session.add(table(**values))
        return True
    stale = {name: value for name, value in values.items() if getattr(found, name) != value}
    for name, value in stale.items():
        setattr(found, name, value)
    return bool(stale)


def _load_place_names(session: Session) -> int:
    known = {
        (name.folded, name.postcode, name.municipality_nis): name
        for name in session.scalars(select(PlaceName))
    }
    fresh = []
    changed = 0
    for values in _place_names():
        found = known.get((values["folded"], values["postcode"], values["municipality_nis"]))
        if found is None:
            fresh.append(values)
        else:
            changed += _put(session, PlaceName, found, values)
    if fresh:
        session.execute(insert(PlaceName), fresh)
    return changed + len(fresh)


def _place_names() -> Iterable[dict[str, Any]]:
    points = {
        (row["postcode"], row["nis"]): (float(row["latitude"]), float(row["longitude"]))
        for row in read_rows("postcodes.csv")
    }
    for row in read_rows("place_names.csv"):
        latitude, longitude = points[row["postcode"], row["nis"]]
        yield {
            "name": row["name"],
            "folded": fold(row["name"]),
            "postcode": row["postcode"],
            "municipality_nis": row["nis"],
            "latitude": latitude,
            "longitude": longitude,
        }


def _load_activities(session: Session) -> int:
    with_synonyms = select(Activity).options(selectinload(Activity.synonyms))
    known = {activity.id: activity for activity in session.scalars(with_synonyms)}
    changed = 0
    for entry in read_yaml("activities.yaml")["activities"]:
        found = known.get(entry["id"])
        if found is None:
            session.add(_new_activity(entry))
            changed += 1
        elif found.edited_at is None:
            before = activity_facts(found)
            renewed = _put(session, Activity, found, _activity(entry))
            changed += _renew_synonyms(found, entry["synonyms"]) or renewed
            _record(session, "activity", found.id, before, activity_facts(found))
    return changed


def _record(
    session: Session, kind: str, row_id: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Tell the record what a newer file changed; what is there from the start needs no event."""
    if before != after:
        events.record(session, BRUG, kind, row_id, "edited", before=before, after=after)


def _activity(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": entry["id"],
        "label": entry["label"],
        "cluster": entry["cluster"],
        "cpv": entry.get("cpv", []),
        "cpv_fit": entry.get("cpv_fit"),
        "nace": entry.get("nace", {}),
    }


def _new_activity(entry: dict[str, Any]) -> Activity:
    synonyms = [ActivitySynonym(text=text) for text in entry["synonyms"]]
    return Activity(**_activity(entry), synonyms=synonyms)


def _renew_synonyms(activity: Activity, texts: list[str]) -> bool:
    kept = [synonym for synonym in activity.synonyms if synonym.text in texts]
    there = {synonym.text for synonym in kept}
    fresh = [ActivitySynonym(text=text) for text in texts if text not in there]
    if not fresh and len(kept) == len(activity.synonyms):
        return False
    activity.synonyms = kept + fresh
    return True


def _load_rules(session: Session) -> int:
    known = {rule.id: rule for rule in session.scalars(select(Rule))}
    changed = 0
    for entry in read_yaml("rules.yaml")["rules"]:
        found = known.get(entry["id"])
        if found is None:
            changed += _put(session, Rule, found, _rule(entry))
        elif found.edited_at is None:
            before = rule_facts(found)
            changed += _put(session, Rule, found, _rule(entry))
            session.flush()
            _record(session, "rule", found.id, before, rule_facts(found))
    return changed


def _rule(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": entry["id"],
        "code": entry["code"],
        "title": entry["title_nl"],
        "explanation": entry["explanation_nl"],
        "parameters": entry["parameters"],
        "certainty": entry["certainty"],
        "valid_from": entry.get("valid_from"),
        "valid_to": entry.get("valid_to"),
        "source": entry["source"],
    }
