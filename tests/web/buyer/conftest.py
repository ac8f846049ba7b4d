"""What the tests of the buyer's pages share: two organisations and some offers."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matcher.vocabulary import OrganisationType, WorkForm
from models import Membership, Organisation, Region, session_factory
from tests.support import builders as build
from tests.web.buyer.browser import SITE, Browser
from web.services.catalogue import stamp


@dataclass
class Scene:
    """The numbers of the rows, so that every session loads its own."""

    region: int
    company: int
    town: int
    ocmw: int
    ann: int
    colleague: int
    stranger: int
    town_clerk: int
    ocmw_worker: int


@pytest.fixture
def site_url() -> str:
    return SITE


def _member(session: Session, organisation: Organisation, name: str) -> int:
    person = build.user(session, name=name)
    session.add(Membership(user_id=person.id, organisation_id=organisation.id))
    session.flush()
    return person.id


def _buyer(session: Session, region: Region, name: str, kind: OrganisationType) -> Organisation:
    return build.organisation(
        session,
        name=name,
        type=kind,
        municipality_nis="24008",
        postcode="3460",
        region_id=region.id,
    )


@pytest.fixture
def scene(engine: Engine) -> Scene:
    with session_factory(engine).begin() as session:
        region = build.region(session)
        company = _buyer(session, region, "Koekjes Bekkevoort", OrganisationType.COMPANY)
        town = _buyer(session, region, "Gemeente Bekkevoort", OrganisationType.MUNICIPALITY)
        ocmw = _buyer(session, region, "OCMW Bekkevoort", OrganisationType.OCMW)
        other = _buyer(session, region, "Andere bv", OrganisationType.COMPANY)
        supplier = build.organisation(
            session,
            name="De Groene Hand",
            is_supplier=True,
            type=OrganisationType.SOCIAL_ECONOMY,
            work_form=WorkForm.MAATWERKBEDRIJF,
        )
        offer = build.offer(
            session,
            organisation=supplier,
            title="Onkruid wieden",
            text="Onze ploegen wieden onkruid op kerkhoven en pleinen, zonder gif.",
            radius_km=40,
        )
        stamp(session, offer)
        return Scene(
            region=region.id,
            company=company.id,
            town=town.id,
            ocmw=ocmw.id,
            ann=_member(session, company, "Ann Peeters"),
            colleague=_member(session, company, "Bert Claes"),
            stranger=_member(session, other, "Xavier Vreemd"),
            town_clerk=_member(session, town, "Griet Gemeente"),
            ocmw_worker=_member(session, ocmw, "Omer Ocmw"),
        )


@pytest.fixture
def ann(app: Flask, scene: Scene) -> Browser:
    """A buyer of a company."""
    return Browser(app, scene.ann)


@pytest.fixture
def as_person(app: Flask, scene: Scene) -> Callable[[int], Browser]:
    """Return a browser of somebody, by his number."""
    return lambda user_id: Browser(app, user_id)
