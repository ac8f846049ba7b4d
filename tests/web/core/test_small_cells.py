"""The municipality of a profile is for its own organisation, until both sides agreed."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OfferKind
from models import Membership, Municipality, User, UserRole
from models.states import Role
from tests.support import builders
from web.services.catalogue import stamp


def _enter(client: FlaskClient, user: User) -> FlaskClient:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = user.session_token
        cookie["_fresh"] = True
    return client


def test_others_see_the_arrondissement_of_a_profile(client: FlaskClient, stored: Session):
    region = builders.region(stored, nis="24107")
    profile = builders.offer(
        stored,
        kind=OfferKind.PROFILE,
        pseudonym="P-TEST",
        title="Grootkeukenhulp",
        text="Kookt graag voor grote groepen in een grootkeuken.",
        municipality_nis="24130",
    )
    need = builders.need(
        stored,
        kind=NeedKind.VACANCY,
        title="Grootkeukenhulp",
        text="Wij zoeken hulp in de grootkeuken.",
        municipality_nis="24107",
        region_id=region.id,
    )
    stamp(stored, profile, need)
    coordinator, owner = builders.user(stored), builders.user(stored)
    stored.add(UserRole(user_id=coordinator.id, role=Role.COORDINATOR, region_id=region.id))
    stored.add(Membership(user_id=owner.id, organisation_id=profile.organisation_id))
    stored.commit()
    town = stored.scalars(select(Municipality.name).where(Municipality.nis == "24130")).one()
    need_page = _enter(client, coordinator).get(f"/regie/vragen/{need.id}").text
    assert "Grootkeukenhulp" in need_page
    for page in (need_page, client.get(f"/aanbod/{profile.id}").text):
        assert town not in page
        assert "Arrondissement" in page
    assert town in _enter(client, owner).get("/mijn-aanbod").text
