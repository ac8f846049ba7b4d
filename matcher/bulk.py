"""Reads many needs or offers at once into large segments, in several processes where asked."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from matcher.building import join_segments, make_segment
from matcher.encoding import Meaning
from matcher.entries import Item, make_entries
from matcher.rows import make_row
from matcher.segment import Segment
from matcher.taxonomy import Taxonomy
from matcher.values import Activity

#: Entries that are read together, and rows of a large segment: the sums of a question over so many
#: fit in the cache of a processor, and joining so many takes little memory.
_TOGETHER = 8192
_LARGE = 131_072

_Part = list[tuple[Item, Meaning | None]]


def read_all(
    items: Iterable[tuple[Item, Meaning | None]], taxonomy: Taxonomy, jobs: int = 1
) -> Iterator[Segment]:
    """Yield segments of all items, in order; `jobs` processes read the texts."""
    few: list[Segment] = []
    for segment in _read_parts(_in_parts(items), taxonomy, jobs):
        few.append(segment)
        if sum(map(len, few)) >= _LARGE:
            yield join_segments(few)
            few = []
    if few:
        yield join_segments(few)


def _in_parts(items: Iterable[tuple[Item, Meaning | None]]) -> "Iterator[_Part[Item]]":
    left = iter(items)
    while part := list(islice(left, _TOGETHER)):
        yield part


def _read_parts(parts: "Iterator[_Part[Item]]", taxonomy: Taxonomy, jobs: int) -> Iterator[Segment]:
    if jobs == 1:
        return (_read(part, taxonomy) for part in parts)
    from joblib import Parallel, delayed

    read = delayed(_read_elsewhere)
    tasks = (read(part, taxonomy.activities, taxonomy.encoder) for part in parts)
    found: Iterator[Segment] = Parallel(jobs, return_as="generator", pre_dispatch=jobs + 1)(tasks)
    return found


def _read_elsewhere(part: "_Part[Item]", activities: tuple[Activity, ...], encoder: str) -> Segment:
    return _read(part, taxonomy_of(activities, encoder))


@lru_cache(maxsize=1)
def taxonomy_of(activities: tuple[Activity, ...], encoder: str) -> Taxonomy:
    """Make a taxonomy once a process: what it remembers does not travel."""
    return Taxonomy(activities, encoder)


def _read(part: "_Part[Item]", taxonomy: Taxonomy) -> Segment:
    read = zip(make_entries(part, taxonomy), part, strict=True)
    rows = [make_row(entry, vector, meaning) for (entry, vector), (_, meaning) in read]
    return make_segment(rows)
