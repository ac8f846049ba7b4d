"""The record: the whole history of one thing, that of a region, and both as files."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from sqlalchemy import Select

from models import Event, now
from web.access import Access, access
from web.database import db
from web.filters import asked, asked_words, worded
from web.histories import in_words
from web.i18n import _
from web.login import current_actor
from web.paging import paged
from web.record_words import KINDS, Line
from web.seen import saw
from web.services.errors import NotFoundError
from web.services.record import History, LogFilter, Subject, history_of, region_record
from web.services.sightings import SeenAt
from web.services.tables import MEDIA_TYPES, Ending, table_file

blueprint = Blueprint("record", __name__)
PER_PAGE = 25
#: Lines of a file; a longer record is written by the operator, see the README.
MOST_EXPORTED = 20_000
#: What has a history of its own, by the name of its number in the address.
_ABOUT = {
    f"{about.value}_id": about
    for about in (
        Subject.NEED,
        Subject.OFFER,
        Subject.MATCH,
        Subject.ORGANISATION,
        Subject.USER,
        Subject.ACTIVITY,
        Subject.RULE,
    )
}
_NAMED = (Subject.ACTIVITY, Subject.RULE)
#: Pages of a thing, for who may open them.
_PAGES = {
    Subject.NEED: ("coordinator.need", "need_id"),
    Subject.OFFER: ("visitor.offer", "offer_id"),
    Subject.ORGANISATION: ("visitor.organisation", "organisation_id"),
    Subject.ACTIVITY: ("coordinator.activity", "activity_id"),
    Subject.RULE: ("coordinator.rule", "rule_id"),
}


@blueprint.get("/geschiedenis")
@access(Access.LOGGED_IN)
def history() -> ResponseReturnValue:
    """Tell all that happened to one thing."""
    about, key, found = _asked_history()
    if about is Subject.USER:
        saw((int(key),), SeenAt.RECORD)
    page = paged(db(), found.chosen, PER_PAGE)
    lines = in_words(page.items, whole=found.whole)
    title = next((line.about for line in lines if line.subject == about and line.about), "")
    return render_template(
        "record/history.html",
        page=page,
        lines=lines,
        kind=_(KINDS[about]),
        title=title,
        files=_files("record.history_file", **{f"{about.value}_id": key}),
    )


@blueprint.get("/geschiedenis/<ending>")
@access(Access.LOGGED_IN)
def history_file(ending: str) -> ResponseReturnValue:
    """Return the same as a file."""
    about, key, found = _asked_history()
    return _file(ending, found.chosen, found.whole, f"{_(KINDS[about])}-{key}")


@blueprint.get("/regie/logboek")
@access(Access.COORDINATOR)
def log() -> ResponseReturnValue:
    """Show what happened in the coordinator's regions."""
    wanted, odd = _asked_filter()
    page = paged(db(), region_record(current_actor(), wanted), PER_PAGE)
    return render_template(
        "record/log.html",
        page=page,
        lines=in_words(page.items, whole=True),
        wanted=wanted,
        odd=odd,
        kinds=worded(KINDS),
        pages=_PAGES,
        files=_files("record.log_file", **_kept_arguments()),
    )


@blueprint.get("/regie/logboek/<ending>")
@access(Access.COORDINATOR)
def log_file(ending: str) -> ResponseReturnValue:
    """Return the same as a file."""
    chosen = region_record(current_actor(), _asked_filter()[0])
    return _file(ending, chosen, True, _("record"))


def _asked_history() -> tuple[Subject, str, History]:
    """Return what the address asks for; anything odd is not found."""
    asked_for = [name for name in _ABOUT if name in request.args]
    if len(asked_for) != 1:
        raise NotFoundError
    about, key = _ABOUT[asked_for[0]], request.args[asked_for[0]]
    number = key.isascii() and key.isdecimal() and len(key) < 10
    if not (number or (about in _NAMED and 0 < len(key) <= 60)):
        raise NotFoundError
    return about, key, history_of(db(), current_actor(), about, key)


def _asked_filter() -> tuple[LogFilter, bool]:
    """Return the filter in the address, and whether a day in it is none."""
    since, until = (_day(request.args.get(name, "")) for name in ("van", "tot"))
    wanted = LogFilter(asked_words("wie"), asked(Subject, "wat"), since, until)
    odd = any(
        request.args.get(name) and day is None for name, day in (("van", since), ("tot", until))
    )
    return wanted, odd


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _kept_arguments() -> dict[str, str]:
    return {
        name: request.args[name] for name in ("wie", "wat", "van", "tot") if name in request.args
    }


def _files(endpoint: str, **arguments: Any) -> list[tuple[str, str]]:
    return [(e.value.upper(), url_for(endpoint, ending=e.value, **arguments)) for e in Ending]


def _file(ending: str, chosen: Select[Event], whole: bool, name: str) -> Response:
    if ending not in set(Ending):
        raise NotFoundError
    kind = Ending(ending)
    events = db().scalars(chosen.limit(MOST_EXPORTED)).unique().all()
    headers = [_("Number"), _("When"), _("Who"), _("About"), _("What"), _("Which"), _("Changes")]
    headers.append(_("Reason"))
    content = table_file(kind, headers, _rows(in_words(events, whole=whole)))
    response = Response(content, content_type=MEDIA_TYPES[kind])
    day = now().date().isoformat()
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{name.lower()}-{day}.{ending}"
    )
    return response


def _rows(lines: Iterable[Line]) -> list[list[str]]:
    return [
        [
            str(line.number),
            str(format_datetime(line.at, "yyyy-MM-dd HH:mm:ss")),
            line.who,
            line.kind,
            line.what,
            line.about,
            "\n".join(f"{c.label}: {c.before or '…'} → {c.after or '…'}" for c in line.changes),
            line.reason,
        ]
        for line in lines
    ]
