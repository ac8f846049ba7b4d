"""A region with a coordinator, a need, and three offers that fit ever less."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models import Match, Region, UserRole
from models.states import Role
from tests.support import builders as build
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import stamp

TODAY = date(2026, 11, 23)
GRASS = "Het gras van onze grasvelden rond het gebouw moet elke twee weken gemaaid worden."

Decide = Callable[..., Match]


@dataclass
class Scene:
    """The numbers of the rows, so that every session loads its own."""

    region: int
    coordinator: int
    colleague: int
    stranger: int
    need: int
    offers: list[int]


def make_coordinator(session: Session, region: Region, name: str) -> int:
    person = build.user(session, name=name)
    session.add(UserRole(user_id=person.id, role=Role.COORDINATOR, region_id=region.id))
    session.flush()
    return person.id


def make_scene(session: Session) -> Scene:
    region = build.region(session)
    elsewhere = build.region(session, slug="elders", nis="24020")
    need = build.need(session, region_id=region.id, title="Gras maaien", text=GRASS)
    texts = (GRASS, "Wij maaien gras en scheren hagen.", "Wij strijken hemden en lakens.")
    offers = [
        build.offer(session, title=title, text=text, radius_km=40)
        for title, text in zip(("Gras maaien", "Groen", "Strijken"), texts, strict=True)
    ]
    stamp(session, need, *offers)
    return Scene(
        region=region.id,
        coordinator=make_coordinator(session, region, "Rita Regisseur"),
        colleague=make_coordinator(session, region, "Karel Collega"),
        stranger=make_coordinator(session, elsewhere, "Elke Elders"),
        need=need.id,
        offers=[offer.id for offer in offers],
    )


def actor(session: Session, user_id: int) -> Actor:
    person = load_user(session, user_id)
    assert person is not None
    return actor_of(person)
