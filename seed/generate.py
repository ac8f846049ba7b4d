"""A generated region of any size in the database: offers and needs of `seed.generator`, stored.

The same seed gives the same region.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from matcher.values import Place
from matcher.vocabulary import OfferKind, OrganisationType, WorkForm
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
from models.offer import OfferMunicipality
from models.states import ActivityOrigin, NeedStatus, OfferStatus, Urgency
from seed.generator import SEED, TODAY, Generator
from seed.writing import Subject
from web.services.catalogue import stamp
from web.services.values import place_of

BATCH = 2_000
_FLEMISH = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
_Row = dict[str, Any]


def generator_for(session: Session, *, offers: int, needs: int, seed: int = SEED) -> Generator:
    """Return a generator on the activities in use and the Flemish municipalities."""
    activities = session.scalars(select(Activity).where(Activity.is_active).order_by(Activity.id))
    subjects = [Subject(a.id, (a.label, *(s.text for s in a.synonyms))) for a in activities]
    municipalities = session.scalars(
        select(Municipality)
        .where(Municipality.valid_to.is_(None), Municipality.province.in_(_FLEMISH))
        .order_by(Municipality.nis)
    )
    places = [place for m in municipalities if (place := place_of(m)) is not None]
    return Generator(subjects, places, offers=offers, needs=needs, seed=seed)


def generate(session: Session, *, offers: int, needs: int, seed: int = SEED) -> None:
    """Fill a region "generated" with published offers and needs; reference data must be there."""
    generator = generator_for(session, offers=offers, needs=needs, seed=seed)
    region = Region(slug="generated", name="Gegenereerde regio", is_demo=True)
    contact = User(email="generated@brug.example", name="Gegenereerd")
    session.add_all([region, contact])
    session.flush()
    _give_places(session, region.id, generator.places)
    owners = _insert_organisations(session, generator, region.id)
    shared = {"contact_id": contact.id, "revision": 1, "is_demo": True, "version": 1}

    def offer_row(value: OfferValue) -> _Row:
        owner = owners[str(value.supplier_id)]
        return {**_columns(value), **_offer_columns(value), "organisation_id": owner, **shared}

    def need_row(value: NeedValue) -> _Row:
        owner = owners[str(value.asker_id)]
        own = {"organisation_id": owner, "region_id": region.id}
        return {**_columns(value), **_need_columns(value), **own, **shared}

    for numbers in _batches(offers):
        _insert_offers(session, [generator.offer(n) for n in numbers], offer_row)
    for numbers in _batches(needs):
        _insert_needs(session, [generator.need(n) for n in numbers], need_row)
    stamp(session)


def _batches(count: int) -> list[range]:
    return [range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]


def _give_places(session: Session, region_id: int, places: Sequence[Place]) -> None:
    taken = set(session.scalars(select(RegionMunicipality.municipality_nis)))
    rows = [{"region_id": region_id, "municipality_nis": place.nis} for place in places]
    session.execute(
        insert(RegionMunicipality), [r for r in rows if r["municipality_nis"] not in taken]
    )


def _insert_organisations(session: Session, generator: Generator, region_id: int) -> dict[str, int]:
    """Add the suppliers and the askers; returns their ids by the ids that their values carry."""
    first = _next_id(session, Organisation)
    rows: list[_Row] = []
    owners: dict[str, int] = {}
    for number in range(generator.suppliers):
        supplier = generator.supplier(number)
        owners[f"supplier-{number}"] = first + len(rows)
        rows.append(_organisation(len(rows), supplier.type, supplier.work_form))
    for number in range(generator.askers):
        owners[f"asker-{number}"] = first + len(rows)
        rows.append(_organisation(len(rows), generator.asker(number), WorkForm.NONE))
    places = generator.places
    for serial, row in enumerate(rows):
        place = places[serial % len(places)]
        row |= {"id": first + serial, "municipality_nis": place.nis, "region_id": region_id}
    session.execute(insert(Organisation), rows)
    return owners


def _organisation(serial: int, kind: OrganisationType, form: WorkForm) -> _Row:
    stem = 8_000_000 + serial
    return {
        "name": f"Organisatie {serial}",
        "kbo": f"{stem:08d}{97 - stem % 97:02d}",
        "type": kind,
        "work_form": form,
        "is_supplier": form is not WorkForm.NONE,
        "is_demo": True,
        "version": 1,
    }


def _insert_offers(
    session: Session, values: list[OfferValue], row: Callable[[OfferValue], _Row]
) -> None:
    first = _next_id(session, Offer)
    rows = [{**row(value), "id": first + place} for place, value in enumerate(values)]
    session.execute(insert(Offer), rows)
    _link_activities(session, OfferActivity, "offer_id", first, values)
    served = [
        {"offer_id": first + place, "municipality_nis": nis}
        for place, value in enumerate(values)
        for nis in sorted(value.service_nis)
    ]
    if served:
        session.execute(insert(OfferMunicipality), served)


def _insert_needs(
    session: Session, values: list[NeedValue], row: Callable[[NeedValue], _Row]
) -> None:
    first = _next_id(session, Need)
    rows = [{**row(value), "id": first + place} for place, value in enumerate(values)]
    session.execute(insert(Need), rows)
    _link_activities(session, NeedActivity, "need_id", first, values)


def _link_activities(
    session: Session,
    link: type[NeedActivity | OfferActivity],
    key: str,
    first: int,
    values: Sequence[NeedValue | OfferValue],
) -> None:
    links = [
        {key: first + place, "activity_id": activity, "origin": ActivityOrigin.RECOGNISED}
        for place, value in enumerate(values)
        for activity in sorted(value.activities)
    ]
    if links:
        session.execute(insert(link), links)


def _next_id(session: Session, table: type[Organisation | Need | Offer]) -> int:
    last = session.scalar(select(table.id).order_by(table.id.desc()).limit(1))
    return (last or 0) + 1


def _columns(value: NeedValue | OfferValue) -> _Row:
    """Return the columns that needs and offers share."""
    stated = value.conditions
    assert value.place is not None
    return {
        "kind": value.kind,
        "title": value.title,
        "text": value.text,
        "people_min": stated.people_min,
        "people_max": stated.people_max,
        "hours_per_week": stated.hours_per_week,
        "start_date": stated.start,
        "end_date": stated.end,
        "certificates": sorted(stated.certificates),
        "licences": sorted(stated.licences),
        "languages": sorted(stated.languages),
        "language_level": stated.language_level,
        "schedule": sorted(stated.schedule),
        "site": stated.site,
        "details": {},
        "municipality_nis": value.place.nis,
        "postcode": "3460",
    }


def _offer_columns(value: OfferValue) -> _Row:
    return {
        "status": OfferStatus.PUBLISHED,
        "radius_km": value.radius_km,
        "valid_until": TODAY + timedelta(days=365),
        "confirmed_at": now(),
        "published_at": now(),
        "pseudonym": f"G-{value.id}" if value.kind is OfferKind.PROFILE else None,
    }


def _need_columns(value: NeedValue) -> _Row:
    """Return the columns of a need, posted up to forty days ago with one of the urgencies."""
    serial = int(value.id)
    return {
        "status": NeedStatus.PUBLISHED,
        "urgency": tuple(Urgency)[serial % len(Urgency)],
        "start_to_agree": value.conditions.start is None,
        "core_activity": value.core_activity,
        "published_at": now() - timedelta(days=serial % 41),
    }
