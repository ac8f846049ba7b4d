"""Runs the benchmark, Brug and the others each in a process of their own, on one thread."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import TypeVar

from threadpoolctl import threadpool_limits

from seed.bench.engine import EngineFigures, measure_engine
from seed.bench.material import Material, make_material
from seed.bench.peers import measure_peers

Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured for a number of offers; the fields of Brug itself, then those of others."""

    offers: int
    engine: EngineFigures
    peers: dict[str, dict[str, float]]

    def as_json(self) -> dict[str, object]:
        """Return the figures as one flat JSON-ready object."""
        return {"offers": self.offers, **asdict(self.engine), "peers": self.peers}


def bench(offers: int, needs: int) -> Figures:
    """Measure everything for so many offers and needs."""
    engine = _alone(measure_engine, offers, needs)
    return Figures(offers, engine, _alone(measure_peers, offers, needs))


def _alone(measure: Callable[[Material], Measured], offers: int, needs: int) -> Measured:
    """Measure in a fresh process, so that nobody's memory counts with another's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, measure, offers, needs).result()


def _measure(measure: Callable[[Material], Measured], offers: int, needs: int) -> Measured:
    with threadpool_limits(1):
        return measure(make_material(offers, needs))
