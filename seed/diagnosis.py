"""What an evaluation rests on: each ingredient left out in turn, and the needs that go worst."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from matcher.encoding import TimedEncoder
from matcher.evaluation import MEASURES, Quality, evaluate
from matcher.labelled import Labelled
from matcher.weights import DEFAULT_WEIGHTS as ALL
from matcher.weights import Weights
from seed.evaluation import Meanings, Rankings, rank_read, read_meanings

#: Weights without an ingredient.
WITHOUT: dict[str, Weights] = {
    "meaning of the texts": replace(ALL, text_meaning=0.0),
    "all comparing of texts": replace(ALL, text_scale=0.0),
    "clusters of activities": replace(ALL, activity_cluster=0.0),
    "profiles of activities": replace(
        ALL, activity_shared=0.0, activity_cluster=0.0, activity_apart=0.0
    ),
    "the natural kind first": replace(ALL, kind_second=0.0),
}


@dataclass(frozen=True, slots=True)
class Worst:
    """A need whose offers are in a poor order, the titles of its first and of its best offer."""

    need_id: str
    kind: str
    ndcg: float
    title: str
    first: str
    best: str


def ablate(
    labelled: Labelled, on: date, encoder: TimedEncoder | None
) -> Iterator[tuple[str, Quality]]:
    """Yield the quality with everything, and then without each ingredient in turn."""
    known = read_meanings(labelled, encoder)
    yield "(nothing)", _quality(labelled, rank_read(labelled, on, known, encoder))
    if encoder is not None:
        nothing: Meanings = {}
        yield "the encoder", _quality(labelled, rank_read(labelled, on, nothing, None))
        yield "meaning in profiles", _quality(labelled, rank_read(labelled, on, known, None))
    for name, weights in WITHOUT.items():
        ranked = rank_read(labelled, on, known, encoder, weights)
        yield name, _quality(labelled, ranked)


def _quality(labelled: Labelled, rankings: Rankings) -> Quality:
    return evaluate(_ids(rankings), labelled)


def _ids(rankings: Rankings) -> dict[str, list[str]]:
    return {need: [offer for offer, _ in found] for need, found in rankings.items()}


def worst_needs(labelled: Labelled, rankings: Rankings, most: int) -> list[Worst]:
    """Return the needs with the lowest nDCG@10, the worst first, ties by id."""
    titles = {offer.id: offer.title for offer in labelled.offers}
    found = []
    for need in labelled.needs:
        grades = labelled.grades.get(need.id, {})
        ranked = [offer for offer, _ in rankings[need.id]]
        ndcg = MEASURES["ndcg@10"](ranked, grades)
        if ndcg is not None:
            best = min(grades, key=lambda offer: (-grades[offer], offer))
            first = titles[ranked[0]] if ranked else ""
            found.append(Worst(need.id, need.kind.value, ndcg, need.title, first, titles[best]))
    return sorted(found, key=lambda worst: (worst.ndcg, worst.need_id))[:most]
