"""The highest of many values, found without sorting them all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK = 128


def best_rows(values: NDArray[Any], limit: int, above: float = -np.inf) -> NDArray[np.intp]:
    """Return the rows of the `limit` highest values over `above`, with all that tie, by row.

    The limit-th highest of the maxima of blocks lies at or below the limit-th highest value, so
    what is lower than it cannot be among them; few rows are left to sort.
    """
    if limit <= 0 or values.size == 0:
        return np.empty(0, np.intp)
    whole = values.size // _BLOCK * _BLOCK
    tops = values[:whole].reshape(-1, _BLOCK).max(axis=1)
    bar = _highest(np.concatenate([tops, values[whole:]]), limit, above)
    rows = np.flatnonzero((values >= bar) & (values > above))
    best: NDArray[np.intp] = rows[values[rows] >= _highest(values[rows], limit, above)]
    return best


def _highest(values: NDArray[Any], rank: int, floor: float) -> Any:
    """Return the rank-th highest value, or the floor when there are fewer."""
    if values.size < rank:
        return floor
    return np.partition(values, values.size - rank)[values.size - rank]
