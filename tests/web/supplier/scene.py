"""A region with suppliers, of which one waits, and open needs that fit one of them ever less."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkForm
from models import Membership, now
from models.states import OrganisationStatus
from tests.support import builders as build
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import stamp
from web.services.offers import OfferDraft

GRASS = "Onze ploeg maait gras en scheert hagen, met eigen maaiers en een camionette."


@dataclass
class Scene:
    """The numbers of the rows: people by what they are, organisations, and the open needs."""

    maatwerk: int
    local: int
    pending: int
    other: int
    maatwerk_organisation: int
    local_organisation: int
    pending_organisation: int
    other_organisation: int
    needs: list[int]


def today() -> date:
    return now().date()


def make_scene(session: Session) -> Scene:
    region = build.region(session)
    people: list[int] = []
    organisations: list[int] = []
    for name, form, status in (
        ("Maatwerk De Es", WorkForm.MAATWERKBEDRIJF, OrganisationStatus.APPROVED),
        ("Lokale Dienst De Iep", WorkForm.LOCAL_SERVICE, OrganisationStatus.APPROVED),
        ("Maatwerk De Wilg", WorkForm.MAATWERKBEDRIJF, OrganisationStatus.PENDING),
        ("Maatwerk De Linde", WorkForm.MAATWERKBEDRIJF, OrganisationStatus.APPROVED),
    ):
        organisation = build.organisation(
            session,
            name=name,
            type=OrganisationType.SOCIAL_ECONOMY,
            work_form=form,
            status=status,
            is_supplier=True,
            region_id=region.id,
            municipality_nis="24008",
            postcode="3460",
        )
        person = build.user(session, name=f"Mens van {name}", email_confirmed_at=now())
        session.add(Membership(user_id=person.id, organisation_id=organisation.id))
        people.append(person.id)
        organisations.append(organisation.id)
    needs = make_needs(session, region.id)
    return Scene(*people, *organisations, needs)


def make_needs(session: Session, region_id: int) -> list[int]:
    texts = (
        ("Gras maaien", "Het gras rond ons gebouw moet elke twee weken gemaaid worden."),
        ("Haag scheren", "De haag langs de straat moet twee keer per jaar geschoren worden."),
        ("Hemden strijken", "Wij zoeken iemand die de hemden van ons personeel strijkt."),
    )
    needs = [
        build.need(session, region_id=region_id, title=title, text=text, kind=NeedKind.SERVICE)
        for title, text in texts
    ]
    stamp(session, *needs)
    return [need.id for need in needs]


def actor(session: Session, user_id: int) -> Actor:
    person = load_user(session, user_id)
    assert person is not None
    return actor_of(person)


def grass(scene: Scene, **values: Any) -> OfferDraft:
    """Return a complete service of the maatwerkbedrijf, with what the test says."""
    values = {
        "kind": OfferKind.SERVICE,
        "organisation_id": scene.maatwerk_organisation,
        "contact_id": scene.maatwerk,
        "title": "Gras maaien en hagen scheren",
        "text": GRASS,
        "municipality_nis": "24008",
        "postcode": "3460",
        "radius_km": 30,
        "fields": {"site": "on_site"},
        **values,
    }
    return OfferDraft(**values)
