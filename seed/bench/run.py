"""Runs the benchmark, Brug and the others each in a process of their own, on one thread."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

from threadpoolctl import threadpool_limits

from seed.bench.alone import alone
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
    engine = alone(_measure, measure_engine, offers, needs)
    return Figures(offers, engine, alone(_measure, measure_peers, offers, needs))


def _measure(measure: Callable[[Material], Measured], offers: int, needs: int) -> Measured:
    with threadpool_limits(1):
        return measure(make_material(offers, needs))
