"""What is wrong with a list: where it stands, and what was expected there."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """A wrong cell: the row as a person counts it (headers are row 1), the column's header.

    message: a message id, with `values` for its placeholders.
    """

    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


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
