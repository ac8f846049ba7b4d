"""Runs a measurement in a process of its own: memory and warm caches of others do not count."""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Measured = TypeVar("Measured")


def alone(measure: Callable[..., Measured], *args: Any) -> Measured:
    """Return what a function of a module returns in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, measure, *args).result()


def _measure(measure: Callable[..., Measured], *args: Any) -> Measured:
    try:
        return measure(*args)
    finally:
        # The workers that joblib keeps for the next call would hold this process for five minutes.
        if loky := sys.modules.get("joblib.externals.loky"):
            loky.get_reusable_executor().shutdown()
