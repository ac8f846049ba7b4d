"""A list of anonymous profiles is looked over as a form is, before anybody else sees it."""

import html

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.vocabulary import OrganisationType, WorkForm
from models import Membership, Offer, Organisation
from models.states import OfferStatus
from tests.support import builders
from tests.web.importing.uploading import run_import, token, upload

HEAD = "Soort;Titel;Tekst;Gemeente;Ondersteuning, in gewone stappen (geen diagnose)\r\n"
GIVEN = HEAD + (
    "profile;Keukenhulp;Werkte in onze keuken, is 52 jaar.;3460 Bekkevoort;\r\n"
    "profile;Magazijn;Kent de stock.;3460 Bekkevoort;Hij vraagt extra uitleg.\r\n"
)
DISCREET = HEAD + "profile;Keukenhulp;Werkte in onze keuken.;3460 Bekkevoort;\r\n"
#: A team is no person, and a draft is seen by nobody else.
TEAM = HEAD + "service;Keukenploeg;Zij koken; onze kok is 52 jaar.;3460 Bekkevoort;\r\n"


@pytest.fixture
def supplier(stored: Session, asker: Organisation) -> Organisation:
    supplier = builders.organisation(
        stored,
        is_supplier=True,
        type=OrganisationType.SOCIAL_ECONOMY,
        work_form=WorkForm.MAATWERKBEDRIJF,
        region_id=asker.region_id,
    )
    stored.add(Membership(user_id=builders.user(stored).id, organisation_id=supplier.id))
    stored.commit()
    return supplier


def brought_in(client: FlaskClient, supplier: Organisation, rows: str, **values: str) -> str:
    given = {"kind": "offer", "default_kbo": supplier.kbo, "partial": "y", **values}
    return upload(client, "profielen.csv", rows, **given)


def stored_offers(stored: Session) -> list[OfferStatus]:
    found = list(stored.scalars(select(Offer.status)))
    # Whoever reads here keeps the others from writing.
    stored.rollback()
    return found


def test_the_preview_marks_what_gives_somebody_away_and_asks_for_a_tick(
    coordinator: FlaskClient, stored: Session, supplier: Organisation
) -> None:
    preview = brought_in(coordinator, supplier, GIVEN)
    page = html.unescape(coordinator.get(preview).text)
    assert "52 jaar" in page
    assert "leeftijd" in page
    assert "Ondersteuning, in gewone stappen (geen diagnose)" in page

    key = {"csrf_token": token(coordinator, preview)}
    refused = coordinator.post(preview, data=key)
    assert refused.status_code == 422
    assert 'id="looked_over-error"' in refused.text
    assert stored_offers(stored) == []

    assert coordinator.post(preview, data={**key, "looked_over": "y"}).status_code == 303
    assert stored_offers(stored) == [OfferStatus.PUBLISHED] * 2


@pytest.mark.parametrize("rows", [DISCREET, TEAM.replace("koken; onze", "koken, onze")])
def test_what_tells_on_nobody_asks_nothing(
    coordinator: FlaskClient, stored: Session, supplier: Organisation, rows: str
) -> None:
    preview = brought_in(coordinator, supplier, rows)
    assert "looked_over" not in coordinator.get(preview).text
    coordinator.post(preview, data={"csrf_token": token(coordinator, preview)})
    assert stored_offers(stored) == [OfferStatus.PUBLISHED]


def test_drafts_come_in_as_they_are(
    coordinator: FlaskClient, stored: Session, supplier: Organisation
) -> None:
    preview = brought_in(coordinator, supplier, GIVEN, publish="")
    coordinator.post(preview, data={"csrf_token": token(coordinator, preview)})
    assert stored_offers(stored) == [OfferStatus.DRAFT] * 2


def test_the_command_line_names_the_words_and_wants_a_word_of_the_operator(
    app: Flask, stored: Session, supplier: Organisation, tmp_path
) -> None:
    file = tmp_path / "profielen.csv"
    file.write_text(GIVEN, encoding="utf-8")
    command = ["offers", str(file), "--organisation", supplier.kbo, "--partial"]
    result = run_import(app, command)
    assert result.exit_code == 1
    assert "profielen.csv:2: Tekst: “52 jaar”" in result.output
    assert (
        "profielen.csv:3: Ondersteuning, in gewone stappen (geen diagnose): “Hij”" in result.output
    )
    assert stored_offers(stored) == []
    result = run_import(app, [*command, "--looked-over"])
    assert result.exit_code == 0, result.output
    assert stored_offers(stored) == [OfferStatus.PUBLISHED] * 2
