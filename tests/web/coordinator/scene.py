"""A region with a coordinator, a need, and three offers that fit ever less."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from matcher.vocabulary import Certainty
from models import Activity, ActivitySynonym, Match, Region, Rule, UserRole, session_factory
from models.states import MatchStatus, Role
from tests.support import builders as build
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import stamp, stamp_reference

TODAY = date(2026, 11, 23)
GRASS = "Het gras van onze grasvelden rond het gebouw moet elke twee weken gemaaid worden."

ACTIVITIES = (
    ("gras-maaien", "gras maaien", "groen", ["gazon maaien", "grasvelden"]),
    ("hagen-scheren", "hagen scheren", "groen", ["haag knippen"]),
    ("strijken", "strijken", "textiel", ["strijkwerk", "hemden strijken"]),
)

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


def action(scene: Scene, rank: int, what: str) -> str:
    """Return the address, within the page of the need, of a step on one of its offers."""
    return f"/aanbod/{scene.offers[rank]}/{what}"


def status(engine: Engine, scene: Scene, rank: int) -> MatchStatus | None:
    """Return what is stored of the match with one of the offers, None when nothing is."""
    with session_factory(engine)() as session:
        chosen = select(Match.status).where(Match.offer_id == scene.offers[rank])
        return session.scalar(chosen.where(Match.need_id == scene.need))


def make_coordinator(session: Session, region: Region, name: str, *, keeps: bool = False) -> int:
    person = build.user(session, name=name)
    role = UserRole(role=Role.COORDINATOR, region_id=region.id, keeps_reference=keeps)
    person.roles.append(role)
    session.flush()
    return person.id


def make_reference(session: Session) -> None:
    """A few activities and rules: the whole list would take each test half a second."""
    for slug, label, cluster, words in ACTIVITIES:
        synonyms = [ActivitySynonym(text=word) for word in words]
        session.add(Activity(id=slug, label=label, cluster=cluster, synonyms=synonyms))
    session.add(
        Rule(
            id="wijk-werken-geen-bedrijven",
            code="wijk_werken.asker",
            title="Wijk-werken is er niet voor bedrijven",
            explanation="Andere privébedrijven mogen er geen beroep op doen.",
            parameters={"asker_types": ["municipality", "ocmw", "school", "vzw"]},
            certainty=Certainty.CERTAIN,
            valid_from=date(2018, 1, 1),
            source="decreet wijk-werken van 7 juli 2017",
        )
    )
    session.add(
        Rule(
            id="wijk-werken-uren",
            code="wijk_werken.hours",
            title="Hoogstens 60 uur wijk-werken per maand",
            explanation="Voor een grotere opdracht zijn er meer mensen nodig.",
            parameters={"max_hours_per_month": 60},
            certainty=Certainty.LIKELY,
            source="gemeentelijke infopagina's",
        )
    )
    session.add(
        Rule(
            id="drempel",
            code="info",
            title="Aanvaarde factuur",
            explanation="Onder 30.000 euro.",
            parameters={"amount_eur": 30000, "vat_included": False},
            certainty=Certainty.CERTAIN,
            source="wet overheidsopdrachten",
        )
    )
    stamp_reference(session)


def make_scene(session: Session) -> Scene:
    make_reference(session)
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
        coordinator=make_coordinator(session, region, "Rita Regisseur", keeps=True),
        colleague=make_coordinator(session, region, "Karel Collega", keeps=True),
        stranger=make_coordinator(session, elsewhere, "Elke Elders"),
        need=need.id,
        offers=[offer.id for offer in offers],
    )


def actor(session: Session, user_id: int) -> Actor:
    person = load_user(session, user_id)
    assert person is not None
    return actor_of(person)
