"""The highest of many values, found without sorting them all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FOLDS = 128


def best_rows(values: NDArray[Any], limit: int, above: float = -np.inf) -> NDArray[np.intp]:
    """Return the rows of the `limit` highest values over `above`, with all that tie, by row.

    Values are laid in so many lines above each other. The limit-th highest of the maxima of the
    columns lies at or below the limit-th highest value, so only columns that reach it hold one that
    counts; few rows are left to sort.
    """
    if limit <= 0 or values.size == 0:
        return np.empty(0, np.intp)
    width = values.size // _FOLDS
    whole = width * _FOLDS
    tops = values[:whole].reshape(_FOLDS, width).max(axis=0)
    bar = _highest(np.concatenate([tops, values[whole:]]), limit, above)
    columns = np.flatnonzero((tops >= bar) & (tops > above))
    lines = np.arange(0, whole, width or 1)
    rows = np.concatenate([(lines[:, None] + columns).ravel(), np.arange(whole, values.size)])
    held = values[rows]
    rows = rows[(held >= bar) & (held > above)]
    best: NDArray[np.intp] = rows[values[rows] >= _highest(values[rows], limit, above)]
    return np.sort(best)


def _highest(values: NDArray[Any], rank: int, floor: float) -> Any:
    """Return the rank-th highest value, or the floor when there are fewer."""
    if values.size < rank:
        return floor
    return np.partition(values, values.size - rank)[values.size - rank]
