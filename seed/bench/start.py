"""How long a process takes until it answers a search: reading every text, and from a kept index.

Counted from the start of a fresh interpreter, all imports included, on a generated region.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from models import make_engine, migrate, session_factory
from seed.bench.alone import alone
from seed.generate import generate
from seed.reference import load_reference
from web.app import create_app
from web.settings import Mode, Settings


@dataclass(frozen=True, slots=True)
class StartTimes:
    """Seconds until the first answer: of a process that reads all texts, and of the next.

    cpu: what the process itself worked, without the others that read texts for it.
    """

    offers: int
    needs: int
    first_s: float
    from_index_s: float
    from_index_cpu_s: float
    index_mb: int


def bench_start(*, offers: int, needs: int) -> StartTimes:
    """Generate a region of that size and start two processes on it, one after the other."""
    with _generated(offers, needs) as url:
        index = Path(url.removeprefix("sqlite:///") + ".index")
        first, _ = _seconds(url, index)
        second, cpu = _seconds(url, index)
        size = round(index.stat().st_size / 1e6) if index.exists() else 0
        return StartTimes(offers, needs, round(first, 2), round(second, 2), round(cpu, 2), size)


@contextmanager
def _generated(offers: int, needs: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="brug-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        engine = make_engine(url)
        migrate.upgrade(engine)
        with session_factory(engine).begin() as session:
            load_reference(session)
            generate(session, offers=offers, needs=needs)
        engine.dispose()
        yield url


def _seconds(url: str, index: Path) -> tuple[float, float]:
    start = time.time()
    answered, cpu = alone(_answer, url, index)
    return answered - start, cpu


def _answer(url: str, index: Path) -> tuple[float, float]:
    """Do what `brug serve` does up to the answer to one search.

    Return when that came (Unix s), and the seconds of CPU until then.
    """
    settings = Settings(
        mode=Mode.DEMO,
        secret_key="bench" * 8,
        database_url=url,
        base_url="http://localhost",
        encoder="none",
        index_file=index,
    )
    answer = create_app(settings).test_client().get("/zoeken?q=gras+maaien")
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the search answered {answer.status_code}")
    return time.time(), time.process_time()
