"""One small world for the tests of the whole site: two regions, every kind of person, every state.

The fill `world` of `tests.support.contents` stores it once a run; `numbers.py` finds it again.
"""

import hashlib
import json
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkForm
from models import (
    DeclaredInterest,
    Match,
    Membership,
    Need,
    Notice,
    Offer,
    Organisation,
    OutboxMail,
    Token,
    User,
    UserRole,
    now,
    session_factory,
)
from models.states import (
    MailState,
    MatchStatus,
    NeedStatus,
    NewsTopic,
    OfferStatus,
    OrganisationStatus,
    Role,
    TokenPurpose,
)
from tests.support import builders as build
from tests.support.learned import learn_something
from tests.support.lives import APPROVED, LIVES
from web.services.actor import Actor, actor_of, load_user
from web.services.catalogue import Catalogue, stamp
from web.services.decisions import decide
from web.services.importing import batches
from web.services.importing.columns import ListKind
from web.services.matching import store_suggestions
from web.services.passwords import hash_password

#: With which the site of these tests signs.
SECRET_KEY = "s" * 40
PASSWORD = "een zin om te onthouden"
BEKKEVOORT, DIEST = "24008", "24020"

#: Organisations by name here: what they are called, and what they are.
ORGANISATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "company": ("Koekjes Bekkevoort", {}),
    "stranger": ("Andere bv", {}),
    "maatwerk": ("Maatwerk De Es", {"is_supplier": True}),
    "faraway": ("Maatwerk De Linde", {"is_supplier": True}),
    "waiting": (
        "Maatwerk De Wilg",
        {"is_supplier": True, "status": OrganisationStatus.PENDING},
    ),
    "town": ("Gemeente Bekkevoort", {"type": OrganisationType.MUNICIPALITY}),
    "other_town": ("Stad Diest", {"type": OrganisationType.MUNICIPALITY}),
}
#: Who acts for which organisation; the coordinators act for none.
MEMBERS = {
    "ann": "company",
    "bert": "company",
    "xavier": "stranger",
    "sam": "maatwerk",
    "olga": "faraway",
    "piet": "waiting",
    "greet": "town",
    "dirk": "other_town",
}
COORDINATORS = {"rita": BEKKEVOORT, "karel": BEKKEVOORT, "elke": DIEST}
OFFICERS = {"greet": BEKKEVOORT, "dirk": DIEST}
IN_DIEST = frozenset({"faraway", "other_town"})

GRASS = "Het gras rond ons gebouw moet elke twee weken gemaaid worden."
#: The secrets of mailed links, by what they are for.
SECRETS = {
    "confirm": TokenPurpose.CONFIRM_EMAIL,
    "reset": TokenPurpose.RESET_PASSWORD,
    "invite": TokenPurpose.INVITE,
}


def make_world(engine: Engine) -> None:
    """Store the world beside the reference data."""
    factory, catalogue = session_factory(engine), Catalogue()
    with factory.begin() as session:
        _people(session)
    approvals = [partial(_approve, need=need, offer=offer) for need, offer in APPROVED.items()]
    # A service stamps at most once in a session.
    for step in (_suggest, *approvals, *LIVES, _upload, learn_something):
        with factory.begin() as session:
            step(session, catalogue)


def _people(session: Session) -> None:
    regions = {
        BEKKEVOORT: build.region(session, "igo", BEKKEVOORT).id,
        DIEST: build.region(session, "elders", DIEST).id,
    }
    organisations = {name: _organisation(session, name, regions) for name in ORGANISATIONS}
    people = {name: _person(session, name) for name in [*MEMBERS, *COORDINATORS, "nele"]}
    for name, where in MEMBERS.items():
        session.add(Membership(user=people[name], organisation=organisations[where]))
    for name, nis in COORDINATORS.items():
        role = UserRole(role=Role.COORDINATOR, region_id=regions[nis])
        role.keeps_reference = name == "rita"
        people[name].roles.append(role)
    for name, nis in OFFICERS.items():
        officer = UserRole(role=Role.POLICY_OFFICER, region_id=regions[nis], municipality_nis=nis)
        people[name].roles.append(officer)
    interest = DeclaredInterest(organisation_id=organisations["stranger"].id, note="Mijn zus.")
    people["rita"].interests.append(interest)
    session.flush()
    _links(session, people, organisations)
    _mail(session, people["ann"])
    _needs(session, people["ann"], organisations["company"])
    _offers(session, people["sam"], organisations["maatwerk"])


def email_of(name: str) -> str:
    """Return the address of a person of the world."""
    return f"{name}@wereld.be"


def _organisation(session: Session, name: str, regions: dict[str, int]) -> Organisation:
    called, values = ORGANISATIONS[name]
    nis = DIEST if name in IN_DIEST else BEKKEVOORT
    if values.get("is_supplier"):
        work = {"type": OrganisationType.SOCIAL_ECONOMY, "work_form": WorkForm.MAATWERKBEDRIJF}
        values = {**work, **values}
    place = {"municipality_nis": nis, "postcode": "3290" if nis == DIEST else "3460"}
    return build.organisation(session, name=called, region_id=regions[nis], **place, **values)


def _person(session: Session, name: str) -> User:
    confirmed = None if name == "nele" else now()
    password = hash_password(PASSWORD) if name in ("ann", "nele") else None
    return build.user(
        session,
        name=f"{name.title()} Peeters",
        email=email_of(name),
        phone="016 00 00 00",
        email_confirmed_at=confirmed,
        password_hash=password,
    )


def _links(
    session: Session, people: dict[str, User], organisations: dict[str, Organisation]
) -> None:
    about: dict[str, dict[str, Any]] = {
        "confirm": {"user_id": people["nele"].id},
        "reset": {"user_id": people["ann"].id},
        "invite": {"email": "nieuw@wereld.be", "organisation_id": organisations["company"].id},
    }
    for secret, purpose in SECRETS.items():
        digest = hashlib.sha256(secret.encode()).hexdigest()
        until = now() + timedelta(days=1)
        session.add(Token(digest=digest, purpose=purpose, expires_at=until, **about[secret]))


def _mail(session: Session, user: User) -> None:
    values = {"subject": "Uw vraag", "body": "Dag.", "user_id": user.id, "error": "smtp_550"}
    session.add(OutboxMail(recipient=user.email, state=MailState.DEAD, **values))
    news = {"title": "Uw vraag staat online", "body": "Dag.\n", "path": "/vragen"}
    session.add(Notice(user_id=user.id, topic=NewsTopic.MATCHES, key="world:news", **news))


def _needs(session: Session, contact: User, company: Organisation) -> None:
    # A draft of each kind, and a service in each further state.
    states: dict[str, dict[str, Any]] = {
        "draft": {"status": NeedStatus.DRAFT, "published_at": None},
        "enclave": {"status": NeedStatus.DRAFT, "published_at": None, "kind": NeedKind.ENCLAVE},
        "vacancy": {"status": NeedStatus.DRAFT, "published_at": None, "kind": NeedKind.VACANCY},
        "placement": {"status": NeedStatus.DRAFT, "published_at": None, "kind": NeedKind.PLACEMENT},
        "open": {},
        "introduced": {},
        "later": {"postponed_until": now() + timedelta(days=30)},
        "withdrawn": {"status": NeedStatus.WITHDRAWN},
        "met": {},
        "agreed": {"kind": NeedKind.ENCLAVE, "core_activity": True, "people_min": 2},
        "ready": {},
        "running": {},
        "hired": {"kind": NeedKind.VACANCY},
    }
    for name, values in states.items():
        build.need(
            session,
            organisation=company,
            region_id=company.region_id,
            contact=contact,
            external_id=f"world:{name}",
            title=f"Gras maaien ({name})",
            text=GRASS,
            details={"quantity_unit": "m2", "quantity": 2000},
            **values,
        )


def _offers(session: Session, contact: User, supplier: Organisation) -> None:
    states: dict[str, dict[str, Any]] = {
        "draft": {"status": OfferStatus.DRAFT, "published_at": None},
        "current": {},
        "second": {"text": "Wij scheren hagen en maaien gras met de hand."},
        "paused": {"status": OfferStatus.PAUSED},
        "team": {"kind": OfferKind.ENCLAVE_TEAM},
        "profile": {"kind": OfferKind.PROFILE, "pseudonym": "P-0001"},
        "workplace": {"kind": OfferKind.WORKPLACE},
    }
    offers = [
        build.offer(
            session,
            organisation=supplier,
            contact=contact,
            external_id=f"world:{name}",
            title=f"Gras maaien ({name})",
            radius_km=40,
            **values,
        )
        for name, values in states.items()
    ]
    stamp(session, *offers)


def _suggest(session: Session, catalogue: Catalogue) -> None:
    public = session.scalars(select(Need).where(Need.status == NeedStatus.PUBLISHED)).all()
    with catalogue.open(session) as shelf:
        for need in public:
            store_suggestions(session, shelf, need, now().date())
    stamp(session, *public)


def _approve(session: Session, catalogue: Catalogue, *, need: str, offer: str) -> None:
    need_id = session.scalars(select(Need.id).where(Need.external_id == f"world:{need}")).one()
    offer_id = session.scalars(select(Offer.id).where(Offer.external_id == f"world:{offer}")).one()
    version = select(Match.version).where(Match.need_id == need_id, Match.offer_id == offer_id)
    decide(
        session,
        catalogue,
        _actor(session, "rita"),
        need_id,
        offer_id,
        to=MatchStatus.APPROVED,
        on=now().date(),
        words="Zij kennen de weg.",
        seen_version=session.scalar(version),
    )


def _upload(session: Session, catalogue: Catalogue) -> None:
    row = {"type": "need", "id": "1", "kind": "service", "title": "Gras", "text": GRASS}
    chosen = select(Organisation.kbo).where(Organisation.name == ORGANISATIONS["company"][0])
    batches.look_at(
        session,
        catalogue,
        _actor(session, "rita"),
        ListKind.NEED,
        "vragen.jsonl",
        json.dumps({**row, "municipality": "Bekkevoort"}).encode(),
        {"publish": False, "partial": True, "default_kbo": session.scalars(chosen).one()},
        lambda message, **values: message % values if values else message,
        now().date(),
    )


def number_of(name: str) -> Select[int]:
    return select(User.id).where(User.email == email_of(name))


def _actor(session: Session, name: str) -> Actor:
    number = session.scalars(number_of(name)).one()
    loaded = load_user(session, number)
    assert loaded is not None
    return actor_of(loaded)
