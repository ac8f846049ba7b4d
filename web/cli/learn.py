"""`brug learn`: fit the weights to the decisions, and rank open needs with what goes live.

What was learned stays when the ranking is broken off: it goes on where it was (`web.jobs.upkeep`).
"""

import json
from datetime import date
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from models import WeightsVersion, now
from web.cli.people import OPERATOR
from web.database import sessions
from web.jobs.upkeep import renew_all
from web.services.catalogue import Catalogue
from web.services.learning import study, versions
from web.services.learning.study import LEAST_NEW, Missing, Study, TooFewDecisionsError
from web.services.learning.words import propose_words


@click.command("learn")
@click.option("--dry-run", is_flag=True, help="Show what would be learned; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_appcontext
def learn(dry_run: bool, as_json: bool) -> None:
    """Learn from the coordinators' decisions now; the upkeep does it every night."""
    catalogue, on = current_app.extensions["brug_catalogue"], now().date()
    try:
        report = _try(catalogue, on) if dry_run else _learn(catalogue, on)
    except TooFewDecisionsError as error:
        raise click.ClickException(_too_few(error.missing)) from error
    finally:
        # Words are proposed, and what is behind is ranked, whether there was news or not.
        proposed = 0 if dry_run else _propose(catalogue)
        reranked = 0 if dry_run else renew_all(current_app)
    report |= {"proposed": proposed, "reranked": reranked}
    click.echo(json.dumps(report) if as_json else "\n".join(_lines(report)))


def _try(catalogue: Catalogue, on: date) -> dict[str, Any]:
    with sessions().reading() as session, catalogue.open(session) as shelf:
        found = study.study(session, shelf, on)
        parent = session.get(WeightsVersion, found.parent_id) if found.parent_id else None
        would_be = study.version_of(found, OPERATOR)
        return _told(found, would_be, parent) | {"version": None, "goes_live": False}


def _learn(catalogue: Catalogue, on: date) -> dict[str, Any]:
    with sessions().writing.begin() as session:
        found, version = study.learn(session, catalogue, OPERATOR, on)
        if version is None:
            return {"version": None, "goes_live": False, "new": found.new}
        told = _told(found, version, version.parent)
        return told | {"version": version.name, "goes_live": version.won}


def _told(found: Study, version: WeightsVersion, parent: WeightsVersion | None) -> dict[str, Any]:
    changes = versions.compare(version, parent).changes
    return {
        "new": found.new,
        "decisions": version.decisions,
        "approvals": version.approvals,
        "wins": version.won,
        **version.figures,
        "changes": {c.knob: [round(c.before, 3), round(c.after, 3)] for c in changes},
    }


def _propose(catalogue: Catalogue) -> int:
    with sessions().writing.begin() as session, catalogue.open(session) as shelf:
        return propose_words(session, shelf)


def _too_few(missing: Missing) -> str:
    lacking = (
        f"{number} more {kind}"
        for kind, number in (
            ("decisions", missing.decisions),
            ("approvals", missing.approvals),
            ("refusals", missing.refusals),
        )
        if number
    )
    return f"too little to learn from: {', '.join(lacking)} needed"


def _lines(report: dict[str, Any]) -> list[str]:
    if "kind" not in report:
        lines = [f"nothing new: {report['new']} of {LEAST_NEW} decisions since the last version"]
    else:
        lines = _figures(report)
        lines += [f"  {k:24}{b:8.2f} -> {a:.2f}" for k, (b, a) in report["changes"].items()]
        lines.append(_verdict(report))
    if report["proposed"]:
        lines.append(f"{report['proposed']} words wait for a coordinator")
    if report["reranked"]:
        lines.append(f"{report['reranked']} needs ranked anew")
    return lines


def _figures(report: dict[str, Any]) -> list[str]:
    live, tried, held_out = report["live"], report["tried"], report["held_out"]
    order = "" if live["ndcg"] is None else f", nDCG {live['ndcg']:.3f} -> {tried['ndcg']:.3f}"
    return [
        f"{report['decisions']} decisions ({report['approvals']} approvals), {held_out} held out",
        f"{report['kind']}: log loss {live['log_loss']:.3f} -> {tried['log_loss']:.3f}{order}",
        f"right about {tried['right']} of them instead of {live['right']}",
    ]


def _verdict(report: dict[str, Any]) -> str:
    name = report["version"] or "this version"
    if not report["wins"]:
        return f"{name} does not beat the live weights, which stay"
    return f"{name} goes live" if report["goes_live"] else f"{name} would go live"
