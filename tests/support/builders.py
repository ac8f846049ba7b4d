"""Rows for tests: each builder fills what the database demands, and takes what the test says."""

import secrets
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkForm
from models import (
    Match,
    Municipality,
    Need,
    Offer,
    Organisation,
    Region,
    RegionMunicipality,
    User,
    now,
)
from models.states import MatchStatus, NeedStatus, OfferStatus

#: A database may be filled by one process and added to by another, so each starts elsewhere.
_numbers = count(1 + secrets.randbelow(9_000_000))


def kbo_number(serial: int) -> str:
    """Return a KBO number with the right check digits."""
    stem = 10_000_000 + serial
    return f"{stem:08d}{97 - stem % 97:02d}"


def municipality(session: Session, nis: str = "24008", name: str = "Bekkevoort") -> Municipality:
    found = session.get(Municipality, nis)
    if found:
        return found
    row = Municipality(
        nis=nis,
        name=name,
        province="Vlaams-Brabant",
        arrondissement="Leuven",
        latitude=50.94,
        longitude=4.97,
    )
    session.add(row)
    session.flush()
    return row


def region(session: Session, slug: str = "igo", nis: str = "24008") -> Region:
    row = Region(slug=slug, name=slug.upper())
    session.add(row)
    municipality(session, nis)
    session.flush()
    session.add(RegionMunicipality(region_id=row.id, municipality_nis=nis))
    session.flush()
    return row


def organisation(session: Session, **values: Any) -> Organisation:
    number = next(_numbers)
    values = {
        "name": f"Organisatie {number}",
        "kbo": kbo_number(number),
        "type": OrganisationType.COMPANY,
        "work_form": WorkForm.NONE,
        **values,
    }
    row = Organisation(**values)
    session.add(row)
    session.flush()
    return row


def user(session: Session, **values: Any) -> User:
    number = next(_numbers)
    row = User(**{"email": f"persoon{number}@voorbeeld.be", "name": f"Persoon {number}", **values})
    session.add(row)
    session.flush()
    return row


def need(session: Session, **values: Any) -> Need:
    values = {
        "kind": NeedKind.SERVICE,
        "status": NeedStatus.PUBLISHED,
        "title": "Gras maaien",
        "text": "Het gras rond ons gebouw moet gemaaid worden.",
        "municipality_nis": "24008",
        "postcode": "3460",
        "start_to_agree": True,
        "published_at": now(),
        **values,
    }
    municipality(session, values["municipality_nis"] or "24008")
    values.setdefault("organisation", organisation(session))
    values.setdefault("contact", user(session))
    row = Need(**values)
    session.add(row)
    session.flush()
    return row


def offer(session: Session, **values: Any) -> Offer:
    values = {
        "kind": OfferKind.SERVICE,
        "status": OfferStatus.PUBLISHED,
        "title": "Groenonderhoud",
        "text": "Onze ploegen maaien gras en scheren hagen.",
        "municipality_nis": "24008",
        "postcode": "3460",
        "valid_until": date(2099, 1, 1),
        "published_at": now(),
        **values,
    }
    municipality(session, values["municipality_nis"] or "24008")
    supplier = {"type": OrganisationType.SOCIAL_ECONOMY, "work_form": WorkForm.MAATWERKBEDRIJF}
    values.setdefault("organisation", organisation(session, is_supplier=True, **supplier))
    values.setdefault("contact", user(session))
    row = Offer(**values)
    session.add(row)
    session.flush()
    return row


#: How a match comes to a state from the first one, where that takes more than one step.
WAYS = {
    MatchStatus.SUGGESTED: (),
    MatchStatus.INTRODUCED: ("approved", "introduced"),
    MatchStatus.AGREED: ("approved", "introduced", "agreed"),
    MatchStatus.FELL_THROUGH: ("approved", "fell_through"),
    MatchStatus.RUNNING: ("approved", "introduced", "agreed", "running"),
    MatchStatus.DONE: ("approved", "introduced", "agreed", "running", "done"),
}


def bring(session: Session, match: Match, to: MatchStatus) -> None:
    """Bring a suggested match to a state, by the steps that the database allows."""
    for step in WAYS.get(to, (to.value,)):
        match.status = MatchStatus(step)
        session.flush()
