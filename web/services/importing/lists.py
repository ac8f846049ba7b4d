"""Lists of needs, offers and organisations: checked row by row, stored whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from web.services import events
from web.services.catalogue import Catalogue
from web.services.errors import InvalidError
from web.services.importing.cells import Words
from web.services.importing.columns import ListKind, read_rows
from web.services.importing.context import Context
from web.services.importing.files import Table
from web.services.importing.need_rows import look_up_need, store_need
from web.services.importing.offer_rows import look_up_offer, store_offer
from web.services.importing.organisation_rows import look_up_organisation, store_organisation
from web.services.importing.problems import GivenAway, Problem
from web.services.importing.taking import CellError, Cells, Options, Taking

STORE: dict[ListKind, Callable[[Cells], str]] = {
    ListKind.NEED: store_need,
    ListKind.OFFER: store_offer,
    ListKind.ORGANISATION: store_organisation,
}
LOOK_UP: dict[ListKind, Callable[[Cells], bool]] = {
    ListKind.NEED: look_up_need,
    ListKind.OFFER: look_up_offer,
    ListKind.ORGANISATION: look_up_organisation,
}
#: Columns of a list for the names that use cases give to what is wrong.
_COLUMN_OF = {
    "start_date": "start",
    "end_date": "end",
    "place": "municipality",
    "contact_id": "contact",
    "service_nis": "service_area",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list; with problems nothing was stored. `known`: rows imported before.

    given_away: what its profiles tell of people, to be looked over before they are published.
    """

    titles: tuple[str, ...] = ()
    known: int = 0
    problems: tuple[Problem, ...] = ()
    given_away: tuple[GivenAway, ...] = ()


class _NotAll(Exception):  # noqa: N818 - it only rolls back
    """Rolls back what a list began to store."""


def import_list(
    session: Session,
    catalogue: Catalogue,
    context: Context,
    kind: ListKind,
    table: Table,
    options: Options,
    words: Words,
    on: date,
    *,
    only_check: bool = False,
) -> Imported:
    """Store every row of a table, or none; `only_check` stores nothing and tells what would be.

    Raises `UnreadableFileError` when the columns are not those of the kind.
    """
    rows, problems = read_rows(table, kind, words)
    titles: list[str] = []
    with catalogue.open(session) as shelf:
        taking = Taking(session, context, shelf, options, on, problems)
        try:
            with session.begin_nested():
                for row in rows:
                    cells = Cells(taking, row)
                    if LOOK_UP[kind](cells) and not row.wrong:
                        titles.append(_take(cells, STORE[kind]))
                if not (only_check or options.looked_over):
                    problems += [found.as_problem() for found in taking.given_away]
                if problems or only_check:
                    raise _NotAll
                _record(taking, kind, titles)
        except _NotAll:
            titles = [] if problems else titles
    ordered = sorted(problems, key=lambda problem: problem.row)
    fresh = tuple(title for title in titles if title)
    known = len(titles) - len(fresh)
    return Imported(fresh, known, tuple(ordered), tuple(taking.given_away))


def _take(cells: Cells, store: Callable[[Cells], str]) -> str:
    try:
        return store(cells)
    except InvalidError as error:
        for name, message in error.problems.items():
            cells.problem(_COLUMN_OF.get(name, name), message)
    except CellError:
        pass  # noted already, where it was found
    return ""


def _record(taking: Taking, kind: ListKind, titles: list[str]) -> None:
    actor = taking.context.actor
    region = min(actor.coordinator_regions, default=None)
    after = {"rows": sum(map(bool, titles))}
    session = taking.session
    events.record(session, actor, "list", kind.value, "imported", region_id=region, after=after)
