"""New suppliers: waiting, let in, kept out, asking again."""

import pytest
from flask import Flask
from sqlalchemy import select

from models import DeclaredInterest, Event, Offer, now
from models.states import OfferStatus, OrganisationStatus
from tests.web.account.visitors import (
    BOTH_DATABASES,
    OTHER_KBO,
    Visitor,
    actor,
    coordinator,
    mails_to,
    organisation,
    reading,
    user,
    writing,
)
from web.services.actor import Actor
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from web.services.organisations import (
    approve_organisation,
    pending_organisations,
    refuse_organisation,
)
from web.services.staff import add_region, appoint_coordinator

pytestmark = BOTH_DATABASES

RITA = "regisseur@hageland.example"
SUPPLIER = {
    "side": "aanbieder",
    "type": "social_economy",
    "work_form": "maatwerkbedrijf",
    "organisation_name": "Maatwerk De Bij",
}


@pytest.fixture
def supplier(visitor: Visitor) -> Visitor:
    coordinator(visitor.app)
    return visitor.join(**SUPPLIER)


def _pending(app: Flask, email: str = RITA) -> list[str]:
    with reading(app) as session:
        return [row.name for row in pending_organisations(session, actor(session, email))]


def test_a_new_supplier_waits_and_may_prepare(supplier: Visitor) -> None:
    assert organisation(supplier.app).status is OrganisationStatus.PENDING
    assert _pending(supplier.app) == ["Maatwerk De Bij"]
    assert "Nieuwe aanbieder: Maatwerk De Bij" in mails_to(supplier.app, RITA)[0]
    page = supplier.get("/mijn-brug").text
    assert "De regisseur bekijkt uw aanvraag" in page
    assert supplier.get("/mijn-aanbod").status_code == 200


def test_a_supplier_waits_only_once_somebody_confirmed(visitor: Visitor) -> None:
    coordinator(visitor.app)
    visitor.register(**SUPPLIER)
    assert _pending(visitor.app) == []
    assert not any("Nieuwe aanbieder" in mail for mail in mails_to(visitor.app, RITA))


def test_approving_lets_the_supplier_in_and_tells_its_people(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    with writing(supplier.app) as session:
        approve_organisation(session, actor(session, RITA), found.id)
    assert organisation(supplier.app).status is OrganisationStatus.APPROVED
    assert "is aanbieder op Brug" in mails_to(supplier.app, "ann@korst.example")[0]
    assert _pending(supplier.app) == []
    with reading(supplier.app) as session:
        event = session.scalars(select(Event).where(Event.action == "approved")).one()
    assert (event.before, event.after) == ({"status": "pending"}, {"status": "approved"})


def test_refusing_gives_a_reason_and_the_supplier_may_ask_again(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    with writing(supplier.app) as session:
        refuse_organisation(session, actor(session, RITA), found.id, "Nog geen <erkenning>")
    assert "Nog geen <erkenning>" in mails_to(supplier.app, "ann@korst.example")[0]
    page = f"/mijn-organisaties/{found.id}"
    assert "Nog geen &lt;erkenning&gt;" in supplier.get(page).text
    supplier.press(page, f"{page}/aanbieder", work_form="maatwerkbedrijf")
    assert _pending(supplier.app) == ["Maatwerk De Bij"]


def test_a_refusal_without_a_reason_is_none(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    with pytest.raises(InvalidError), writing(supplier.app) as session:
        refuse_organisation(session, actor(session, RITA), found.id, "  ")
    assert organisation(supplier.app).status is OrganisationStatus.PENDING


def test_the_second_to_decide_changes_nothing(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    with writing(supplier.app) as session:
        approve_organisation(session, actor(session, RITA), found.id)
    with pytest.raises(ConflictError), writing(supplier.app) as session:
        refuse_organisation(session, actor(session, RITA), found.id, "Toch niet")
    assert organisation(supplier.app).status is OrganisationStatus.APPROVED


def test_the_coordinator_of_another_region_does_not_decide(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    with writing(supplier.app) as session:
        add_region(session, Actor(), "west", "West", ["Kortrijk"])
        appoint_coordinator(session, Actor(), "ander@west.example", "west")
    assert _pending(supplier.app, "ander@west.example") == []
    with pytest.raises(NotFoundError), writing(supplier.app) as session:
        approve_organisation(session, actor(session, "ander@west.example"), found.id)
    with pytest.raises(NotFoundError), writing(supplier.app) as session:
        approve_organisation(session, actor(session, "ann@korst.example"), found.id)


def test_a_coordinator_with_an_interest_does_not_decide(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    with writing(supplier.app) as session:
        rita = user(supplier.app, RITA).id
        session.add(DeclaredInterest(user_id=rita, organisation_id=found.id))
    with pytest.raises(ForbiddenError), writing(supplier.app) as session:
        approve_organisation(session, actor(session, RITA), found.id)


def test_a_buyer_asks_to_be_a_supplier_too(visitor: Visitor) -> None:
    coordinator(visitor.app)
    visitor.join()
    page = f"/mijn-organisaties/{organisation(visitor.app).id}"
    assert visitor.press(page, f"{page}/aanbieder", work_form="").status_code == 422
    assert visitor.press(page, f"{page}/aanbieder", work_form="geen").status_code == 303
    assert visitor.press(page, f"{page}/aanbieder", work_form="geen").status_code == 303
    assert _pending(visitor.app) == ["Bakkerij De Korst"]
    waits = [mail for mail in mails_to(visitor.app, RITA) if "Nieuwe aanbieder" in mail]
    assert len(waits) == 1


def test_a_supplier_outside_every_region_waits_for_any_coordinator(visitor: Visitor) -> None:
    coordinator(visitor.app)
    visitor.join(**SUPPLIER, kbo=OTHER_KBO, place="Oostende")
    assert _pending(visitor.app) == ["Maatwerk De Bij"]


def test_another_work_form_is_told_to_the_coordinator(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    supplier.press(
        f"/mijn-organisaties/{found.id}/wijzigen",
        name=found.name,
        type="ocmw",
        work_form="ocmw_dienst",
        place="Diest",
        version=str(found.version),
    )
    assert "wijzigde soort of werkvorm" in mails_to(supplier.app, RITA)[0]


def test_what_the_last_one_leaves_behind_goes_offline(supplier: Visitor) -> None:
    found = organisation(supplier.app)
    ann = user(supplier.app, "ann@korst.example").id
    with writing(supplier.app) as session:
        approve_organisation(session, actor(session, RITA), found.id)
        session.add(
            Offer(
                organisation_id=found.id,
                contact_id=ann,
                kind="service",
                status=OfferStatus.PUBLISHED,
                title="Inpakken",
                text="Wij pakken alles in.",
                municipality_nis="24008",
                published_at=now(),
                valid_until=now().date(),
                details={},
            )
        )
    page = f"/mijn-organisaties/{found.id}/verlaten"
    assert "Inpakken" in supplier.get(page).text
    supplier.press(page)
    with reading(supplier.app) as session:
        offer = session.scalars(select(Offer)).one()
        assert offer.status is OfferStatus.PAUSED
        assert offer.revision > 0, "every process hears of it"
