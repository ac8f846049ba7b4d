"""Brug measured: building, suggesting with reasons, retrieving, adding, everything at once."""

import gc
import resource
import time
from dataclasses import dataclass, replace
from itertools import islice

from joblib import cpu_count

from matcher import OfferIndex, rank
from matcher.entries import make_entry
from matcher.values import Offer
from seed.bench.clock import ASKED, milliseconds, p50, p95, per_second
from seed.bench.material import Material
from seed.generator import TODAY

#: Suggestions asked for a need, and offers retrieved for one.
MOST = 20
_CHANGED = 40
#: Offers that are made before the clock of building runs.
_TOGETHER = 65_536


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """One row of the benchmark.

    build_s: from offers to an index that answers, on all processors. memory_mb: most memory that
    the process ever held.
    suggest: 20 suggestions with their reasons for one need, reading its text included. encode:
    reading the text of a need alone. retrieve: the 20 offers whose texts resemble a need most.
    add: putting in a changed offer and retrieving once. allpairs: needs a second, retrieved.
    """

    build_s: float
    memory_mb: int
    suggest_ms_p50: float
    suggest_ms_p95: float
    retrieve_ms_p50: float
    encode_ms_p50: float
    add_ms_p50: float
    allpairs_needs_per_s: float


def measure_engine(material: Material) -> EngineFigures:
    """Build an index and ask it everything."""
    needs, rules = material.needs, material.rules
    index, build_s = _build(material)
    gc.freeze()
    asked = range(min(ASKED, len(needs)))
    read = [make_entry(need, index.taxonomy)[1] for need in needs]
    # Every text read once: what is kept of single words is then warm, as in a serving process.
    encode = milliseconds(lambda n: make_entry(needs[n], index.taxonomy), asked)
    suggest = milliseconds(lambda n: rank(needs[n], index, rules, on=TODAY, limit=MOST), asked)
    retrieve = milliseconds(lambda n: index.most_similar([read[n]], MOST), asked)
    rate = per_second(lambda some: index.most_similar([read[n] for n in some], MOST), len(needs))
    changed = [replace(o, title=f"{o.title} bis") for o in _some_offers(material)]

    def add(number: int) -> None:
        index.put(changed[number])
        index.most_similar(read[:1], MOST)

    added = milliseconds(add, range(1, len(changed)))
    return EngineFigures(
        build_s=round(build_s, 2),
        memory_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        suggest_ms_p50=p50(suggest),
        suggest_ms_p95=p95(suggest),
        retrieve_ms_p50=p50(retrieve),
        encode_ms_p50=p50(encode),
        add_ms_p50=p50(added),
        allpairs_needs_per_s=rate,
    )


def _build(material: Material) -> tuple[OfferIndex, float]:
    """Return an index of all offers, and the seconds that took without making the offers."""
    index = OfferIndex(material.taxonomy)
    offers, seconds = material.offers(), 0.0
    while made := [(offer, None) for offer in islice(offers, _TOGETHER)]:
        start = time.perf_counter()
        index.put_all(made, jobs=cpu_count())
        seconds += time.perf_counter() - start
    return index, seconds


def _some_offers(material: Material) -> list[Offer]:
    step = max(1, material.count // _CHANGED)
    return [material.generator.offer(n) for n in range(0, material.count, step)]
