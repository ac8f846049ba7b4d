"""Who does the work of ranking everything: processes of this machine, or a Dask cluster.

Results come in the order of the lots, whoever did which.
"""

import asyncio
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from matcher.lots import Assignment, Lot, Ranked, rank_lot
from matcher.saved import UnusableIndexError

if TYPE_CHECKING:
    from distributed import Future

#: Seconds to reach the machine of a cluster, and for it to answer as a Dask scheduler.
_REACHED_WITHIN, _ANSWERED_WITHIN = 2.0, 2.0
#: Lots that wait at the cluster, per thread of its workers.
_AHEAD = 3
#: A lot may fail so often, each time with a worker that went away.
_RETRIES = 3


class CrewError(Exception):
    """The work cannot be done there; says in one line why."""


class Crew(Protocol):
    """Ranks lots of needs."""

    def rank(self, saved: Path, assignment: Assignment, lots: Iterable[Lot]) -> Iterator[Ranked]:
        """Yield what `rank_lot` gives for each lot, in their order; raises `CrewError`."""


class LocalCrew:
    """Processes of this machine, through joblib."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def rank(self, saved: Path, assignment: Assignment, lots: Iterable[Lot]) -> Iterator[Ranked]:
        """See `Crew`."""
        from joblib import Parallel, delayed

        tasks = (delayed(rank_lot)(saved, assignment, lot) for lot in lots)
        found: Iterator[Ranked] = Parallel(self._jobs, return_as="generator")(tasks)
        return found


class ClusterCrew:
    """The workers of a Dask scheduler, each with this version of Brug installed."""

    def __init__(self, address: str) -> None:
        _reach(address)
        self._address = address

    def rank(self, saved: Path, assignment: Assignment, lots: Iterable[Lot]) -> Iterator[Ranked]:
        """See `Crew`."""
        from distributed import Client

        with Client(self._address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            threads = sum(client.nthreads().values())
            if not threads:
                raise CrewError(f"the scheduler at {self._address} has no workers")
            # Every worker gets the offers, so that they outlive any of them.
            offers = client.scatter(saved.read_bytes(), broadcast=True)
            waiting: deque[Future[Ranked]] = deque()
            for lot in lots:
                waiting.append(client.submit(rank_lot, offers, assignment, lot, retries=_RETRIES))
                if len(waiting) >= _AHEAD * threads:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())


def _reach(address: str) -> None:
    """Raise `CrewError` unless a Dask scheduler answers at the address, within five seconds."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port:
        raise CrewError(f"{address!r} is no address such as tcp://10.0.0.5:8786")
    try:
        socket.create_connection((host, port), timeout=_REACHED_WITHIN).close()
    except OSError as error:
        raise CrewError(f"nothing answers at {address}: {error.strerror or error}") from error
    try:
        asyncio.run(_greet(address))
    except ImportError as error:
        raise CrewError("a cluster needs Brug's extra `cluster` (Dask)") from error
    except (OSError, TimeoutError, ValueError) as error:
        raise CrewError(f"no Dask scheduler answers at {address}") from error


async def _greet(address: str) -> None:
    """Exchange greetings, for a client waits for ever on what listens and says nothing."""
    from distributed.comm.core import connect

    async with asyncio.timeout(_ANSWERED_WITHIN):
        connection = await connect(  # type: ignore[no-untyped-call]  # Dask types it in part
            address, timeout=_ANSWERED_WITHIN
        )
        await connection.close()


def _result(future: "Future[Ranked]") -> Ranked:
    from distributed import KilledWorker

    try:
        return future.result()
    except UnusableIndexError as error:
        raise CrewError(f"the offers cannot be read by a worker: {error}") from error
    except KilledWorker as error:
        raise CrewError("the workers went away again and again over the same needs") from error
