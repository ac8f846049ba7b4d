"""What is wrong with a list: where it stands, and what was expected there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.marker import N_
from web.services.profile_check import Finding


@dataclass(frozen=True, slots=True)
class Problem:
    """A wrong cell: the row as a person counts it (headers are row 1), the column's header.

    message: a message id, with `values` for its placeholders.
    """

    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GivenAway:
    """Words of an anonymous profile by which people may know who it is."""

    row: int
    column: str
    finding: Finding

    def as_problem(self) -> Problem:
        """Return it as what keeps a list out that nobody looked over."""
        message = N_("“%(words)s” may give away who it is")
        return Problem(self.row, self.column, message, {"words": self.finding.words})


class UnreadableFileError(Exception):
    """A file that cannot be read at all: a message id with its values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class UnreadableCellError(ValueError):
    """A cell that does not hold what its column asks: a message id with its values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
