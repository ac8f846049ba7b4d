"""How the benchmarks take time: medians of single calls, and a rate over as many as fit."""

import statistics
import time
from collections.abc import Callable, Iterable

#: Needs that are asked one by one.
ASKED = 200
#: Needs asked together where an engine takes several at a time.
TOGETHER = 50
#: A rate is taken over at most this many seconds.
_LONGEST_S = 20.0


def milliseconds(ask: Callable[[int], object], numbers: Iterable[int]) -> list[float]:
    """Return the milliseconds of each call, after one that warms up."""
    listed = list(numbers)
    ask(listed[0])
    times = []
    for number in listed:
        start = time.perf_counter()
        ask(number)
        times.append(1000 * (time.perf_counter() - start))
    return times


def p50(times: list[float]) -> float:
    """Return the median, to a hundredth."""
    return round(statistics.median(times), 2)


def p95(times: list[float]) -> float:
    """Return the 95th percentile, to a hundredth."""
    return round(statistics.quantiles(times, n=20)[-1], 2)


def per_second(ask: Callable[[range], object], count: int) -> float:
    """Return how many of `count` needs are answered a second, asked `TOGETHER` at a time."""
    start = time.perf_counter()
    done = 0
    while done < count and time.perf_counter() - start < _LONGEST_S:
        numbers = range(done, min(done + TOGETHER, count))
        ask(numbers)
        done = numbers.stop
    return round(done / (time.perf_counter() - start), 1)
