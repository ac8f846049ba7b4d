"""Whole lists: by the coordinator's page and by the command line."""

import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.vocabulary import NeedKind, OrganisationType, WorkForm
from models import ImportBatch, Match, Membership, Need, Offer, Organisation, User, UserRole
from models.states import NeedStatus, OfferStatus, Role
from tests.support import builders
from tests.web.importing.uploading import PAGE, browser_of, run_import, token, upload

NEEDS = (
    "Soort;Titel;Tekst;Gemeente;Hoeveel?;Uitgedrukt in;Dringendheid\r\n"
    "service;Haag scheren;Tachtig meter haag;3460 Bekkevoort;80;to_agree;Dringend\r\n"
    "service;Ramen wassen;Honderd ramen van onze school;Assent;;to_agree;\r\n"
)


def test_a_list_is_looked_at_first_and_then_imported_whole(
    coordinator: FlaskClient, stored: Session, asker: Organisation
):
    preview = upload(coordinator, "vragen.csv", NEEDS, default_kbo=asker.kbo)
    page = coordinator.get(preview).text
    assert "2 rijen zijn klaar" in page
    assert "Haag scheren" in page
    assert stored.scalar(select(func.count()).select_from(Need)) == 0
    stored.rollback()
    coordinator.post(preview, data={"csrf_token": token(coordinator, preview)})
    found = stored.scalars(select(Need).order_by(Need.id)).all()
    assert [need.title for need in found] == ["Haag scheren", "Ramen wassen"]
    assert {need.status for need in found} == {NeedStatus.PUBLISHED}
    assert found[0].details["quantity"] == 80
    assert found[0].kind is NeedKind.SERVICE
    assert found[1].municipality_nis == "24008"
    assert "2 rijen zijn ingevoerd" in coordinator.get(preview).text


def test_importing_twice_stores_once(
    coordinator: FlaskClient, stored: Session, asker: Organisation
):
    preview = upload(coordinator, "vragen.csv", NEEDS, default_kbo=asker.kbo)
    key = token(coordinator, preview)
    for _ in range(2):
        assert coordinator.post(preview, data={"csrf_token": key}).status_code == 303
    assert stored.scalar(select(func.count()).select_from(Need)) == 2


def test_one_wrong_row_keeps_all_rows_out_and_says_where(
    coordinator: FlaskClient, stored: Session, asker: Organisation
):
    wrong = NEEDS + "service;Gras;Maaien;Nergenshuizen;veel;to_agree;\r\n"
    preview = upload(coordinator, "vragen.csv", wrong, default_kbo=asker.kbo)
    page = coordinator.get(preview).text
    assert re.search(r"<td>4</td>\s*<td>Hoeveel\?</td>\s*<td>[^<]*“veel”", page)
    assert "niets ingevoerd" in page
    assert stored.scalar(select(func.count()).select_from(Need)) == 0
    batch = stored.scalars(select(ImportBatch)).one()
    assert batch.content is None
    stored.rollback()
    answer = coordinator.post(preview, data={"csrf_token": token(coordinator)})
    assert answer.status_code == 409


def test_what_a_form_would_ask_is_asked_of_a_list_too_unless_it_is_partial(
    coordinator: FlaskClient, stored: Session, asker: Organisation
):
    vacancy = "kind;title;text;municipality\nvacancy;Kok;Koken voor zestig man;Bekkevoort\n"
    refused = upload(coordinator, "v.csv", vacancy, default_kbo=asker.kbo)
    page = coordinator.get(refused).text
    assert "Uren per week" in page
    assert "hours_per_week" not in page
    partial = upload(coordinator, "v.csv", vacancy, default_kbo=asker.kbo, partial="y")
    coordinator.post(partial, data={"csrf_token": token(coordinator, partial)})
    assert stored.scalars(select(Need.title)).all() == ["Kok"]


def test_what_may_stand_in_a_cell_is_told_in_the_words_of_the_page(
    coordinator: FlaskClient, asker: Organisation
):
    wrong = NEEDS + "Banaan;Gras;Maaien;3460 Bekkevoort;;to_agree;\r\n"
    page = coordinator.get(upload(coordinator, "v.csv", wrong, default_kbo=asker.kbo)).text
    assert "verwacht: een van Enclave, Dienst, Vacature" in page


def test_a_coordinator_imports_for_his_own_region_only(
    coordinator: FlaskClient, stored: Session, asker: Organisation
):
    elsewhere = builders.organisation(stored, name="Elders")
    stored.commit()
    preview = upload(coordinator, "vragen.csv", NEEDS, default_kbo=elsewhere.kbo)
    assert "uit uw eigen werkingsgebied" in coordinator.get(preview).text


def test_another_coordinator_does_not_see_the_upload(
    app: Flask, coordinator: FlaskClient, stored: Session, asker: Organisation
):
    preview = upload(coordinator, "vragen.csv", NEEDS, default_kbo=asker.kbo)
    colleague = builders.user(stored)
    stored.add(UserRole(user_id=colleague.id, role=Role.COORDINATOR, region_id=asker.region_id))
    stored.commit()
    assert browser_of(app, colleague).get(preview).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv", b"PK\x03\x04"), ("x.exe", b"MZ"), ("x.csv", b"")]
)
def test_a_file_that_is_not_what_it_says_is_told_on_the_form(
    coordinator: FlaskClient, asker: Organisation, name: str, content: bytes
):
    data = {
        "csrf_token": token(coordinator),
        "kind": "offer",
        "default_kbo": asker.kbo,
        "file": (io.BytesIO(content), name),
    }
    answer = coordinator.post(PAGE, data=data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert asker.kbo in answer.text


def test_offers_in_json_lines_come_in_with_their_own_numbers_once(
    app: Flask, stored: Session, asker: Organisation, tmp_path
):
    supplier = builders.organisation(
        stored,
        is_supplier=True,
        type=OrganisationType.SOCIAL_ECONOMY,
        work_form=WorkForm.MAATWERKBEDRIJF,
        region_id=asker.region_id,
    )
    stored.add(Membership(user_id=builders.user(stored).id, organisation_id=supplier.id))
    stored.commit()
    rows = [
        {"type": "offer", "id": "A1", "kind": "service", "title": "Groen", "text": "Hagen scheren"},
        {"type": "need", "id": "N1", "kind": "service", "title": "x", "text": "y"},
        {"type": "offer", "id": "A2", "kind": "profile", "title": "Kok", "text": "Kan koken"},
    ]
    file = tmp_path / "dev.jsonl"
    lines = [json.dumps({**row, "municipality": "Bekkevoort"}) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    command = ["offers", str(file), "--organisation", supplier.kbo, "--partial"]
    first = run_import(app, command)
    assert first.output == "2 offers imported, 0 known already\n"
    assert run_import(app, command).output == "0 offers imported, 2 known already\n"
    offers = stored.scalars(select(Offer).order_by(Offer.external_id)).all()
    assert [offer.external_id for offer in offers] == ["A1", "A2"]
    assert {offer.status for offer in offers} == {OfferStatus.PUBLISHED}


def test_the_command_line_names_row_and_column_and_stores_nothing(
    app: Flask, stored: Session, asker: Organisation, tmp_path
):
    file = tmp_path / "vragen.csv"
    file.write_text("kind;title;text;municipality\nservice;a;b;Hasselt\nzorg;c;d;Diest\n")
    result = run_import(app, ["needs", str(file), "--organisation", asker.kbo])
    assert result.exit_code == 1
    assert "vragen.csv:3: kind:" in result.output
    assert stored.scalar(select(func.count()).select_from(Need)) == 0


def test_imported_needs_get_suggestions(app: Flask, stored: Session, asker: Organisation, tmp_path):
    builders.offer(stored, title="Hagen scheren", text="Wij scheren hagen.", revision=1)
    stored.commit()
    file = tmp_path / "vragen.csv"
    file.write_text(NEEDS, encoding="utf-8")
    result = run_import(app, ["needs", str(file), "--organisation", asker.kbo])
    assert result.exit_code == 0, result.output
    assert stored.scalar(select(func.count()).select_from(Match)) == 2


def test_organisations_come_in_with_their_contact(
    coordinator: FlaskClient, stored: Session, asker: Organisation
):
    kbo = builders.kbo_number(777)
    line = (
        "organisation;name;type;municipality;supplier;work_form;contact_name;contact;nace_code;"
        f"nace_version\n{kbo};De Beuk;social_economy;3460 Bekkevoort;ja;maatwerkbedrijf;Jo;"
        "Jo@Beuk.example;88993;2025\n"
    )
    preview = upload(coordinator, "o.csv", line, kind="organisation")
    coordinator.post(preview, data={"csrf_token": token(coordinator, preview)})
    found = stored.scalars(select(Organisation).where(Organisation.kbo == kbo)).one()
    assert (found.is_supplier, found.work_form) == (True, WorkForm.MAATWERKBEDRIJF)
    assert found.region_id == asker.region_id
    person = stored.scalars(select(User).where(User.email == "jo@beuk.example")).one()
    assert person.password_hash is None
    assert [m.organisation_id for m in person.memberships] == [found.id]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("0999109897;x;vzw;Bekkevoort;;", "organisation"),
        ("{kbo};x;vzw;Hasselt;;", "municipality"),
        ("{kbo};x;vzw;Bekkevoort;88993;", "NACE-versie"),
        ("{kbo};x;vzw;Bekkevoort;;javascript:alert(1)", "website"),
    ],
)
def test_a_wrong_organisation_names_its_column(
    coordinator: FlaskClient, stored: Session, asker: Organisation, cells: str, column: str
):
    header = "organisation;name;type;municipality;nace_code;website\n"
    line = header + cells.format(kbo=builders.kbo_number(778)) + "\n"
    preview = upload(coordinator, "o.csv", line, kind="organisation")
    assert f"<td>{column}</td>" in coordinator.get(preview).text
    assert stored.scalar(select(func.count()).select_from(Organisation)) == 1


@pytest.mark.parametrize("kind", ["need", "offer", "organisation"])
def test_a_template_can_be_filled_in_and_brought_back(
    coordinator: FlaskClient, stored: Session, asker: Organisation, kind: str
):
    answer = coordinator.get(f"{PAGE}/sjabloon/{kind}.xlsx")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.data))
    assert len(book.worksheets) == 2
    preview = upload(coordinator, "ingevuld.xlsx", answer.data, kind=kind, default_kbo=asker.kbo)
    assert coordinator.get(preview).status_code == 200
    text = coordinator.get(f"{PAGE}/sjabloon/{kind}.csv").data
    assert text.startswith(b"\xef\xbb\xbf")
    assert coordinator.get(f"{PAGE}/sjabloon/{kind}.pdf").status_code == 404


def test_all_that_is_wrong_is_told_at_once_cells_and_what_they_refer_to(
    coordinator: FlaskClient, asker: Organisation
):
    head = "Ondernemingsnummer;Soort;Titel;Tekst;Gemeente;Hoeveel?;Uitgedrukt in;Activiteiten\r\n"
    wrong = "0123;service;Gras;Maaien;Nergenshuizen;veel;to_agree;vliegen\r\n"
    page = coordinator.get(upload(coordinator, "vragen.csv", head + wrong)).text
    told = re.findall(r"<td>2</td>\s*<td>([^<]+)</td>", page)
    assert sorted(told) == ["Activiteiten", "Gemeente", "Hoeveel?", "Ondernemingsnummer"]


def test_a_wrong_organisation_is_told_with_everything_else_of_it(coordinator: FlaskClient):
    head = "organisation;name;type;municipality;website;contact\r\n"
    wrong = "0123;De Bron;Banaan;Nergenshuizen;javascript:1;geen adres\r\n"
    page = coordinator.get(upload(coordinator, "o.csv", head + wrong, kind="organisation")).text
    assert len(re.findall(r"<td>2</td>", page)) == 5
