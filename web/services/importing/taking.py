"""Taking rows in one by one, and gathering all that is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Need, Offer, Organisation, User
from models.states import ActivityOrigin
from web.services.catalogue import Shelf
from web.services.importing.columns import ReadRow
from web.services.importing.context import Context
from web.services.importing.problems import GivenAway, Problem, UnreadableCellError
from web.services.places import FoundPlace

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to take a list in.

    publish: show the rows to others at once, else they become drafts. partial: also publish what
    leaves questions open that a form would ask. looked_over: somebody stands for what the profiles
    in the list give away.
    """

    publish: bool = True
    partial: bool = False
    looked_over: bool = False


@dataclass(frozen=True, slots=True)
class Taking:
    """One import under way."""

    session: Session
    context: Context
    shelf: Shelf
    options: Options
    on: date
    problems: list[Problem] = field(default_factory=list)
    given_away: list[GivenAway] = field(default_factory=list)


class CellError(Exception):
    """A cell was wrong, and is among the problems already."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row, and what they refer to."""

    taking: Taking
    row: ReadRow

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the typed values by column name."""
        return self.row.values

    def problem(self, name: str, message: str, **values: object) -> None:
        """Note that a cell is wrong."""
        problem = Problem(self.row.number, self.header(name), message, values)
        self.taking.problems.append(problem)

    def header(self, name: str) -> str:
        """Return how the file heads a column."""
        return self.row.headers.get(name, name)

    def read(self, name: str, reader: Callable[[str], T]) -> T:
        """Return what a cell refers to; a wrong one is noted, once, and raises `CellError`."""
        if name in self.row.wrong:
            raise CellError
        try:
            return reader(self.values.get(name) or "")
        except UnreadableCellError as error:
            self.problem(name, error.message, **error.values)
            raise CellError from error

    def all_hold(self, *references: Callable[[], object]) -> bool:
        """Tell whether all that a row refers to is there; everything that is not is noted."""
        found = [self._holds(reference) for reference in references]
        return all(found)

    def _holds(self, reference: Callable[[], object]) -> bool:
        try:
            reference()
        except CellError:
            return False
        return True

    def place(self) -> FoundPlace:
        """Return the place that the row names."""
        return self.read("municipality", self.taking.context.place)

    def contact(self) -> User:
        """Return the contact, of the organisation that the row is for."""
        organisation, context = self.organisation(), self.taking.context
        return self.read("contact", lambda email: context.contact(organisation, email))

    def organisation(self) -> Organisation:
        """Return the organisation that the row is for."""
        return self.read("organisation", self.taking.context.organisation)

    def activities(self) -> dict[str, ActivityOrigin]:
        """Return the activities that the row names."""
        parts = self.values.get("activities") or []
        return self.read("activities", lambda _text: self.taking.context.activities(parts))

    def area(self) -> frozenset[str]:
        """Return the NIS codes of the municipalities that the row names."""
        parts = self.values.get("service_area") or []
        place = self.taking.context.place
        return self.read("service_area", lambda _text: frozenset(place(p).nis for p in parts))

    def fields(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the values of the fields that the row's kind asks."""
        return {name: self.values.get(name) for name in names}

    def is_known(self, table: type[Need | Offer], organisation: Organisation) -> bool:
        """Tell whether the row was imported before, by its own number."""
        own = self.values.get("id")
        chosen = select(table.id).where(
            table.organisation_id == organisation.id, table.external_id == own
        )
        return bool(own) and self.taking.session.scalar(chosen.limit(1)) is not None
