"""A generated region of any size, for measuring: Dutch-like texts with realistic fields.

Texts are put together from the activity taxonomy (label, synonyms) and the sentence patterns
below; fields are drawn at random, about half of the optional ones empty, as people leave them.
The same seed gives the same region. Nothing here is meant to be read by people.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from matcher.vocabulary import ANSWERS, NeedKind, OfferKind, OrganisationType, WorkForm, WorkSite
from models import (
    Activity,
    Municipality,
    Need,
    NeedActivity,
    Offer,
    OfferActivity,
    Organisation,
    Region,
    RegionMunicipality,
    User,
    now,
)
from models.states import ActivityOrigin, NeedStatus, OfferStatus, Urgency
from web.services.catalogue import stamp

BATCH = 2_000
_ASKS = (
    "Wij zoeken hulp voor {a}, liefst vanaf volgende maand.",
    "Onze eigen mensen geraken niet rond met {a}.",
    "Het gaat om {a} en soms ook {b}.",
    "Wie kan {a} van ons overnemen?",
    "Elke week is er werk: {a}, {b}.",
)
_OFFERS = (
    "Onze ploeg doet al jaren {a}.",
    "Naast {a} nemen we ook {b} aan.",
    "Voor {a} komen we ter plaatse met eigen materiaal.",
    "We werken nauwkeurig en met vaste begeleiding: {a}, {b}.",
    "Vraag gerust een proefdag voor {a}.",
)
_NOISE = (
    "Bellen kan tussen 9 en 16 uur.",
    "Parking is er genoeg.",
    "De factuur gaat naar de boekhouding.",
    "Een bezoek vooraf is welkom.",
    "We starten klein en bouwen op.",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """An activity as material for texts."""

    id: str
    words: tuple[str, ...]


class Generator:
    """Draws organisations, offers and needs; `seed` fixes every draw."""

    def __init__(self, subjects: list[Subject], places: list[str], seed: int = 2026) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
        self.subjects = subjects
        self.places = places
        self.today = date(2026, 11, 23)

    def text(self, subject: Subject, patterns: tuple[str, ...]) -> str:
        """Return three to six sentences about a subject, one in two with noise."""
        draw = self.random
        sentences = [
            draw.choice(patterns).format(a=draw.choice(subject.words), b=draw.choice(subject.words))
            for _ in range(draw.randint(2, 4))
        ]
        if draw.random() < 0.5:
            sentences.append(draw.choice(_NOISE))
        return " ".join(sentences)

    def shared(self, kind: NeedKind | OfferKind) -> dict[str, Any]:
        """Return the columns that needs and offers share."""
        draw = self.random
        people = draw.choice((None, 2, 4, 6, 8, 12))
        start = self.today + timedelta(days=draw.randint(5, 200))
        return {
            "people_min": people,
            "people_max": people and people + draw.choice((0, 2, 4)),
            "hours_per_week": draw.choice((None, 19.0, 30.0, 38.0)),
            "start_date": start,
            "end_date": draw.choice((None, start + timedelta(days=draw.randint(30, 300)))),
            "certificates": draw.choice(([], [], ["haccp"], ["vca-basis"])),
            "licences": draw.choice(([], [], ["B"])),
            "languages": ["nl"],
            "language_level": draw.choice((None, "A2", "B1")),
            "schedule": draw.choice(([], ["day"], ["two_shifts"], ["day", "weekend"])),
            "site": draw.choice((None, *WorkSite)) if kind.value == "service" else None,
            "details": {},
            "municipality_nis": draw.choice(self.places),
            "postcode": "3460",
        }


def generate(session: Session, *, offers: int, needs: int, seed: int = 2026) -> None:
    """Fill a region "generated" with published offers and needs; reference data must be there."""
    activities = session.scalars(select(Activity).where(Activity.is_active).order_by(Activity.id))
    subjects = [Subject(a.id, (a.label, *(s.text for s in a.synonyms))) for a in activities]
    flemish = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
    places = session.scalars(
        select(Municipality.nis)
        .where(Municipality.valid_to.is_(None), Municipality.province.in_(flemish))
        .order_by(Municipality.nis)
    ).all()
    generator = Generator(subjects, list(places), seed)
    region = Region(slug="generated", name="Gegenereerde regio", is_demo=True)
    contact = User(email="generated@brug.example", name="Gegenereerd")
    session.add_all([region, contact])
    session.flush()
    taken = set(session.scalars(select(RegionMunicipality.municipality_nis)))
    rows = [{"region_id": region.id, "municipality_nis": n} for n in places if n not in taken]
    session.execute(insert(RegionMunicipality), rows)
    suppliers, askers = _organisations(session, generator, region.id, max(10, offers // 20))
    _insert_offers(session, generator, suppliers, contact.id, offers)
    _insert_needs(session, generator, askers, contact.id, region.id, needs)
    stamp(session)


def _organisations(
    session: Session, generator: Generator, region_id: int, count: int
) -> tuple[list[int], list[int]]:
    """Add as many suppliers as askers; returns the ids of both."""
    first = session.scalar(select(Organisation.id).order_by(Organisation.id.desc()).limit(1)) or 0
    ids = range(first + 1, first + 1 + 2 * count)
    rows = []
    for serial, organisation_id in enumerate(ids):
        supplier = serial < count
        stem = 8_000_000 + serial
        rows.append(
            {
                "id": organisation_id,
                "name": f"Organisatie {serial}",
                "kbo": f"{stem:08d}{97 - stem % 97:02d}",
                "type": OrganisationType.SOCIAL_ECONOMY if supplier else OrganisationType.COMPANY,
                "work_form": WorkForm.MAATWERKBEDRIJF if supplier else WorkForm.NONE,
                "is_supplier": supplier,
                "municipality_nis": generator.random.choice(generator.places),
                "region_id": region_id,
                "is_demo": True,
                "version": 1,
            }
        )
    session.execute(insert(Organisation), rows)
    return list(ids[:count]), list(ids[count:])


def _insert_offers(
    session: Session, generator: Generator, suppliers: list[int], contact_id: int, count: int
) -> None:
    draw = generator.random
    kinds = [OfferKind.SERVICE] * 4 + [OfferKind.ENCLAVE_TEAM] * 3 + [OfferKind.PROFILE] * 2
    kinds.append(OfferKind.WORKPLACE)

    def rows() -> Iterator[tuple[dict[str, Any], str]]:
        for serial in range(count):
            subject, kind = draw.choice(generator.subjects), draw.choice(kinds)
            row = {
                **generator.shared(kind),
                "organisation_id": draw.choice(suppliers),
                "contact_id": contact_id,
                "kind": kind,
                "status": OfferStatus.PUBLISHED,
                "title": draw.choice(subject.words).capitalize(),
                "text": generator.text(subject, _OFFERS),
                "radius_km": draw.choice((None, 15.0, 25.0, 40.0)),
                "valid_until": generator.today + timedelta(days=365),
                "confirmed_at": now(),
                "published_at": now(),
                "pseudonym": f"G-{serial}" if kind is OfferKind.PROFILE else None,
                "revision": 1,
                "is_demo": True,
                "version": 1,
            }
            yield row, subject.id

    _insert_with_activities(session, Offer, OfferActivity, "offer_id", list(rows()))


def _insert_needs(
    session: Session,
    generator: Generator,
    askers: list[int],
    contact_id: int,
    region_id: int,
    count: int,
) -> None:
    draw = generator.random
    kinds = tuple(ANSWERS)

    def rows() -> Iterator[tuple[dict[str, Any], str]]:
        for _ in range(count):
            subject, kind = draw.choice(generator.subjects), draw.choice(kinds)
            row = {
                **generator.shared(kind),
                "organisation_id": draw.choice(askers),
                "region_id": region_id,
                "contact_id": contact_id,
                "kind": kind,
                "status": NeedStatus.PUBLISHED,
                "title": draw.choice(subject.words).capitalize(),
                "text": generator.text(subject, _ASKS),
                "urgency": draw.choice(tuple(Urgency)),
                "core_activity": True if kind is NeedKind.ENCLAVE else None,
                "published_at": now() - timedelta(days=draw.randint(0, 40)),
                "revision": 1,
                "is_demo": True,
                "version": 1,
            }
            yield row, subject.id

    _insert_with_activities(session, Need, NeedActivity, "need_id", list(rows()))


def _insert_with_activities(
    session: Session,
    table: type[Need | Offer],
    link: type[NeedActivity | OfferActivity],
    key: str,
    rows: list[tuple[dict[str, Any], str]],
) -> None:
    first = session.scalar(select(table.id).order_by(table.id.desc()).limit(1)) or 0
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        ids = range(first + start + 1, first + start + 1 + len(batch))
        numbered = [{**row, "id": i} for i, (row, _) in zip(ids, batch, strict=True)]
        session.execute(insert(table), numbered)
        origin = ActivityOrigin.RECOGNISED
        links = [
            {key: i, "activity_id": activity, "origin": origin}
            for i, (_, activity) in zip(ids, batch, strict=True)
        ]
        session.execute(insert(link), links)
