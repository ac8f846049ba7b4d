"""The highest of many values, found without sorting them all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK = 128


def best_rows(values: NDArray[Any], limit: int) -> NDArray[np.intp]:
    """Return the rows of the `limit` highest values above 0, with all that tie, in row order.

    The limit-th highest of the maxima of blocks lies at or below the limit-th highest value, so
    what is lower than it cannot be among them; few rows are left to sort.
    """
    if limit <= 0 or values.size == 0:
        return np.empty(0, np.intp)
    padded = np.zeros(-(-values.size // _BLOCK) * _BLOCK, values.dtype)
    padded[: values.size] = values
    tops = padded.reshape(-1, _BLOCK).max(axis=1)
    bar = _highest(tops, limit)
    rows = np.flatnonzero((values >= bar) & (values > 0))
    best: NDArray[np.intp] = rows[values[rows] >= _highest(values[rows], limit)]
    return best


def _highest(values: NDArray[Any], rank: int) -> Any:
    """Return the rank-th highest value, or 0 when there are fewer."""
    if values.size < rank:
        return 0
    return np.partition(values, values.size - rank)[values.size - rank]
