"""From what people type to a municipality: names, old names, sub-municipalities, postcodes."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.values import Place
from models import PlaceName, RegionMunicipality, fold
from web.services.values import place_of

MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that somebody meant: `label` as shown, such as "3460 Assent (Bekkevoort)"."""

    nis: str
    postcode: str | None
    label: str
    place: Place


def _found(name: PlaceName) -> FoundPlace:
    municipality = name.municipality
    own = fold(municipality.name) == name.folded
    shown = name.name if own else f"{name.name} ({municipality.name})"
    return FoundPlace(
        nis=municipality.nis,
        postcode=name.postcode,
        label=f"{name.postcode} {shown}" if name.postcode else shown,
        # Needs and offers count from their municipality's centre, so its name and postcodes do too.
        place=place_of(municipality) if own else _part(name),
    )


def _part(name: PlaceName) -> Place:
    centre = place_of(name.municipality)
    if name.latitude is None or name.longitude is None:
        return centre
    return replace(centre, latitude=name.latitude, longitude=name.longitude)


def suggest_places(session: Session, query: str) -> list[FoundPlace]:
    """Return places whose name or postcode starts with `query`, best first, for completion."""
    words = fold(query).split()
    if not words:
        return []
    postcode = next((word for word in words if word.isdecimal()), None)
    name = " ".join(word for word in words if not word.isdecimal())
    chosen = select(PlaceName).join(PlaceName.municipality)
    if postcode:
        chosen = chosen.where(PlaceName.postcode.startswith(postcode, autoescape=True))
    if name:
        chosen = chosen.where(PlaceName.folded.startswith(name, autoescape=True))
    rows = session.scalars(chosen.limit(200)).all()
    ranked = sorted(rows, key=lambda row: _closeness(row, name))
    return [_found(row) for row in ranked[:MOST_SUGGESTIONS]]


def _closeness(row: PlaceName, name: str) -> tuple[bool, bool, str, str]:
    """Sort exact names first, then municipalities before their parts, then by name."""
    is_municipality = fold(row.municipality.name) == row.folded
    return (row.folded != name, not is_municipality, row.folded, row.postcode or "")


def resolve_place(session: Session, text: str) -> FoundPlace | None:
    """Return the place that `text` names, in any of the ways people write it; else None.

    Understands "3460", "Bekkevoort", "3460 Bekkevoort", "Assent", "3460 Assent (Bekkevoort)" and
    names from before the mergers. A municipality goes before a hamlet of the same name; a name
    that several municipalities use needs its postcode.
    """
    outer = text.split("(")[0]
    words = fold(outer).split()
    postcode = next((word for word in words if word.isdecimal()), None)
    name = " ".join(word for word in words if not word.isdecimal())
    if not words:
        return None
    chosen = select(PlaceName)
    if postcode:
        chosen = chosen.where(PlaceName.postcode == postcode)
    if name:
        chosen = chosen.where(PlaceName.folded == name)
    rows = session.scalars(chosen).all()
    whole = [row for row in rows if fold(row.municipality.name) == row.folded]
    candidates = whole or rows
    if not candidates or len({row.municipality_nis for row in candidates}) > 1:
        return None
    return _found(min(candidates, key=lambda row: _closeness(row, name)))


def region_of(session: Session, nis: str | None) -> int | None:
    """Return the region that a municipality belongs to, if any."""
    if nis is None:
        return None
    return session.scalar(
        select(RegionMunicipality.region_id).where(RegionMunicipality.municipality_nis == nis)
    )
