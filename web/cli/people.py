"""`brug people` and `brug region`: who coordinates where, so that an installation can start."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from models import User
from web.database import sessions
from web.services import staff
from web.services.actor import Actor
from web.services.errors import InvalidError, NotFoundError
from web.services.region_settings import set_value
from web.services.staff import Appointment

#: The record names no user for what is done on the command line.
OPERATOR = Actor(name="operator")

_region = click.option("--region", "slug", required=True, help="Slug of the region.")
_name = click.option("--name", help="Name of the person, for a new account.")


@contextmanager
def _transaction() -> Iterator[Session]:
    """Give one transaction; a refusal becomes one line."""
    try:
        with sessions().writing.begin() as session:
            yield session
    except InvalidError as error:
        raise click.ClickException("; ".join(error.problems.values())) from error


@click.group("people")
def people() -> None:
    """Give people a role, and see who there is."""


@people.command("coordinator")
@click.argument("email")
@_region
@_name
@with_appcontext
def coordinator(email: str, slug: str, name: str | None) -> None:
    """Make somebody coordinator of a region."""
    with _transaction() as session:
        made = staff.appoint_coordinator(session, OPERATOR, email, slug, name)
    _tell(made, f"coordinates {slug}")


@people.command("policy-officer")
@click.argument("email")
@_region
@click.option("--municipality", required=True, help="NIS code, name or postcode.")
@_name
@with_appcontext
def policy_officer(email: str, slug: str, municipality: str, name: str | None) -> None:
    """Make somebody policy officer of a municipality in a region."""
    with _transaction() as session:
        made = staff.appoint_policy_officer(session, OPERATOR, email, slug, municipality, name)
    _tell(made, f"is policy officer of {municipality}")


@people.command("reference")
@click.argument("email")
@click.option("--no-longer", is_flag=True, help="Take it back.")
@with_appcontext
def reference(email: str, no_longer: bool) -> None:
    """Let a coordinator edit the activities and rules that all regions share."""
    with _transaction() as session:
        staff.keep_reference(session, OPERATOR, email, keeps=not no_longer)
    kept = "no longer keeps" if no_longer else "keeps"
    click.echo(f"{email} {kept} the shared activities and rules")


def _tell(made: Appointment, what: str) -> None:
    click.echo(f"{made.user.email} {what}")
    if made.secret:
        base_url = current_app.config["BRUG_SETTINGS"].base_url
        click.echo("A new account; within two hours the password can be chosen here:")
        click.echo(f"{base_url}/wachtwoord-kiezen/{made.secret}")


@people.command("close")
@click.argument("email")
@with_appcontext
def close(email: str) -> None:
    """Close an account: its sessions end at once."""
    _set_active(email, active=False)
    click.echo(f"{email} can no longer log in")


@people.command("open")
@click.argument("email")
@with_appcontext
def reopen(email: str) -> None:
    """Open a closed account again."""
    _set_active(email, active=True)
    click.echo(f"{email} can log in again")


def _set_active(email: str, *, active: bool) -> None:
    try:
        with _transaction() as session:
            staff.set_active(session, OPERATOR, email, active=active)
    except NotFoundError as error:
        raise click.ClickException(f"nobody has the address {email!r}") from error


@people.command("list")
@with_appcontext
def list_people() -> None:
    """List everybody: address, name, roles, organisations, state; tabs between."""
    with sessions().reading() as session:
        slugs = {region.id: region.slug for region in staff.regions(session)}
        for user in staff.everybody(session):
            click.echo("\t".join(_row(user, slugs)))


def _row(user: User, slugs: dict[int, str]) -> tuple[str, ...]:
    roles = [
        f"{role.role.value} {slugs[role.region_id]} {role.municipality_nis or ''}".strip()
        for role in user.roles
    ]
    organisations = [membership.organisation.name for membership in user.memberships]
    state = "active" if user.is_active else "closed"
    if user.email_confirmed_at is None:
        state += ", not confirmed"
    return (user.email, user.name, ", ".join(roles), ", ".join(organisations), state)


@click.group("region")
def region() -> None:
    """Make regions, and see which there are."""


@region.command("add")
@click.argument("slug")
@click.argument("name")
@click.option("--municipality", "names", multiple=True, help="NIS code, name or postcode; repeat.")
@with_appcontext
def add(slug: str, name: str, names: tuple[str, ...]) -> None:
    """Make a region of municipalities."""
    with _transaction() as session:
        made = staff.add_region(session, OPERATOR, slug, name, names)
        shown = ", ".join(sorted(municipality.name for municipality in made.municipalities))
    click.echo(f"{slug}: {shown}")


@region.command("set")
@click.argument("slug")
@click.argument("name")
@click.argument("value", type=float)
@with_appcontext
def set_setting(slug: str, name: str, value: float) -> None:
    """Set a number of a region; without a known NAME it tells which there are."""
    with _transaction() as session:
        set_value(session, OPERATOR, slug, name, value)
    click.echo(f"{slug}: {name} = {value:g}")


@region.command("list")
@with_appcontext
def list_regions() -> None:
    """List the regions: slug, name, municipalities; tabs between."""
    with sessions().reading() as session:
        for found in staff.regions(session):
            names = ", ".join(municipality.name for municipality in found.municipalities)
            click.echo(f"{found.slug}\t{found.name}\t{names}")
