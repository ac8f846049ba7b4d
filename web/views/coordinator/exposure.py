"""Exposure: how often each supplier comes into view, is chosen and gets to work."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matcher.vocabulary import NeedKind
from models import Need
from web.access import Access, access
from web.database import db
from web.filters import asked
from web.i18n import N_, _
from web.labels import options_of
from web.login import current_actor
from web.paging import paged_list
from web.services import exposure as service
from web.services import queue
from web.services.errors import NotFoundError
from web.services.exposure import Exposed, Exposure, ExposureFilter
from web.views.coordinator.base import blueprint

#: Suppliers in the chart; the table has them all.
MOST_DRAWN = 15
FIGURES = {
    "eligible": N_("Needs for which an offer of theirs fitted"),
    "shown": N_("Needs that show their offer among the first ten"),
    "chosen": N_("Needs for which their offer was approved"),
    "agreed": N_("Needs for which both sides agreed"),
}


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of the chart: lengths in percents of the longest bar."""

    row: Exposed
    fair: float
    had: float
    fair_percent: float
    had_percent: float


@blueprint.get("/spreiding")
@access(Access.COORDINATOR)
def exposure() -> ResponseReturnValue:
    """Show every supplier beside its share."""
    wanted, odd = _asked_filter()
    found = service.exposure(db(), current_actor(), wanted)
    return render_template(
        "coordinator/exposure.html",
        found=found,
        page=paged_list(found.rows),
        bars=_bars(found),
        wanted=wanted,
        odd=odd,
        kinds=options_of(NeedKind),
        figures=tuple(FIGURES),
    )


@blueprint.get("/spreiding/<int:organisation_id>")
@access(Access.COORDINATOR)
def exposed(organisation_id: int) -> ResponseReturnValue:
    """List the needs behind one figure of a supplier."""
    wanted, _odd = _asked_filter()
    row = service.exposure(db(), current_actor(), wanted).of(organisation_id)
    figure = request.args.get("wat", "chosen")
    if row is None or figure not in FIGURES:
        raise NotFoundError
    page = paged_list(sorted(getattr(row, figure), reverse=True))
    chosen = select(Need).where(Need.id.in_(page.items)).options(joinedload(Need.organisation))
    needs = {need.id: need for need in db().scalars(chosen)}
    return render_template(
        "coordinator/exposed.html",
        row=row,
        page=page,
        needs=needs,
        wanted=wanted,
        figure=figure,
        what=_(FIGURES[figure]),
    )


def _asked_filter() -> tuple[ExposureFilter, bool]:
    """Return the filter in the address, by default the last year; and whether a day is none."""
    usual = service.last_year(queue.today()[1])
    given = {name: request.args.get(name, "") for name in ("van", "tot")}
    days = {name: _day(text) for name, text in given.items()}
    odd = any(given[name] and days[name] is None for name in given)
    since, until = days["van"] or usual.since, days["tot"] or usual.until
    return ExposureFilter(since, until, asked(NeedKind, "soort")), odd


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _bars(found: Exposure) -> list[Bars]:
    if not found.approvals:
        return []
    shares = [
        (row, row.expected / found.approvals, len(row.chosen) / found.approvals)
        for row in sorted(found.rows, key=lambda row: (-len(row.chosen), -row.expected, row.name))
    ][:MOST_DRAWN]
    longest = max(max(fair, had) for _row, fair, had in shares) or 1
    return [
        Bars(
            row,
            round(100 * fair / longest, 1),
            round(100 * had / longest, 1),
            round(100 * fair, 1),
            round(100 * had, 1),
        )
        for row, fair, had in shares
    ]
