"""Activities and rules hold for every region, so where there are several few people edit them."""

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import Engine, delete, select, update

from models import OutboxMail, RegionMunicipality, User, UserRole, session_factory
from models import Region as RegionRow
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Scene
from web.cli.people import people

RULE = "/regie/regels/wijk-werken-uren"
ACTIVITY = "/regie/activiteiten/gras-maaien"
FEWER = "Hoogstens 50 uur wijk-werken per maand"
NEW = "/regie/activiteiten/nieuw"


@pytest.fixture
def elke(app: Flask, scene: Scene) -> Person:
    """The coordinator of another region."""
    return Person(app, scene.stranger)


def titles_of_mail_to(engine: Engine, user_id: int) -> list[str]:
    with session_factory(engine)() as session:
        chosen = select(OutboxMail.subject).where(OutboxMail.user_id == user_id)
        return list(session.scalars(chosen))


@pytest.mark.parametrize("page", [RULE, ACTIVITY])
def test_who_does_not_keep_them_reads_and_learns_who_does(elke: Person, page: str) -> None:
    shown = elke.get(page)
    assert shown.status_code == 200
    assert "Rita Regisseur" in shown.text
    assert "<fieldset disabled" in shown.text
    assert ">Bewaren<" not in shown.text


def test_who_does_not_keep_them_cannot_change_them(elke: Person, rita: Person) -> None:
    assert elke.get(NEW).status_code == 403
    assert NEW not in elke.get("/regie/activiteiten").text
    assert NEW in rita.get("/regie/activiteiten").text
    for page, values in (
        (RULE, {"title": "Anders"}),
        (ACTIVITY, {"label": "anders"}),
        (NEW, {"label": "wol spinnen", "cluster": "textiel"}),
    ):
        _path, fields = elke.form("/regie/belangen", "")
        answer = elke.client.post(page, data={**fields, **values})
        assert answer.status_code == 403, page


def test_a_change_is_told_to_the_coordinators_of_the_other_regions(
    rita: Person, engine: Engine, scene: Scene
) -> None:
    rita.send(RULE, "wijk-werken-uren", title=FEWER, certainty="likely")
    rita.send(ACTIVITY, "gras-maaien", label="gras afrijden")
    told = titles_of_mail_to(engine, scene.stranger)
    assert any("Hoogstens 50 uur" in title for title in told)
    assert any("gras afrijden" in title for title in told)
    assert titles_of_mail_to(engine, scene.coordinator) == []


def test_a_page_tells_who_changed_what(rita: Person) -> None:
    rita.send(RULE, "wijk-werken-uren", title=FEWER, certainty="likely")
    page = rita.get(RULE).text
    assert "Hoogstens 60 uur wijk-werken per maand" in page
    assert "Rita Regisseur" in page


def test_the_only_region_keeps_its_own(app: Flask, engine: Engine, scene: Scene) -> None:
    with session_factory(engine).begin() as session:
        session.execute(update(UserRole).values(keeps_reference=False))
        elsewhere = RegionRow.id != scene.region
        gone = select(RegionRow.id).where(elsewhere)
        session.execute(delete(UserRole).where(UserRole.region_id.in_(gone)))
        session.execute(delete(RegionMunicipality).where(RegionMunicipality.region_id.in_(gone)))
        session.execute(delete(RegionRow).where(elsewhere))
    karel = Person(app, scene.colleague)
    answer = karel.send(ACTIVITY, "gras-maaien", label="gras afrijden")
    assert answer.status_code == 303


def test_an_operator_names_who_keeps_them(
    app: Flask, engine: Engine, scene: Scene, elke: Person
) -> None:
    with session_factory(engine)() as session:
        email = session.get_one(User, scene.stranger).email
    info = ScriptInfo(create_app=lambda: app)
    given = CliRunner().invoke(people, ["reference", email], obj=info)
    assert given.output == f"{email} keeps the shared activities and rules\n"
    assert elke.send(ACTIVITY, "gras-maaien", label="gras afrijden").status_code == 303
    CliRunner().invoke(people, ["reference", email, "--no-longer"], obj=info)
    assert elke.get(NEW).status_code == 403


def test_only_a_coordinator_can_keep_them(app: Flask, scene: Scene) -> None:
    info = ScriptInfo(create_app=lambda: app)
    result = CliRunner().invoke(people, ["reference", "niemand@nergens.example"], obj=info)
    assert result.exit_code == 1
    assert "coordinates no region" in result.output
