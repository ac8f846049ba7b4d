"""The public pages of one offer and of one organisation."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matcher.vocabulary import OfferKind, OrganisationType, WorkForm
from models import Organisation
from models.states import OfferStatus, OrganisationStatus
from tests.support.builders import offer, organisation, user


def supplier(session: Session, **values: object) -> Organisation:
    return organisation(
        session,
        **{
            "name": "De Ploeg vzw",
            "is_supplier": True,
            "type": OrganisationType.SOCIAL_ECONOMY,
            "work_form": WorkForm.MAATWERKBEDRIJF,
            **values,
        },
    )


def test_an_offer_tells_what_is_known_and_nothing_about_a_person(
    client: FlaskClient, stored: Session
) -> None:
    contact = user(stored, name="Fien Contact", email="fien@ploeg.be", phone="013 12 34 56")
    row = offer(
        stored,
        kind=OfferKind.WORKPLACE,
        contact=contact,
        hours_per_week=19,
        details={"coach": "Marleen, elke ochtend", "duration_months": 9},
    )
    stored.commit()
    page = client.get(f"/aanbod/{row.id}").text
    assert row.title in page
    assert "19" in page
    assert "9 maanden" in page
    for private in ("Fien Contact", "fien@ploeg.be", "013 12 34 56", "Marleen"):
        assert private not in page
    assert "None" not in page
    assert "niet bekend" not in page, "what is unknown stays away"
    assert f"/vragen/nieuw?aanbod={row.id}" in page


def test_an_offer_that_is_not_public_is_not_found(client: FlaskClient, stored: Session) -> None:
    draft = offer(stored, status=OfferStatus.DRAFT)
    paused = offer(stored, status=OfferStatus.PAUSED)
    profile = offer(stored, kind=OfferKind.PROFILE, pseudonym="P-1")
    stored.commit()
    for row in (draft, paused, profile):
        assert client.get(f"/aanbod/{row.id}").status_code == 404
    assert client.get("/aanbod/999999999").status_code == 404


def test_a_profile_shows_members_its_arrondissement_and_not_its_municipality(
    stored: Session, member: Callable[[], FlaskClient]
) -> None:
    row = offer(
        stored,
        kind=OfferKind.PROFILE,
        pseudonym="P-7788",
        title="Klaar voor het magazijn",
        text="Werkt graag ordelijk.",
        radius_km=12,
    )
    stored.commit()
    page = member().get(f"/aanbod/{row.id}").text
    assert "P-7788" in page
    assert "Arrondissement Leuven" in page
    assert "Bekkevoort" not in page


def test_markup_in_an_offer_is_shown_as_text(client: FlaskClient, stored: Session) -> None:
    row = offer(stored, title="<b>Vet</b>", text="<script>alert(1)</script>\nTweede regel")
    stored.commit()
    page = client.get(f"/aanbod/{row.id}").text
    assert "<b>Vet" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_organisation_with_much_to_offer_shows_it_in_pages(
    client: FlaskClient, stored: Session
) -> None:
    ours = supplier(stored)
    for number in range(30):
        offer(stored, title=f"Dienst {number}.", organisation=ours)
    stored.commit()
    pages = [client.get(f"/organisaties/{ours.id}?page={n}").text for n in (1, 2)]
    for number in range(30):
        assert sum(f">Dienst {number}.<" in page for page in pages) == 1


def test_an_organisation_shows_its_offers_and_explains_its_work_form(
    client: FlaskClient, stored: Session
) -> None:
    ours = supplier(stored, description="Werk op mensenmaat.", website="https://ploeg.example/nl")
    offer(stored, title="Wij maaien", organisation=ours)
    offer(stored, title="Nog niet klaar", organisation=ours, status=OfferStatus.DRAFT)
    stored.commit()
    page = client.get(f"/organisaties/{ours.id}").text
    assert "Wij maaien" in page
    assert "Nog niet klaar" not in page
    assert "Werk op mensenmaat." in page
    assert "Wat is een maatwerkbedrijf?" in page
    assert 'href="https://ploeg.example/nl"' in page


def test_an_address_that_would_run_code_is_no_link(client: FlaskClient, stored: Session) -> None:
    ours = supplier(stored, website="javascript:alert(1)")
    stored.commit()
    assert "javascript:" not in client.get(f"/organisaties/{ours.id}").text


def test_only_approved_suppliers_have_a_public_page(client: FlaskClient, stored: Session) -> None:
    asker = organisation(stored)
    waiting = supplier(stored, status=OrganisationStatus.PENDING)
    stored.commit()
    assert client.get(f"/organisaties/{asker.id}").status_code == 404
    assert client.get(f"/organisaties/{waiting.id}").status_code == 404
