"""`brug people` and `brug region`: how a real installation starts."""

import re

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from models import Event
from tests.web.account.visitors import (
    PASSWORD,
    Visitor,
    actor,
    mails_to,
    organisation,
    reading,
)
from web.cli.people import people, region

HAGELAND = ("add", "hageland", "Hageland", "--municipality", "Bekkevoort", "--municipality", "3290")


def _people(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(people, arguments, obj=ScriptInfo(create_app=lambda: app))


def _region(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(region, arguments, obj=ScriptInfo(create_app=lambda: app))


def test_an_installation_starts_with_a_region_and_its_coordinator(app: Flask) -> None:
    assert _region(app, *HAGELAND).output == "hageland: Bekkevoort, Diest\n"
    result = _people(
        app, "coordinator", "Rita@Igo.example", "--region", "hageland", "--name", "Rita"
    )
    assert result.exit_code == 0
    link = re.search(r"https://brug\.test(/wachtwoord-kiezen/\S+)", result.output)
    assert link
    assert link[1] in mails_to(app, "rita@igo.example")[0]
    rita = Visitor(app)
    rita.press(link[1], password=PASSWORD)
    rita.log_in("rita@igo.example")
    assert "Dag Rita" in rita.get("/mijn-brug").text
    with reading(app) as session:
        assert actor(session, "rita@igo.example").coordinator_regions


def test_what_was_there_before_the_region_belongs_to_it(visitor: Visitor) -> None:
    visitor.join()
    assert organisation(visitor.app).region_id is None
    _region(visitor.app, *HAGELAND)
    assert organisation(visitor.app).region_id is not None


def test_somebody_with_an_account_gets_the_role_and_no_new_password(visitor: Visitor) -> None:
    visitor.join()
    _region(visitor.app, *HAGELAND)
    given = "policy-officer", "ann@korst.example", "--region", "hageland"
    result = _people(visitor.app, *given, "--municipality", "Bekkevoort")
    assert result.output == "ann@korst.example is policy officer of Bekkevoort\n"
    assert _people(visitor.app, *given, "--municipality", "24008").exit_code == 0
    with reading(visitor.app) as session:
        assert actor(session, "ann@korst.example").policy_municipalities == {"24008"}
    listed = _people(visitor.app, "list").output.splitlines()
    row = "ann@korst.example\tAnn Peeters\tpolicy_officer hageland 24008\tBakkerij De Korst\tactive"
    assert listed == [row]
    assert visitor.is_logged_in


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("coordinator x@y.example --region nergens", "no region 'nergens'; there are: hageland"),
        ("coordinator geen-adres --region hageland", "no e-mail address"),
        (
            "policy-officer x@y.example --region hageland --municipality Oostende",
            "Oostende does not belong to the region 'hageland'",
        ),
        (
            "policy-officer x@y.example --region hageland --municipality Atlantis",
            "no municipality 'Atlantis'",
        ),
        ("close niemand@y.example", "nobody has the address 'niemand@y.example'"),
    ],
)
def test_a_mistake_with_people_is_told_in_one_line(app: Flask, command: str, message: str) -> None:
    _region(app, *HAGELAND)
    result = _people(app, *command.split())
    assert result.exit_code == 1
    assert message in result.output
    assert result.output.count("\n") == 1
    assert _people(app, "list").output == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("hageland", "Nog een", "--municipality", "Gent"), "a region 'hageland' already"),
        (("ander", "Ander", "--municipality", "24008"), "Bekkevoort belongs to the region"),
        (("ander", "Ander"), "at least one municipality"),
        (("ander", "Ander", "--municipality", "Atlantis"), "no municipality 'Atlantis'"),
        (("Geen Slug", "Ander", "--municipality", "Gent"), "lower-case letters"),
    ],
)
def test_a_mistake_with_regions_is_told_in_one_line(
    app: Flask, arguments: tuple[str, ...], message: str
) -> None:
    _region(app, *HAGELAND)
    result = _region(app, "add", *arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert result.output.count("\n") == 1
    assert _region(app, "list").output == "hageland\tHageland\tBekkevoort, Diest\n"


def test_closing_an_account_ends_its_sessions_at_once(visitor: Visitor) -> None:
    visitor.join()
    assert _people(visitor.app, "close", "ANN@korst.example").exit_code == 0
    assert not visitor.is_logged_in
    assert "closed" in _people(visitor.app, "list").output
    _people(visitor.app, "open", "ann@korst.example")
    assert visitor.log_in().status_code == 303


def test_what_an_operator_does_is_on_the_record(app: Flask) -> None:
    _region(app, *HAGELAND)
    _people(app, "coordinator", "rita@igo.example", "--region", "hageland")
    with reading(app) as session:
        actions = {(e.action, e.actor_id) for e in session.query(Event)}
    assert actions == {("created", None), ("appointed", None)}
