"""What the examples taught: how much a word, or a direction of meaning, says of an activity.

The file `data/activity_model.npz` holds two linear models, made by `seed.build_activity_model` from
texts and words written for Brug: ridge regression of activities on the text vectors of
`matcher.features`, and on the vectors of one encoder. Both are kept in whole numbers, so that what
they say of a text is exact, and equal on every machine.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import MEANING_UNIT, Meaning
from matcher.features import UNIT, Ids, TextVector

MODEL_FILE = "activity_model.npz"
#: Weights are whole numbers of one over this: an activity that a text is sure to ask has about 1.
WEIGHT_UNIT = 32

Weights = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ActivityModel:
    """Linear models over `activities`.

    features: feature numbers in ascending order, shape (F,); weights: shape (F, activities).
    encoder: whose vectors `meaning_weights` reads, shape (dimensions, activities). learned:
    fingerprints of the names of activities that the examples held.
    """

    activities: tuple[str, ...]
    features: Ids
    weights: Weights
    encoder: str
    meaning_weights: Weights
    learned: frozenset[int]

    def of_words(self, vector: TextVector) -> NDArray[np.float64]:
        """Return what the words of a text say of each activity: about 0 (nothing) to 1."""
        place = np.searchsorted(self.features, vector.ids)
        place[place == self.features.size] = 0
        known = self.features[place] == vector.ids
        whole = vector.values[known].astype(np.int64) @ self.weights[place[known]].astype(np.int64)
        said: NDArray[np.float64] = whole / (UNIT * WEIGHT_UNIT)
        return said

    def of_meaning(self, meaning: Meaning) -> NDArray[np.float64]:
        """Return what a vector of `encoder` says of each activity: about 0 (nothing) to 1."""
        whole = meaning.astype(np.int64) @ self.meaning_weights.astype(np.int64)
        said: NDArray[np.float64] = whole / (MEANING_UNIT * WEIGHT_UNIT)
        return said

    def of_feature(self, feature: int, activity: int) -> int:
        """Return the weight of one feature for the activity at a place, 0 where it has none."""
        place = int(np.searchsorted(self.features, feature))
        if place == self.features.size or self.features[place] != feature:
            return 0
        return int(self.weights[place, activity])


def fingerprint(activity_id: str, name: str) -> int:
    """Return a number for a name of an activity, to tell learned names from later ones."""
    return zlib.crc32(f"{activity_id}|{name.casefold()}".encode())


def load(path: Path) -> ActivityModel:
    """Read a model as `save` wrote it."""
    with np.load(path) as stored:
        return ActivityModel(
            activities=tuple(stored["activities"].tolist()),
            features=stored["features"],
            weights=stored["weights"],
            encoder=str(stored["encoder"]),
            meaning_weights=stored["meaning_weights"],
            learned=frozenset(stored["learned"].tolist()),
        )


def save(model: ActivityModel, path: Path) -> None:
    """Write a model, packed."""
    np.savez_compressed(
        path,
        activities=np.array(model.activities),
        features=model.features,
        weights=model.weights,
        encoder=np.array(model.encoder),
        meaning_weights=model.meaning_weights,
        learned=np.array(sorted(model.learned), np.uint32),
    )


@cache
def activity_model() -> ActivityModel:
    """Return the model that comes with Brug."""
    return load(Path(str(files("matcher") / "data" / MODEL_FILE)))
